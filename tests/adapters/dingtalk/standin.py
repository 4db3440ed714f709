"""The emulated DingTalk as the tests use it: with people, with faults to order, and read as people read it."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from aiohttp import web
from markdown_it import MarkdownIt

from bots.emulators.dingtalk import model
from bots.emulators.dingtalk.model import Json
from bots.emulators.dingtalk.server import (
    APP_KEY,
    APP_SECRET,
    CODE_LIFE,
    COOL_APP,
    CORP,
    GROUP,
    TEMPLATE,
    TICKET,
    DingTalkServer,
)
from core.clock import Clock
from tests.emulated import Fault, Listening

__all__ = [
    "APP_KEY",
    "APP_SECRET",
    "CODE_LIFE",
    "COOL_APP",
    "CORP",
    "GROUP",
    "TEMPLATE",
    "TICKET",
    "Fault",
    "Json",
    "Message",
    "StandIn",
    "now_in_milliseconds",
    "shown_text",
]

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(dtmd://dingtalkclient/sendMessage\?content=([^)]*)\)")


def shown_text(markdown: str) -> str:
    """What a reader sees of a markdown text: its words, line by line, and the labels of its links."""
    return "\n".join(line for line in _lines(markdown) if line)


def _lines(markdown: str) -> Iterator[str]:
    for token in _MARKDOWN.parse(markdown):
        if token.type == "inline":
            text = "".join(
                "\n" if one.type in {"softbreak", "hardbreak"} else one.content for one in token.children or ()
            )
            yield text.replace("\u00a0", " ")


class Message(model.Message):
    """A message as it is read."""

    def seen(self, who: str) -> str:
        """What somebody reads."""
        if not self.card:
            return shown_text(self.text)
        now = self.variables(who)
        parts = [now["body"]]
        parts += [now["note"]] if now["has_note"] == "true" else []
        parts += [now["form_note"]] if now["has_form"] == "true" else []
        return "\n".join(map(shown_text, filter(None, parts)))

    def links(self) -> list[tuple[str, str]]:
        """Labels of a markdown message's links that send a line, and those lines."""
        return [(shown_text(label), unquote(line)) for label, line in _LINK.findall(self.text)]


class StandIn(DingTalkServer[Message]):
    """One organisation. Time is the test's clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, Message)
        self.staff = {"wei", "mei", "anna", "somebody"}
        self.people_in = {GROUP: ["wei", "mei"]}
        self.listening = Listening(self.routes(), _path)
        self.calls, self.fail = self.listening.calls, self.listening.fail

    async def start(self) -> None:
        """Listens on a port of its own."""
        await self.listening.start()
        self.url = self.listening.url

    async def stop(self) -> None:
        """Ends every connection."""
        await self.listening.stop()

    def of(self, who: str) -> list[Message]:
        """Every message that somebody can read, oldest first."""
        return [one for one in self.messages if one.chat in {who, GROUP}]

    def in_group(self) -> list[Message]:
        """Every message in the group."""
        return [one for one in self.messages if one.chat == GROUP]

    def last(self, chat: str) -> Message:
        """The last message in a chat."""
        return [one for one in self.messages if one.chat == chat][-1]

    def paths(self) -> list[str]:
        """The calls so far."""
        return list(self.calls)


def _path(request: web.Request) -> str:
    return request.path


def now_in_milliseconds(clock: Clock) -> str:
    """The present as DingTalk writes it."""
    return str(int(clock.now().timestamp() * 1000))
