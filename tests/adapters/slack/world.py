"""Kith with Slack attached to it, called as Slack calls: over HTTP, signed, with recorded payloads."""

import asyncio
import copy
import hashlib
import hmac
import itertools
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from adapters.hosts.tickets import Tickets
from adapters.slack.app import SlackAdapter
from adapters.slack.config import SlackConfig
from bots.compose import wire
from commands.registry import VERBS
from commands.sealing import Sealer
from commands.vault import Vault
from core.actor import Actor, Role
from core.customers.service import add_customer
from core.ids import WorkspaceId
from core.members.model import Identity, Member
from core.members.service import add_member, create_workspace
from core.work import Database, Work
from storage.database import open_database
from tests.adapters.slack.standin import StandIn

RECORDED = Path(__file__).parents[2] / "recorded" / "slack"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PUBLIC_URL = "https://kith.example"
TEAM, WEI, LIN, BOT, ROOM, DIRECT = "T0KITH0001", "U0WEI00001", "U0LIN00002", "U0KITHBOT1", "C0DEALS001", "D0WEIKITH1"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_numbers = itertools.count(1)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.instant = START

    def now(self) -> datetime:
        """The instant it was moved to."""
        return self.instant

    def move(self, **by: float) -> None:
        """Later by so many ``seconds``, ``minutes`` or ``hours``."""
        self.instant += timedelta(**by)


def recorded(name: str, **changes: Any) -> dict[str, Any]:
    """A recorded payload with some of its fields changed."""
    payload: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return payload | changes


