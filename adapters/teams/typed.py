"""Teams' text as the plain text that was typed: mentions stand between ``<at>`` and ``</at>``, some signs escaped."""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

from adapters.teams.payloads import Activity, Entity

_AT = re.compile(r"<at(?:\s[^<>]*)?>([^<>]*)</at>")
_ESCAPED = re.compile(r"&(?:nbsp|lt|gt|amp|quot|#39);")
_BREAKING = frozenset({"br", "p", "div", "li", "tr", "blockquote"})
_UNSAID = frozenset({"script", "style", "attachment"})


def mentioned(activity: Activity) -> tuple[Entity, ...]:
    """Everybody named in the text, the bot too."""
    return tuple(one for one in activity.entities or () if one.type == "mention" and one.mentioned)


def is_called(activity: Activity) -> bool:
    """Whether the bot is named in the text."""
    return any(_is_bot(one, activity) for one in mentioned(activity))


def _is_bot(one: Entity, activity: Activity) -> bool:
    return one.mentioned is not None and bool(one.mentioned.id) and one.mentioned.id == activity.recipient.id


def plain(activity: Activity, handles: Mapping[str, str]) -> str:
    """The text without the bot's name; people become the handle that Kith knows them by, or ``@`` and their name.

    ``handles`` are by directory object, or account where there is none.
    """
    text = activity.text or ""
    for one in mentioned(activity):
        shown = "" if _is_bot(one, activity) else f"@{_handle(one, handles)}"
        if one.text:
            text = text.replace(one.text, shown, 1)
    text = _AT.sub(lambda found: found[1], text)
    return _ESCAPED.sub(lambda found: unescape(found[0]), text).replace("\xa0", " ").strip()


def _handle(one: Entity, handles: Mapping[str, str]) -> str:
    person = one.mentioned
    if person is None:
        return ""
    return handles.get(person.aad_object_id or person.id) or person.name or ""


class _Words(HTMLParser):
    """Collects the words of a message's HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line where the message has one; a picture by its name."""
        if tag in _UNSAID:
            self._hidden += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        """A new line behind a paragraph."""
        if tag in _UNSAID:
            self._hidden = max(self._hidden - 1, 0)
        elif tag in _BREAKING and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._hidden:
            self.parts.append(data)


def words_of_html(content: str) -> str:
    """What a message says, without its markup; paragraphs end lines."""
    parser = _Words()
    parser.feed(content)
    parser.close()
    lines = ("".join(parser.parts)).replace("\xa0", " ").splitlines()
    return "\n".join(one.strip() for one in lines if one.strip())
