"""DingTalk's markdown: people's words escaped, so that what they type is shown and never obeyed.

https://open.dingtalk.com/document/development/robot-message-type names headings, quotations, bold, links, pictures and
lists. A line breaks where two blanks end it. Escapes are CommonMark's.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from cards.renderers.cutting import clean, clean_line, cut

BREAK = "  \n"  # a new line
GAP = "\n\n"  # a new paragraph

_ENTITIES = {"&": "&amp;", "<": "&lt;"}
_SPECIAL = re.compile(r"[\\`*\[\]~|<&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
# Headings, quotations and lists begin a line, and rulers below it make a heading of it.
_BEGINNING = re.compile(r"^([\u00a0 ]*)(?:([#>+=-])|([0-9]{1,9})(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_ESCAPE = re.compile(r"\\[^\w\s]|&(?:amp|lt);")
_BLANK_LINES = re.compile(r"\n[ \t\u00a0]*\n\s*")
_ADDRESS_SAFE = "/:?#@!$&'*+,;=%~-._"


def _escaped(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], f"\\{match[0]}")


def _unbegun(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[2] else f"{match[1]}{match[3]}\\"


def _kept_indent(match: re.Match[str]) -> str:
    return match[0].replace("\t", "    ").replace(" ", "\u00a0")  # four blanks would begin a block of code


def _escape(text: str, limit: int) -> str:
    text = _SPECIAL.sub(_escaped, _INDENT.sub(_kept_indent, text))
    return cut(_BEGINNING.sub(_unbegun, text), limit, _ESCAPE)


def paragraph(text: str, limit: int) -> str:
    """Markdown that shows ``text`` as it was typed, line by line, at most ``limit`` units of it."""
    parts = _BLANK_LINES.split(_escape(clean(text), limit))
    return GAP.join(BREAK.join(line.rstrip() for line in part.split("\n")) for part in parts)


@lru_cache(maxsize=2048)  # labels are the same on every card
def line(text: str, limit: int) -> str:
    """``paragraph`` on one line."""
    return _escape(clean_line(text), limit)


def bold(text: str, limit: int) -> str:
    """One line in bold; empty for nothing."""
    escaped = line(text, limit)
    return f"**{escaped}**" if escaped else ""


def quotation(text: str, limit: int) -> str:
    """Somebody's own words, set apart."""
    return "\n".join(f"> {one}" if one else ">" for one in paragraph(text, limit).split("\n"))


def link(label: str, url: str, limit: int) -> str:
    """A link; ``url`` has been checked, and what would end it early is encoded."""
    return f"[{line(label, limit)}]({quote(url, safe=_ADDRESS_SAFE)})"
