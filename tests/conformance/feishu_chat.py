"""Feishu, played by its stand-in: lines in the private chat, mentions in a group, cards that are pressed and filled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from bots.emulators.feishu.model import Chat, Posted
from core.clock import Clock
from core.work import Database
from tests.adapters.feishu.standin import StandIn
from tests.adapters.feishu.world import ROOM, TENANT, World, open_id

_IDS = {who: f"on_{who}" for who in ("wei", "mei", "anna", "sam")}
_NATIVE = "native"


class FeishuChat:
    """``tests.conformance.chat.Chat`` on Feishu."""

    name = "feishu"
    tenant = TENANT
    deviations: ClassVar[dict[str, str]] = {
        "slash command": "fallback: a plain line in the private chat, a mention in a group",
        "short commands": "fallback: entries of the bot's menu that say a line",
        "private answer": _NATIVE,
        "buttons": _NATIVE,
        "confirm": _NATIVE,
        "menus": _NATIVE,
        "forms": _NATIVE,
        "typeahead": "fallback: a name is typed, and looked up when the form is sent",
        "update in place": _NATIVE,
        "live cards": _NATIVE,
        "images": "fallback: charts are drawn by Feishu itself, other pictures are links",
        "save message": "fallback: a reply to the message that mentions Kith and says “save”",
        "direct messages": _NATIVE,
        "group": _NATIVE,
    }

    def __init__(self, world: World) -> None:
        self._world, self._feishu = world, world.feishu

    def user_id(self, who: str) -> str:
        """The union_id."""
        return _IDS[who]

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        """A line to the bot, or a mention of it."""
        message = self._world.message(_IDS[who], f"@Kith {line}" if room else line, chat=ROOM if room else "")
        await self._sent(message)

    async def press(self, who: str, label: str) -> None:
        """The newest button of this label; a question before it is answered with yes."""
        posted = next(one for one in reversed(self._visible(who)) if label in one.labels)
        await self._world.presses(_IDS[who], posted, label)

    async def fill(self, who: str, values: dict[str, str]) -> None:
        """The newest form that this person sees."""
        posted = next(one for one in reversed(self._visible(who)) if _has_form(one))
        told = await self._world.fills(_IDS[who], posted, values)
        assert told.get("toast", {}).get("type") != "error", told["toast"]

    async def settle(self) -> None:
        """Everything is settled with each request; this is for what waits."""
        await self._world.settle()

    def seen(self, who: str) -> list[str]:
        """The private chat and the group, as they look to this person."""
        return [one.words for one in self._visible(who)]

    def in_room(self) -> list[str]:
        """What nobody is singled out to see."""
        return [one.words for one in self._feishu.posted if one.chat == ROOM and not one.to and not one.recalled]

    async def again(self) -> None:
        """The last request, byte for byte."""
        assert (await self._world.again()).status_code == 200

    async def save(self, who: str, text: str) -> None:
        """Answers Sam's message with a mention."""
        said = self._world.message(_IDS["sam"], text, chat=ROOM)["event"]["message"]
        await self._sent(self._world.message(_IDS[who], "@Kith save", chat=ROOM, parent_id=said["message_id"]))

    async def _sent(self, message: dict[str, Any]) -> None:
        assert (await self._world.post(message)).status_code == 200

    def _visible(self, who: str) -> list[Posted]:
        chats = {ROOM, self._feishu.own_chat(_IDS[who])}
        return [
            one
            for one in self._feishu.posted
            if one.chat in chats and one.to in {"", open_id(_IDS[who])} and not one.recalled
        ]


def _has_form(posted: Posted) -> bool:
    return any(one["tag"] == "form" and len(one["elements"]) > 1 for one in posted.components)


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[FeishuChat]:
    """A company on Feishu, and Kith in it."""
    feishu = StandIn(clock)
    for union_id in _IDS.values():
        feishu.person(union_id, open_id(union_id))
    feishu.people[_IDS["sam"]]["name"] = "Sam Lee"
    # Sam is no member of Kith: with him among the readers nothing could be shared.
    feishu.chats[ROOM] = Chat("group", [_IDS[who] for who in ("wei", "mei", "anna")])
    await feishu.start()
    world = World(database, clock, feishu)
    try:
        yield FeishuChat(world)
    finally:
        await world.close()
        await feishu.stop()
