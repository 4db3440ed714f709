"""Kith with Mattermost attached to it, and the server that calls it and is called."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import httpx
from fastapi import FastAPI

from adapters.mattermost.app import MattermostAdapter
from adapters.mattermost.config import MattermostConfig
from bots.compose import wire
from bots.emulators.mattermost.client import COMMAND_TOKENS
from bots.emulators.mattermost.model import Post
from bots.emulators.mattermost.server import BOT, BOT_TOKEN, MattermostServer
from commands.registry import VERBS
from commands.sealing import Sealer
from core.actor import Actor, Role
from core.customers.service import add_customer
from core.ids import WorkspaceId
from core.members.model import Identity, Member
from core.members.service import add_member, create_workspace
from core.work import Database, Work
from storage.database import open_database
from tests.adapters.mattermost.hands import Hands
from tests.emulated import Listening
from tests.kith import SteppedClock

SECRET = "a secret key"
PUBLIC_URL = "https://kith.example"
WEI, LIN, SAM = "w" * 26, "l" * 26, "s" * 26
ROOM, OTHER = "r" * 26, "o" * 26


class World:
    """One Kith process with its database, and the server it talks to."""

    def __init__(self, database: Database, server: MattermostServer, listening: Listening, **settings: Any) -> None:
        self.server, self.listening, self.database, clock = server, listening, database, server.clock
        given = {"api_url": listening.url, "bot_token": BOT_TOKEN, "public_url": PUBLIC_URL} | settings
        config = MattermostConfig(command_tokens=COMMAND_TOKENS, secret_key=SECRET, **given)
        self.adapter = MattermostAdapter(config, self.database, VERBS, clock)
        self.road = wire(
            self.database, Sealer(SECRET), {"mattermost": self.adapter}, public_url=PUBLIC_URL, chance=lambda: 0.5
        )
        self.adapter.attach(self.road)
        app = FastAPI()
        app.include_router(self.adapter.router())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL)
        self.people = Hands(server, self.http)

    async def start(self) -> None:
        """Starts the adapter and lets it learn who it is."""
        await self.adapter.start()
        await self.adapter.settle()

    async def close(self) -> None:
        """Ends the process in good order."""
        await self.adapter.stop()
        await self.http.aclose()

    async def settle(self) -> None:
        """Waits until what was taken is carried out and answered."""
        await self.adapter.settle()

    async def say(self, text: str, *, user: str = WEI, channel: str = ROOM, **how: str) -> Post:
        """Somebody types a slash command; the newest message that they see then."""
        await self.people.command(user, channel, text, **how)
        await self.settle()
        return self.people.last(user)

    async def press(self, label: str, *, user: str = WEI, post: Post | None = None) -> Post:
        """Somebody presses a button; the newest message that they see then."""
        await self.people.press(user, label, post)
        await self.settle()
        return self.people.last(user)

    async def submit(self, values: dict[str, Any] | None = None, *, user: str = WEI) -> Post:
        """Somebody sends the dialog that is open; the newest message that they see then."""
        await self.people.send_in(user, values)
        await self.settle()
        return self.people.last(user)


class Office(World):
    """A world with a clock that is moved and a database that is looked into."""

    def __init__(
        self, url: str, clock: SteppedClock, server: MattermostServer, listening: Listening, **settings: Any
    ) -> None:
        self.path, self.clock = url.removeprefix("sqlite:///"), clock
        super().__init__(open_database(url, clock), server, listening, **settings)

    async def crash(self) -> None:
        """The process dies: what was started is not finished, and nothing is said to anybody."""
        for task in list(self.road._background._running):
            task.cancel()
        await asyncio.gather(*self.road._background._running, return_exceptions=True)
        await self.close()

    async def close(self) -> None:
        """Ends the process and its database."""
        await super().close()
        await self.database.close()  # type: ignore[attr-defined]  # both databases have it

    async def work_off(self, **later: float) -> None:
        """What the worker does after a while."""
        self.clock.forward(**(later or {"minutes": 2}))
        while await self.road.work_off():
            await self.settle()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a test's word


def seed(work: Work) -> None:
    """One workspace with two members, of whom Mattermost knows the first, and three customers."""
    workspace = create_workspace(work, "Kith Test", language="en", zone="Asia/Shanghai")
    wei = _member(work, workspace.id, "wei", Role.ADMIN)
    _member(work, workspace.id, "lin", Role.REP)
    work.members.tie(Identity("mattermost", "", WEI), wei, work.now)
    actor = Actor(workspace_id=workspace.id, member_id=wei.id, name="Wei", role=Role.ADMIN)
    for name in ("Northwind", "Acme Foods", "Acme Tools", "远航科技"):
        add_customer(work, actor, name=name)


def _member(work: Work, workspace_id: WorkspaceId, handle: str, role: Role) -> Member:
    return add_member(work, workspace_id, handle=handle, name=handle.title(), email=f"{handle}@kith.example", role=role)


def populated(clock: SteppedClock) -> MattermostServer:
    """A server with Wei, Lin and a stranger, a channel that Kith is in, and one that it is not."""
    server = MattermostServer(clock)
    server.person(WEI, "wei.zhang", first_name="Wei", last_name="Zhang")
    server.person(LIN, "lin.chen", email="lin@kith.example", email_verified=True, nickname="Lin C", locale="zh-CN")
    server.person(SAM, "sam", email="sam@elsewhere.example", email_verified=True)
    server.channel(ROOM, "deals", WEI, LIN, SAM, BOT)
    server.channel(OTHER, "random", WEI, LIN)
    return server


@asynccontextmanager
async def running(url: str, **settings: Any) -> AsyncIterator[Office]:
    """A seeded Kith and its server."""
    clock = SteppedClock()
    server = populated(clock)
    listening = Listening(server.routes())
    await listening.start()
    world = Office(url, clock, server, listening, **settings)
    await world.database.write(seed)
    await world.start()
    listening.calls.clear()
    try:
        yield world
    finally:
        await world.close()
        await listening.stop()
