"""Mattermost, played by its stand-in: slash commands in the private channel and in a room, buttons, dialogs."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from bots.emulators.mattermost.model import Post
from bots.emulators.mattermost.server import BOT, MattermostServer
from core.clock import Clock
from core.work import Database
from tests.adapters.mattermost.mattermost_world import World
from tests.emulated import Listening

_IDS = {"wei": "w" * 26, "mei": "m" * 26, "anna": "a" * 26}
_LOCALES = {"mei": "zh-CN"}
_ROOM, _COLLEAGUE = "r" * 26, "s" * 26


class MattermostChat:
    """``tests.conformance.chat.Chat`` on Mattermost."""

    name = "mattermost"
    tenant = ""
    deviations: ClassVar[dict[str, str]] = {
        "slash command": "native",
        "short commands": "native",
        "private answer": "native",
        "buttons": "native",
        "confirm": "native",
        "menus": "native",
        "forms": "native",
        "typeahead": "native",
        "update in place": "native",
        "live cards": "native",
        "images": "native",
        "save message": "fallback: /crm save in the message's thread, or with its link; only plugins add to its menu",
        "direct messages": "native",
        "group": "native",
    }

    def __init__(self, world: World) -> None:
        self._world, self._server, self._people = world, world.server, world.people
        self._repeat: Callable[[], Awaitable[Any]] | None = None

    def user_id(self, who: str) -> str:
        return _IDS[who]

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        await self._typed(who, line, _ROOM if room else self._server.direct(_IDS[who]))

    async def press(self, who: str, label: str) -> None:
        post = next(one for one in reversed(self._server.seen_by(_IDS[who])) if label in one.labels)
        dialogs = len(self._server.dialogs)
        request = self._people.request(_IDS[who], post, label)
        await self._do(lambda: self._people.send_action(post, request))
        if len(self._server.dialogs) > dialogs and not self._server.dialogs[-1].dialog["elements"]:
            await self.fill(who, {})

    async def fill(self, who: str, values: dict[str, str]) -> None:
        shown = self._server.dialog_of(_IDS[who])
        await self._people.send_in(_IDS[who], values)
        await self.settle()
        assert (shown.errors, shown.error) == ({}, "")

    async def settle(self) -> None:
        await self._world.settle()

    def seen(self, who: str) -> list[str]:
        return [_words(post) for post in self._server.seen_by(_IDS[who])]

    def in_room(self) -> list[str]:
        return [_words(post) for post in self._people.in_channel(_ROOM) if post.user != _COLLEAGUE]

    async def again(self) -> None:
        assert self._repeat is not None
        await self._repeat()
        await self.settle()

    async def save(self, who: str, text: str) -> None:
        said = self._people.said(_COLLEAGUE, _ROOM, text)
        await self._typed(who, "save", _ROOM, root=said.id)

    # -- steps -------------------------------------------------------------------------------------

    async def _typed(self, who: str, line: str, channel: str, root: str = "") -> None:
        fields = self._people.typed(_IDS[who], channel, line, root=root)
        await self._do(lambda: self._people.send_command(fields))

    async def _do(self, send: Callable[[], Awaitable[Any]]) -> None:
        self._repeat = send
        await send()
        await self.settle()


def _words(post: Post) -> str:
    return post.text.replace("**", "").replace("\u00a0", " ")


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[MattermostChat]:
    """A server of Mattermost's, and Kith on it."""
    server = MattermostServer(clock)
    for who, user in _IDS.items():
        server.person(user, who, locale=_LOCALES.get(who, "en"))
        server.direct(user)
    server.person(_COLLEAGUE, "sam", first_name="Sam", last_name="Lee")
    server.channel(_ROOM, "sales", *_IDS.values(), BOT)
    listening = Listening(server.routes())
    await listening.start()
    world = World(database, server, listening)
    await world.start()
    try:
        yield MattermostChat(world)
    finally:
        await world.close()
        await listening.stop()
