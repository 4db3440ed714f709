"""Kith with Feishu attached to it, called as Feishu calls: over HTTP, encrypted and signed."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from adapters.feishu.app import FeishuAdapter
from adapters.feishu.config import FeishuConfig
from bots.compose import wire
from bots.emulators.feishu.client import Client
from bots.emulators.feishu.model import Chat, Posted, open_id
from bots.emulators.feishu.payloads import sealed
from bots.emulators.feishu.server import APP_ID, APP_SECRET
from commands.registry import VERBS
from commands.sealing import Sealer
from core.actor import Actor, Role
from core.clock import Clock
from core.customers.service import add_customer
from core.ids import WorkspaceId
from core.members.model import Identity, Member
from core.members.service import add_member, create_workspace
from core.work import Database, Work
from storage.database import open_database
from tests.adapters.feishu.hands import action as action_of
from tests.adapters.feishu.hands import submission
from tests.adapters.feishu.standin import StandIn
from tests.kith import SteppedClock

RECORDED = Path(__file__).parents[2] / "recorded" / "feishu"
ENCRYPT_KEY, TOKEN, TENANT = "an encrypt key", "a verification token", "t_kith"
PUBLIC_URL = "https://kith.example"
WEI, LIN, ROOM, TOPICS = "on_wei", "on_lin", "oc_sales", "oc_topics"


def encrypted(plain: bytes, key: str = ENCRYPT_KEY) -> str:
    """As Feishu encrypts, with this company's key."""
    return sealed(plain, key)


def recorded(name: str) -> dict[str, Any]:
    """A recorded payload."""
    payload: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return payload


class World:
    """One Kith process on a database, and the Feishu it talks to."""

    def __init__(self, database: Database, clock: Clock, feishu: StandIn, **settings: Any) -> None:
        self.clock, self.feishu, self.database = clock, feishu, database
        patience = settings.pop("patience", 5.0)
        given = {"app_id": APP_ID, "app_secret": APP_SECRET, "encrypt_key": ENCRYPT_KEY, "verification_token": TOKEN}
        secret = settings.pop("secret_key", "")
        config = FeishuConfig(**{**given, "api_url": feishu.url, "public_url": PUBLIC_URL, **settings})
        self.adapter = FeishuAdapter(config, database, VERBS, clock, patience=patience, secret_key=secret)
        self.road = wire(database, Sealer("a secret key"), {"feishu": self.adapter}, public_url=PUBLIC_URL)
        self.adapter.attach(self.road)
        app = FastAPI()
        app.include_router(self.adapter.router())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL)
        self.client = Client(feishu, ENCRYPT_KEY, TOKEN)
        self.last: bytes = b""

    async def close(self) -> None:
        """Ends the process in good order; the database is whoever's it was."""
        await self.adapter.stop()
        await self.http.aclose()

    async def crash(self) -> None:
        """The process dies: what was started is not finished, and nothing is said to anybody."""
        running = [*self.road._background._running, *self.adapter._webhook.ways.onward._background._running]  # type: ignore[union-attr]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self.http.aclose()

    async def settle(self) -> None:
        """Until everything taken is carried out and answered."""
        await self.adapter.settle()

    # -- what Feishu sends -------------------------------------------------------------------------

    def signed(self, body: bytes, *, key: str = ENCRYPT_KEY, age: int = 0) -> dict[str, str]:
        """The headers of a request, signed ``age`` seconds ago."""
        return self.client.headers(body, key=key, age=age)

    async def post(self, payload: dict[str, Any], **headers: str) -> httpx.Response:
        """An event as Feishu sends it, and what Kith does behind its acknowledgement."""
        answer = await self.sent(payload, **headers)
        await self.settle()
        return answer

    async def sent(self, payload: dict[str, Any], **headers: str) -> httpx.Response:
        """An event and its acknowledgement alone."""
        self.last = self.client.body(payload)
        return await self.http.post("/feishu/events", content=self.last, headers=self.signed(self.last) | headers)

    async def again(self) -> httpx.Response:
        """The same request once more, and what Kith does behind its acknowledgement."""
        answer = await self.http.post("/feishu/events", content=self.last, headers=self.signed(self.last))
        await self.settle()
        return answer

    def event(self, event_type: str, event: dict[str, Any]) -> dict[str, Any]:
        """An event around its payload."""
        return self.client.event(event_type, event)

    def message(self, who: str, text: str, *, chat: str = "", **more: Any) -> dict[str, Any]:
        """A typed message; without ``chat`` in the person's own chat with Kith. ``@Kith`` mentions the bot."""
        return self.client.message(who, text, chat=chat, **more)

    async def says(self, who: str, text: str, **more: Any) -> Posted:
        """Somebody types; the newest message that they see there."""
        answer = await self.post(self.message(who, text, **more))
        assert (answer.status_code, answer.json()) == (200, {})
        return self.newest(who, more.get("chat", ""))

    def newest(self, who: str, chat: str = "") -> Posted:
        """The newest message that somebody sees in a chat."""
        return self.feishu.seen(who, chat or self.feishu.own_chat(who))[-1]

    def callback(self, who: str, posted: Posted, action: dict[str, Any]) -> dict[str, Any]:
        """A press of something in a card."""
        return self.client.callback(who, posted, action)

    async def acts(self, who: str, posted: Posted, action: dict[str, Any]) -> dict[str, Any]:
        """A press and its answer, whose card takes the place of the pressed one."""
        answer = await self.post(self.callback(who, posted, action))
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        self.client.take(posted, told)
        return told

    async def presses(self, who: str, posted: Posted, label: str) -> dict[str, Any]:
        """Somebody presses the button of this label."""
        return await self.acts(who, posted, action_of(posted, label))

    async def fills(self, who: str, posted: Posted, values: dict[str, str]) -> dict[str, Any]:
        """Somebody fills in the form in a card and sends it."""
        return await self.acts(who, posted, submission(posted, values))

    async def count(self, name: str) -> int:
        """How many records there are of a kind."""
        return await self.database.read(lambda work: _count(work, name))


