"""Kith with Teams attached to it, called as Teams calls: over HTTP, with signed tokens."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

import httpx
from fastapi import FastAPI

from adapters.teams.app import TeamsAdapter
from adapters.teams.config import TeamsConfig
from bots.compose import wire
from bots.emulators.teams.cards import Json
from bots.emulators.teams.client import Client
from bots.emulators.teams.model import APP, ROOM, SECRET, TENANT, Posted
from commands.registry import VERBS
from commands.sealing import Sealer
from core.actor import Actor, Role
from core.clock import Clock
from core.customers.service import add_customer
from core.members.model import Identity, Membership
from core.members.service import add_member, create_workspace
from core.work import Database, Work
from storage.database import open_database
from tests.adapters.teams.teams_hands import PlayedTeams, pressed
from tests.kith import SteppedClock

PUBLIC_URL = "https://kith.example"
WEI, MEI, SAM = "29:wei", "29:mei", "29:sam"
USERS = {WEI: "0000-wei", MEI: "0000-mei", SAM: "0000-sam"}


class World:
    """One Kith process with its database, and the Teams it talks to."""

    def __init__(self, database: Database, clock: Clock, teams: PlayedTeams, **settings: Any) -> None:
        self.clock, self.teams, self.database = clock, teams, database
        patience = settings.pop("patience", 2.5)
        given = {"app_id": APP, "password": SECRET, "tenant_id": TENANT, "public_url": PUBLIC_URL} | settings
        addresses = {"api_url": teams.service.rstrip("/"), "login_url": f"{teams.base}/login"}
        self.config = TeamsConfig(**{**addresses, "keys_url": f"{teams.base}/keys", **given})
        self.adapter = TeamsAdapter(self.config, database, VERBS, clock, patience=patience)
        self.road = wire(database, Sealer("a secret key"), {"teams": self.adapter}, public_url=PUBLIC_URL)
        self.adapter.attach(self.road)
        app = FastAPI()
        app.include_router(self.adapter.router())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC_URL)
        self.app = Client(teams, self.http)

    async def close(self) -> None:
        """Ends everything but the database."""
        await self.adapter.stop()
        await self.http.aclose()

    # -- what Teams sends --------------------------------------------------------------------------

    def activity(self, kind: str, who: str = WEI, *, room: bool = False, thread: str = "", **more: Any) -> Json:
        """One thing that somebody did."""
        return self.app.activity(kind, who, f"{ROOM}{thread}" if room else "", **more)

    def typed(self, text: str, who: str = WEI, *, room: bool = False, **more: Any) -> Json:
        """A message; in a room the bot is named."""
        if not room:
            return self.activity("message", who, text=text, **more)
        bot = {"type": "mention", "text": "<at>Kith</at>", "mentioned": {"id": f"28:{APP}", "name": "Kith"}}
        entities = [bot, *more.pop("entities", [])]
        return self.activity("message", who, room=True, text=f"<at>Kith</at>&nbsp;{text}", entities=entities, **more)

    def invoke(self, name: str, value: Json, who: str = WEI, **more: Any) -> Json:
        """Something that is answered with content."""
        return self.activity("invoke", who, name=name, value=value, **more)

    def press(self, posted: Posted, label: str, who: str = WEI) -> Json:
        """A button of a message is pressed, or an entry of its menu chosen."""
        return self.press_of(pressed(posted.card, label), posted, who)

    def press_of(self, action: Json, posted: Posted, who: str = WEI) -> Json:
        """An action of a message, or of the card that somebody sees in its place."""
        room = posted.conversation.startswith(ROOM)
        value = {"action": action, "trigger": "manual"}
        return self.invoke("adaptiveCard/action", value, who, room=room, replyToId=posted.id)

    async def post(self, activity: Json, *, token: str | None = None, **headers: str) -> httpx.Response:
        """Sends it, signed as Microsoft does, and waits for everything it causes."""
        answer = await self.app.send(activity, token, **headers)
        await self.settle()
        return answer

    async def settle(self) -> None:
        """Until nothing is under way."""
        await self.adapter.settle()

    async def say(self, text: str, who: str = WEI, *, room: bool = False, **more: Any) -> Posted:
        """Somebody types a line; the newest message that they see."""
        answer = await self.post(self.typed(text, who, room=room, **more))
        assert answer.status_code == 200, answer.status_code
        return self.last(who)

    def last(self, who: str = WEI) -> Posted:
        """The newest message that somebody alone sees."""
        return self.teams.seen_by(who)[-1]

    async def invoked(self, name: str, value: Json, who: str = WEI, **more: Any) -> Json:
        """What an invoke is answered with."""
        answer = await self.post(self.invoke(name, value, who, **more))
        assert answer.status_code == 200, answer.status_code
        body: Json = answer.json() if answer.content else {}
        return body

    async def pressed(self, posted: Posted, label: str, who: str = WEI) -> Json:
        """What a press is answered with."""
        answer = await self.post(self.press(posted, label, who))
        assert answer.status_code == 200, answer.status_code
        body: Json = answer.json()
        return body

    async def opened(self, posted: Posted, who: str = WEI) -> Json:
        """The dialog that a message's button opens."""
        action = pressed(posted.card, "Fill in…")
        body = await self.invoked("task/fetch", {"data": action["data"]}, who)
        value: Json = body["task"]["value"]
        return value

    # -- what is in the database -------------------------------------------------------------------

    def count(self, path: str, table: str) -> int:
        """How many rows a table has."""
        with closing(sqlite3.connect(path)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - a test's word


def seed(work: Work) -> None:
    """One workspace with three members, of whom Teams knows two, and customers."""
    workspace = create_workspace(work, "Kith Test", language="en", zone="Asia/Shanghai")
    for handle, account in (("wei", WEI), ("mei", MEI), ("sam", "")):
        member = add_member(
            work,
            workspace.id,
            handle=handle,
            name=handle.title(),
            email=f"{handle}@kith.example",
            role=Role.ADMIN if handle == "wei" else Role.REP,
            language="zh_Hans" if handle == "mei" else "",
        )
        if account:
            work.members.tie(Identity("teams", TENANT, USERS[account]), member, work.now)
        if handle == "wei":
            actor: Actor = Membership(member, workspace).actor(platform="teams")
    for name in ("Northwind", "Acme Industries", "Acme Travel", "远航科技"):
        add_customer(work, actor, name=name, industry="machines", region="Boston")


@asynccontextmanager
async def running(url: str, **settings: Any) -> AsyncIterator[World]:
    """A seeded Kith and its Teams."""
    clock = SteppedClock()
    teams = PlayedTeams(clock)
    await teams.start()
    teams.add(WEI, USERS[WEI], "Wei", email="wei@kith.example", chat="a:wei")
    teams.add(MEI, USERS[MEI], "Mei", email="mei@kith.example", chat="a:mei")
    teams.add(SAM, USERS[SAM], "Sam", email="sam@kith.example")
    database = open_database(url, clock)
    await database.write(seed)
    world = World(database, clock, teams, **settings)
    try:
        yield world
    finally:
        await world.close()
        await database.close()
        await teams.stop()
