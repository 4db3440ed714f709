"""What there is in a Feishu: messages, chats, and what it says instead of a result."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


class FeishuError(Exception):
    """A call that is refused: with Feishu's ``code``, the reason in words, and HTTP's ``status``."""

    def __init__(self, code: int, reason: str, *, status: int = 400, headers: dict[str, str] | None = None) -> None:
        super().__init__(f"{code} {reason}")
        self.code, self.reason, self.status, self.headers = code, reason, status, headers or {}


@dataclass(slots=True)
class Posted:
    """A message as it stands in a chat: ``to`` is the open_id of the one person who sees it;

    ``typed`` is what somebody said, in place of a card.
    """

    id: str
    chat: str
    card: Json
    at: datetime
    to: str = ""
    thread: str = ""
    edits: int = 0
    recalled: bool = False
    typed: str = ""

    @property
    def words(self) -> str:
        """All the words in it."""
        return "\n".join(words_of(self.card))

    @property
    def components(self) -> list[Json]:
        """Everything in it that has a tag."""
        return list(tagged(self.card["body"]))

    @property
    def labels(self) -> list[str]:
        """What can be pressed or chosen."""
        return labels_of(self.card)


@dataclass(slots=True)
class Chat:
    """A conversation: ``mode`` is p2p, group or topic; ``members`` are union_ids."""

    mode: str = "group"
    members: list[str] = field(default_factory=list)
    with_bot: bool = True
    name: str = ""


def open_id(union_id: str) -> str:
    """The app's own id of a person."""
    return union_id.replace("on_", "ou_", 1)


def tagged(value: Any) -> Iterator[Json]:
    """Everything that has a tag, the outer before the inner."""
    if isinstance(value, dict):
        if "tag" in value:
            yield value
        for inner in value.values():
            yield from tagged(inner)
    if isinstance(value, list):
        for inner in value:
            yield from tagged(inner)


def labels_of(card: Json) -> list[str]:
    """What can be pressed or chosen in a card; not what is filled in."""
    components = list(tagged(card["body"]))
    buttons = [one["text"]["content"] for one in components if one["tag"] == "button"]
    selects = [one for one in components if one["tag"] == "select_static" and "name" not in one]
    return buttons + [option["text"]["content"] for one in selects for option in one["options"]]


def words_of(card: Json) -> list[str]:
    """Everything that a person reads in a card, in order."""
    header = card.get("header", {})
    shown = [header[key]["content"] for key in ("title", "subtitle") if key in header]
    return shown + [text for element in card["body"]["elements"] for text in _words(element)]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("tag") == "chart":
            yield from (one["name"] for one in value["chart_spec"]["data"]["values"])
            return
        yield from (value[key] for key in ("content", "default_value") if isinstance(value.get(key), str))
        for key, inner in value.items():
            if key not in {"behaviors", "default_value"}:
                yield from _words(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _words(inner)
