"""What there is in Telegram: chats and the messages in them, and a refusal in its words."""

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bots.emulators.refusals import RefusedError

Json = dict[str, Any]


class BotApiError(RefusedError):
    """What the Bot API answers instead of a result; ``parameters`` as in https://core.telegram.org/bots/api#responseparameters."""

    def __init__(self, status: int, reason: str, **parameters: int) -> None:
        super().__init__(status, reason)
        self.parameters = parameters

    def response(self) -> web.Response:
        """The refusal as it is sent."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.reason}
        if self.parameters:
            body["parameters"] = self.parameters
        return web.json_response(body, status=self.status)


def bad(reason: str) -> BotApiError:
    """A call that is wrong."""
    return BotApiError(400, f"Bad Request: {reason}")


def flood(seconds: int) -> BotApiError:
    """A call too many; the next is taken after so many seconds."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(slots=True)
class Message:
    """A message in a chat, as the people there see it. ``thread`` is its topic, ``answers`` what it is a reply to.

    ``old`` tells that it is too old to be edited, ``preview`` which page is shown below its text.
    """

    id: int
    chat: int
    text: str
    markup: Json = field(default_factory=dict)
    entities: list[Json] = field(default_factory=list)
    preview: Json = field(default_factory=dict)
    thread: int | None = None
    answers: int | None = None
    by_bot: bool = True
    old: bool = False
    edits: int = 0

    @property
    def buttons(self) -> list[Json]:
        """Its buttons, row by row."""
        return [button for row in self.markup.get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on them."""
        return [button["text"] for button in self.buttons]

    def data(self, label: str) -> str:
        """What the button of this label, or whose label begins so, carries. Raises KeyError where there is none."""
        for fits in (label.__eq__, lambda shown: shown.startswith(label)):
            for button in self.buttons:
                if fits(button["text"]):
                    return str(button["callback_data"])
        raise KeyError(label, self.labels)


@dataclass(slots=True)
class Chat:
    """A chat. ``started`` tells whether the bot may write there; ``threads`` are a forum's topics."""

    id: int
    type: str = "private"
    title: str = ""
    started: bool = True
    threads: tuple[int, ...] = ()
    messages: dict[int, Message] = field(default_factory=dict)