class World:
    """One Kith process with its database, and the Slack it talks to."""

    def __init__(self, database: Database, clock: "FakeClock", slack: StandIn, **settings: Any) -> None:
        self.clock = clock
        self.slack = slack
        self.path = str(settings.pop("path", ""))
        self.database = database
        administrator = settings.pop("administrator", None)
        given = {"bot_token": "xoxb-one", "signing_secret": SIGNING_SECRET} | settings
        self.adapter = SlackAdapter(
            SlackConfig(api_url=slack.api_url, **given),
            self.database,
            Vault("a secret key"),
            VERBS,
            clock,
            public_url=PUBLIC_URL,
            tickets=Tickets("a secret key"),
            **({"administrator": administrator} if administrator else {}),
        )
        self.road = wire(self.database, Sealer("a secret key"), {"slack": self.adapter}, public_url=PUBLIC_URL)
        self.adapter.attach(self.road)
        app = FastAPI()
        app.include_router(self.adapter.router())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL)

    async def start(self) -> None:
        """Starts the adapter and lets it learn whose token it has."""
        await self.adapter.start()
        if (asking := self.adapter._own_token._asking) is not None:
            await asking

    async def crash(self) -> None:
        """The process dies: what was started is not finished, and nothing is said to anybody."""
        for task in list(self.road._background._running):
            task.cancel()
        await asyncio.gather(*self.road._background._running, return_exceptions=True)
        await self.close()

    async def close(self) -> None:
        """Ends the process in good order."""
        await self.road.settle()
        await self.adapter.stop()
        await self.http.aclose()
        await self.database.close()  # type: ignore[attr-defined]  # both databases have it

    # -- what Slack sends -----------------------------------------------------------------------------

    def signature(self, body: bytes, timestamp: str, secret: str = SIGNING_SECRET) -> str:
        """As Slack signs."""
        return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()

    async def post(self, body: bytes, content_type: str, **headers: str) -> httpx.Response:
        """A signed request."""
        timestamp = str(int(self.clock.now().timestamp()))
        signed = {
            "content-type": content_type,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": self.signature(body, timestamp),
        }
        return await self.http.post("/slack/events", content=body, headers=signed | headers)

    async def form(self, fields: dict[str, Any]) -> httpx.Response:
        """A signed form: what a slash command is."""
        return await self.post(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def interact(self, payload: dict[str, Any]) -> httpx.Response:
        """A signed interaction, and what Kith does behind its acknowledgement."""
        answer = await self.form({"payload": json.dumps(payload, ensure_ascii=False)})
        await self.road.settle()
        await self.adapter._listener.home.settle()
        return answer

    async def event(self, payload: dict[str, Any], **headers: str) -> httpx.Response:
        """A signed event, and what Kith does behind its acknowledgement."""
        answer = await self.post(json.dumps(payload).encode(), "application/json", **headers)
        await self.road.settle()
        await self.adapter._listener.home.settle()
        return answer

    async def command(
        self, text: str, *, command: str = "/crm", user: str = WEI, channel: str = ROOM, team: str = TEAM
    ) -> httpx.Response:
        """A typed slash command, and what Kith does behind its acknowledgement."""
        answer = await self.form(self.typed(text, command=command, user=user, channel=channel, team=team))
        await self.road.settle()
        return answer

    def typed(
        self, text: str, *, command: str = "/crm", user: str = WEI, channel: str = ROOM, team: str = TEAM
    ) -> dict[str, Any]:
        """A slash command's fields."""
        return recorded(
            "slash_command",
            text=text,
            command=command,
            user_id=user,
            channel_id=channel,
            team_id=team,
            response_url=self.slack.response_url(channel, user),
            trigger_id=self.slack.trigger(),
        )

    def press(
        self, token: str, *, action: str = "press-1", user: str = WEI, channel: str = ROOM, own: bool = True
    ) -> dict[str, Any]:
        """A press of the button that carries ``token``; ``own`` says that only the presser sees it."""
        payload = recorded("block_actions")
        payload["user"]["id"] = user
        payload["channel"]["id"] = channel
        payload["container"] |= {"channel_id": channel, "is_ephemeral": own}
        payload["actions"][0] |= {"value": token, "action_id": action, "action_ts": f"1795420003.{next(_numbers):06}"}
        payload["response_url"] = self.slack.response_url(channel, user)
        payload["trigger_id"] = self.slack.trigger()
        return payload

    def submission(self, view: dict[str, Any], values: dict[str, str], *, user: str = WEI) -> dict[str, Any]:
        """A modal sent in, its fields filled as a person fills them."""
        payload = recorded("view_submission")
        payload["user"]["id"] = user
        payload["trigger_id"] = self.slack.trigger()
        payload["view"] |= {
            "id": f"V{next(_numbers)}",
            "private_metadata": view["private_metadata"],
            "blocks": view["blocks"],
            "state": {"values": _state(view, values)},
        }
        return payload

    # -- what is in the database ------------------------------------------------------------------------

    def count(self, table: str) -> int:
        """How many rows a table has."""
        with closing(sqlite3.connect(self.path)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a test's word


def _state(view: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state[block["block_id"]] = {element["action_id"]: _filled(element, values.get(block["block_id"]))}
    unknown = set(values) - set(state)
    assert not unknown, f"no such fields: {unknown}"
    return state


def _filled(element: dict[str, Any], value: str | None) -> dict[str, Any]:
    kind = element["type"]
    if kind.endswith("_select"):
        initial = element.get("initial_option")
        option = {"text": {"type": "plain_text", "text": value}, "value": value} if value else initial
        return {"type": kind, "selected_option": option}
    return {"type": kind, "value": value if value is not None else element.get("initial_value")}


def seed(work: Work) -> None:
    """One workspace with two members, of whom Slack knows the first, and one customer."""
    workspace = create_workspace(work, "Kith Test", language="en", zone="Asia/Shanghai")
    wei = _member(work, workspace.id, "wei", Role.ADMIN)
    _member(work, workspace.id, "lin", Role.REP)
    work.members.tie(Identity("slack", TEAM, WEI), wei, work.now)
    actor = Actor(workspace_id=workspace.id, member_id=wei.id, name="Wei", role=Role.ADMIN)
    add_customer(work, actor, name="Northwind")
    add_customer(work, actor, name="远航科技")


def _member(work: Work, workspace_id: WorkspaceId, handle: str, role: Role) -> Member:
    return add_member(work, workspace_id, handle=handle, name=handle.title(), email=f"{handle}@kith.example", role=role)


@asynccontextmanager
async def running(url: str, **settings: Any) -> AsyncIterator[World]:
    """A seeded Kith and its Slack."""
    clock = FakeClock()
    slack = StandIn(clock)
    await slack.start()
    slack.users = {
        WEI: person("Wei Zhang", "wei@kith.example"),
        LIN: person("Lin Chen", "lin@kith.example"),
    }
    database = open_database(url, clock)
    world = World(database, clock, slack, path=url.removeprefix("sqlite:///"), **settings)
    await world.database.write(seed)
    await world.start()
    slack.calls.clear()
    try:
        yield world
    finally:
        await world.close()
        await slack.stop()


def person(name: str, email: str, **more: Any) -> dict[str, Any]:
    """A user as users.info tells of one."""
    return {
        "real_name": name,
        "locale": "en-US",
        "is_email_confirmed": True,
        "profile": {"real_name": name, "email": email},
    } | copy.deepcopy(more)
