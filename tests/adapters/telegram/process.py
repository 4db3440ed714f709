"""One process of Kith with a Telegram bot, as tests run it."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from adapters.telegram.app import TelegramAdapter
from adapters.telegram.config import Mode, TelegramConfig
from adapters.telegram.signature import HEADER, secret_of
from bots.compose import wire
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Json, Message
from bots.emulators.telegram.server import TOKEN
from commands.registry import VERBS
from commands.sealing import Sealer
from core.actor import Role
from core.customers.service import add_customer
from core.members.model import CodePurpose, Identity, Membership
from core.members.service import add_member, create_workspace, issue_code
from core.work import Database, Work
from storage.database import open_database
from tests.adapters.telegram.stand_in import StandIn

WEI, ANA, STRANGER, GROUP, FORUM, TOPIC = 100, 200, 300, -500, -1001234567009, 7
PUBLIC_URL = "https://kith.example.com"


class MovableClock:
    """``core.clock.Clock`` that moves when told to."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 24, 2, tzinfo=UTC)  # ten o'clock in Shanghai, a Tuesday

    def now(self) -> datetime:
        """The present."""
        return self.instant

    def forward(self, **by: float) -> None:
        """Time passes."""
        self.instant += timedelta(**by)


class Kith:
    """One process: a database, the road, and the adapter, to which updates are brought as Telegram brings them."""

    def __init__(self, url: str, server: StandIn, clock: MovableClock, **settings: Any) -> None:
        self.server, self.clock, self.path = server, clock, url.removeprefix("sqlite:///")
        self.config = TelegramConfig(
            **{"token": TOKEN, "mode": Mode.WEBHOOK, "api_url": server.url, "public_url": PUBLIC_URL} | settings
        )
        self.database: Database = open_database(url, clock)
        self.adapter = TelegramAdapter(self.config, self.database, VERBS, first_pause=0.01, clock=clock)
        self.road = wire(self.database, Sealer("test"), {"telegram": self.adapter}, public_url=PUBLIC_URL)
        self.adapter.attach(self.road)

    async def start(self) -> None:
        """Starts it and waits until the bot is connected."""
        await self.adapter.start()
        await self.adapter.ready.wait()
        await self.settle()
        app = FastAPI()
        if (router := self.adapter.router()) is not None:
            app.include_router(router)
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://kith"
        )

    async def stop(self) -> None:
        """Stops it in order."""
        await self.road.settle()
        await self.adapter.stop()
        await self.database.close()  # type: ignore[attr-defined] # of the storage's own class
        await self.http.aclose()

    async def crash(self) -> None:
        """Ends without finishing what is under way."""
        for task in [*self.road._background._running, *self.adapter._background._running]:
            task.cancel()
        await self.stop()

    async def work_off(self) -> None:
        """What the worker does once the leases of a dead process have ended."""
        self.clock.forward(minutes=1)
        while await self.road.work_off():
            await self.settle()

    async def settle(self) -> None:
        """Until nothing is under way."""
        while self.road._background._running or self.adapter._background._running:
            await self.road.settle()
            await self.adapter._background.settle()

    async def bring(self, update: Json, secret: str | None = None) -> int:
        """Posts an update; the answer's status."""
        sent = secret_of(self.config) if secret is None else secret
        answer = await self.http.post("/telegram/webhook", json=update, headers={HEADER: sent})
        return answer.status_code

    async def brought(self, update: Json) -> None:
        """Posts an update and waits for everything it causes."""
        assert await self.bring(update) == 200
        await self.settle()

    async def said(self, person: Account, text: str, **more: Any) -> Message:
        """Somebody says something; the bot's last message to them in private."""
        await self.brought(person.says(text, **more))
        return self.server.last(person.id)

    async def pressed(self, person: Account, message: Message, label: str) -> Message:
        """Somebody presses a button; the bot's last message to them in private."""
        await self.brought(person.presses(message, label))
        return self.server.last(person.id)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with closing(sqlite3.connect(self.path)) as connection:
            (found,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()  # noqa: S608 - the test's own word
        return int(found)


Starting = Callable[..., Awaitable[Kith]]


async def populate(database: Database) -> None:
    await database.write(_hired)


def _hired(work: Work) -> None:
    if work.members.only_workspace() is not None:
        return
    workspace = create_workspace(work, "Northwind Sales", language="en", zone="Asia/Shanghai")
    wei = add_member(work, workspace.id, handle="wei", name="Wei", role=Role.MANAGER)
    ana = add_member(work, workspace.id, handle="ana", name="Ana", language="zh")
    for member, user in ((wei, WEI), (ana, ANA)):
        work.members.tie(Identity("telegram", "", str(user)), member, work.now)
    actor = Membership(wei, workspace).actor(platform="telegram")
    known = (("Globex", "Retail", "Shanghai"), ("Acme Industries", "Machines", "Berlin"), ("远航科技", "软件", "杭州"))
    for name, industry, region in known:
        add_customer(work, actor, name=name, industry=industry, region=region, phone="021-5550100")


async def code_for(kith: Kith, handle: str) -> str:
    """A one-time code for a member."""

    def issued(work: Work) -> str:
        workspace = work.members.only_workspace()
        assert workspace is not None
        member = work.members.by_handle(workspace, handle)
        assert member is not None
        return issue_code(work, workspace, member.id, CodePurpose.LINK)

    return await kith.database.write(issued)