def _count(work: Work, name: str) -> int:
    workspace = work.members.only_workspace()
    assert workspace is not None
    wei = work.members.by_identity(Identity("feishu", TENANT, WEI))
    assert wei is not None
    return len(getattr(work, name).list_after(wei.actor(platform="feishu").scope, limit=1000))


def seed(work: Work) -> None:
    """One workspace with two members, of whom Feishu knows the first, and two customers."""
    workspace = create_workspace(work, "Kith Test", language="en", zone="Asia/Shanghai")
    wei = _member(work, workspace.id, "wei", Role.ADMIN)
    _member(work, workspace.id, "lin", Role.REP)
    work.members.tie(Identity("feishu", TENANT, WEI), wei, work.now)
    actor = Actor(workspace_id=workspace.id, member_id=wei.id, name="Wei", role=Role.ADMIN)
    for name in ("Northwind", "远航科技", "Acme East", "Acme West"):
        add_customer(work, actor, name=name)


def _member(work: Work, workspace_id: WorkspaceId, handle: str, role: Role) -> Member:
    return add_member(work, workspace_id, handle=handle, name=handle.title(), email=f"{handle}@kith.example", role=role)


def company(clock: Clock) -> StandIn:
    """A Feishu with two colleagues, a group and a topic group."""
    feishu = StandIn(clock)
    feishu.person(WEI, open_id(WEI), name="Wei Zhang", enterprise_email="wei@kith.example")
    feishu.person(LIN, open_id(LIN), name="Lin Chen", enterprise_email="lin@kith.example")
    feishu.chats[ROOM] = Chat("group", [WEI, LIN])
    feishu.chats[TOPICS] = Chat("topic", [WEI, LIN])
    return feishu


@asynccontextmanager
async def running(url: str, **settings: Any) -> AsyncIterator[World]:
    """A seeded Kith and its Feishu."""
    clock = SteppedClock()
    feishu = company(clock)
    await feishu.start()
    database = open_database(url, clock)
    await database.write(seed)
    world = World(database, clock, feishu, **settings)
    try:
        yield world
    finally:
        await world.close()
        await database.close()
        await feishu.stop()
