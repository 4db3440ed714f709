"""Mattermost's Markdown that shows words as they were typed.

Its clients read it by two parsers, marked on the web and in the desktop app, commonmark.js on phones; what only one of
them lets a backslash escape is written as an entity or kept apart by a word joiner, which nobody sees.
https://docs.mattermost.com/end-user-guide/collaborate/format-messages.html
"""

import re

from cards.renderers.cutting import clean, clean_line, cut
from core.patterns import late

_JOINER = "\u2060"
_SPACE = "\u00a0"

# Left as it is, so that it can be clicked; it ends before anything that could format or mention.
_ADDRESS = r"https?://(?:[^\W_]|(?<=[^\W_])_(?=[^\W_])|[-./?=%+#:]|&(?!#?\w+;))+"
_SPECIAL = late(
    rf"(?P<address>{_ADDRESS})"
    r"|(?P<escaped>[\\`*_\[\]|~#])"
    r"|(?P<less><)"
    r"|(?P<entity>&(?=#?\w+;))"
    r"|(?P<formula>\$(?=[^\n]*\$))"  # $…$ is LaTeX where that is switched on
    r"|(?P<mention>@(?=\w))"
    r"|(?P<emoji>:(?=[^\s:]+:)|(?<!\w)[:;=](?=[^\s:;=]))"  # :smile:, and the faces that become one: :)
    r"|(?P<start>^[ \t\u00a0]*(?:[-+>]|=|\d{1,9}[.)](?=\s|$)))"  # a list, a quotation, an underlined heading
    r"|(?P<indent>^[ \t]+)",  # four blanks make code
    re.MULTILINE,
)
_ANY_SPECIAL = late(r"[\\`*_\[\]|~#<&$@:;=]|^[ \t\u00a0]*[-+>\d]|^[ \t]", re.MULTILINE)
ATOM = late(rf"\\.{_JOINER}?|&#?\w+;|[@:;=]{_JOINER}|{_JOINER}=|{_JOINER}")


def _shown(match: re.Match[str]) -> str:
    found, kind = match[0], match.lastgroup
    match kind:
        case "escaped":
            # A joiner keeps #word and ~word from becoming a link to a tag or a channel.
            tag = found in "#~" and match.string[match.end() : match.end() + 1].isalnum()
            return f"\\{found}{_JOINER if tag else ''}"
        case "less" | "entity" | "formula":
            return {"<": "&lt;", "&": "&amp;", "$": "&#36;"}[found]
        case "mention" | "emoji":
            return found + _JOINER
        case "start":
            return _indented(found[:-1]) + (_JOINER + "=" if found[-1] == "=" else f"\\{found[-1]}")
        case "indent":
            return _indented(found)
        case _:
            return found


def _indented(blanks: str) -> str:
    return blanks.replace("\t", _SPACE * 4).replace(" ", _SPACE)


def escape(text: str, limit: int) -> str:
    """Markdown that shows ``text`` as it was typed, escaped and then cut to ``limit``, never inside an escape."""
    text = clean(text)
    if _ANY_SPECIAL.search(text):
        text = _SPECIAL.sub(_shown, text)
    return cut(text, limit, ATOM)


def escape_line(text: str, limit: int) -> str:
    """``escape`` on one line."""
    return escape(clean_line(text), limit)


def bold(text: str, limit: int) -> str:
    """One line in bold; empty for nothing. A blank or a line's end must follow it."""
    escaped = escape_line(text, limit)
    return f"**{escaped}**" if escaped else ""


def small(text: str, limit: int) -> str:
    """Small print: each line in italics."""
    lines = (line.strip() for line in escape(text, limit).splitlines())
    return "\n".join(f"*{line}*" if line.strip(_JOINER) else "" for line in lines)


def quoted(text: str, limit: int) -> str:
    """Somebody's own words, as a quotation."""
    return "\n".join(f"> {line}" for line in escape(text, limit).splitlines())


def link(label: str, url: str, limit: int) -> str:
    """Words that open a page; the address was checked. Brackets in it would end it."""
    address = url.replace("(", "%28").replace(")", "%29")
    return f"[{escape_line(label, limit) or address}]({address})"
