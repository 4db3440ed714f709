"""What there is in a WeCom: messages, where a robot may be answered, and the one company."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]

CORP, AGENT = "ww4kith00000000001", 1_000_002
SECRET, CONTACTS_SECRET = "app-secret", "contacts-secret"
_HIDDEN = {"msgtype", "card_type", "key", "id", "picurl", "question_key", "selected_id", "task_id", "url"}


@dataclass(slots=True)
class Message:
    """A message in somebody's chat with the application, or where a robot is; ``typed`` is what a person said."""

    to: str
    body: Json
    code: str = ""  # changes its card, once
    sent_at: datetime | None = None
    updates: int = 0
    typed: str = ""

    @property
    def card(self) -> Json:
        """The template card; empty for a text."""
        card: Json = self.body.get("template_card", {})
        return card

    @property
    def text(self) -> str:
        """Everything that is read in it."""
        return _words(self.body)

    @property
    def presses(self) -> dict[str, tuple[str, str]]:
        """What can be pressed, by its label: the button's key and, in a list, the option's id."""
        found = {one["text"]: (one["key"], "") for one in self.card.get("button_list", [])}
        choosing = self.card.get("button_selection") or self.card.get("checkbox") or {}
        go = self.card.get("submit_button", {}).get("key") or "choose"
        found.pop("Do it", None)
        return found | {one["text"]: (go, one["id"]) for one in choosing.get("option_list", [])}


@dataclass(slots=True)
class ResponseUrl:
    """Where one message to a robot may be answered: once, within an hour."""

    room: str
    made_at: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """What a method is given: its body, its query, and the secret that the token was fetched with."""

    body: Json
    query: Json
    secret: str = ""


Method = Callable[[Call], Json]


class WecomError(Exception):
    """What a method answers instead of a result: https://developer.work.weixin.qq.com/document/path/90313."""

    def __init__(self, code: int, reason: str = "", **more: Any) -> None:
        super().__init__(f"{code} {reason}".rstrip())
        self.code, self.reason, self.more = code, reason, more


def _words(value: object, name: str = "") -> str:
    """Every text that a person reads in a payload, a line each."""
    if isinstance(value, dict):
        return "\n".join(filter(None, (_words(one, key) for key, one in value.items())))
    if isinstance(value, list):
        return "\n".join(filter(None, (_words(one, name) for one in value)))
    return value if isinstance(value, str) and name not in _HIDDEN else ""
