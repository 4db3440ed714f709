"""Kith with Feishu attached to it, called as Feishu calls: over HTTP, encrypted and signed."""

import asyncio
import base64
import hashlib
import itertools
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from fastapi import FastAPI

from adapters.feishu.app import FeishuAdapter
from adapters.feishu.config import FeishuConfig
from bots.compose import wire
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
from tests.adapters.feishu.standin import APP_ID, APP_SECRET, BOT, Chat, Posted, StandIn
from tests.kith import SteppedClock

RECORDED = Path(__file__).parents[2] / "recorded" / "feishu"
ENCRYPT_KEY, TOKEN, TENANT = "an encrypt key", "a verification token", "t_kith"
PUBLIC_URL = "https://kith.example"
WEI, LIN, ROOM, TOPICS = "on_wei", "on_lin", "oc_sales", "oc_topics"
_numbers = itertools.count(1)


def open_id(union_id: str) -> str:
    """The app's own id of a person."""
    return union_id.replace("on_", "ou_")


def encrypted(plain: bytes, key: str = ENCRYPT_KEY) -> str:
    """As Feishu encrypts: written from its page, with another padding than the adapter's."""
    iv = os.urandom(16)
    padder = padding.PKCS7(128).padder()
    padded = padder.update(plain) + padder.finalize()
    encryptor = Cipher(algorithms.AES(hashlib.sha256(key.encode()).digest()), modes.CBC(iv)).encryptor()
    return base64.b64encode(iv + encryptor.update(padded) + encryptor.finalize()).decode()


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
        timestamp, nonce = str(int(self.clock.now().timestamp()) - age), "nonce"
        digest = hashlib.sha256((timestamp + nonce + key).encode() + body).hexdigest()
        return {
            "x-lark-request-timestamp": timestamp,
            "x-lark-request-nonce": nonce,
            "x-lark-signature": digest,
            "content-type": "application/json",
        }

    async def post(self, payload: dict[str, Any], **headers: str) -> httpx.Response:
        """An event as Feishu sends it, and what Kith does behind its acknowledgement."""
        answer = await self.sent(payload, **headers)
        await self.settle()
        return answer

    async def sent(self, payload: dict[str, Any], **headers: str) -> httpx.Response:
        """An event and its acknowledgement alone."""
        self.last = json.dumps({"encrypt": encrypted(json.dumps(payload).encode())}).encode()
        return await self.http.post("/feishu/events", content=self.last, headers=self.signed(self.last) | headers)

    async def again(self) -> httpx.Response:
        """The same request once more, and what Kith does behind its acknowledgement."""
        answer = await self.http.post("/feishu/events", content=self.last, headers=self.signed(self.last))
        await self.settle()
        return answer

    def event(self, event_type: str, event: dict[str, Any]) -> dict[str, Any]:
        """An event around its payload."""
        header = {"event_id": f"ev_{next(_numbers)}", "event_type": event_type, "tenant_key": TENANT, "token": TOKEN}
        return {
            "schema": "2.0",
            "header": header | {"app_id": APP_ID, "create_time": "1603977298000000"},
            "event": event,
        }

    def message(self, who: str, text: str, *, chat: str = "", **more: Any) -> dict[str, Any]:
        """A typed message; without ``chat`` in the person's own chat with Kith. ``@Kith`` mentions the bot."""
        own = not chat
        chat = chat or self.feishu.own_chat(who)
        mentions = []
        if "@Kith" in text:
            text = text.replace("@Kith", "@_user_1")
            mentions = [{"key": "@_user_1", "id": {"open_id": BOT, "union_id": None, "user_id": None}, "name": "Kith"}]
        for mention in more.pop("mentions", ()):
            mentions.append(mention)
        message = {
            "message_id": f"om_in_{next(_numbers)}",
            "chat_id": chat,
            "chat_type": "p2p" if own else "group",
            "message_type": "text",
            "content": json.dumps({"text": text}, ensure_ascii=False),
            "create_time": "1603977298000",
            **({"mentions": mentions} if mentions else {}),
            **more,
        }
        self.feishu.sources[message["message_id"]] = message | {"open_id": open_id(who)}
        ids = {"union_id": who, "open_id": open_id(who), "user_id": None}
        sender = {"sender_id": ids, "sender_type": "user", "tenant_key": TENANT}
        return self.event("im.message.receive_v1", {"sender": sender, "message": message})

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
        operator = {"union_id": who, "open_id": open_id(who), "user_id": None, "tenant_key": TENANT}
        context = {"open_message_id": posted.id, "open_chat_id": posted.chat}
        return self.event(
            "card.action.trigger",
            {"operator": operator, "token": "c-1", "action": action, "host": "im_message", "context": context},
        )

    async def acts(self, who: str, posted: Posted, action: dict[str, Any]) -> dict[str, Any]:
        """A press and its answer, whose card takes the place of the pressed one."""
        answer = await self.post(self.callback(who, posted, action))
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        if card := told.get("card"):
            assert card["type"] == "raw"
            self.feishu.replace(posted.id, card["data"])
        return told

    async def presses(self, who: str, posted: Posted, label: str) -> dict[str, Any]:
        """Somebody presses the button of this label."""
        return await self.acts(who, posted, posted.action(label))

    async def fills(self, who: str, posted: Posted, values: dict[str, str]) -> dict[str, Any]:
        """Somebody fills in the form in a card and sends it."""
        return await self.acts(who, posted, posted.submission(values))

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
