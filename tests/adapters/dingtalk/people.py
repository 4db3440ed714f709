"""A Kith with DingTalk, and people there: what they type, press and fill in, brought as DingTalk brings it."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
from fastapi import FastAPI

from adapters.dingtalk.app import DingTalkAdapter
from adapters.dingtalk.config import DingTalkConfig
from bots.compose import wire
from bots.emulators.dingtalk.client import Client, Delivery, sent_by
from commands.registry import VERBS
from commands.sealing import Sealer
from core.clock import Clock
from core.work import Database
from tests.adapters.dingtalk.standin import (
    APP_KEY,
    APP_SECRET,
    CORP,
    GROUP,
    TEMPLATE,
    Json,
    Message,
    StandIn,
    shown_text,
)

PUBLIC_URL = "https://kith.example.com"
SECRET = "a-secret-part-of-the-path"


class World:
    """One process of Kith on ``database``, and its DingTalk."""

    def __init__(self, database: Database, clock: Clock, server: StandIn, **settings: Any) -> None:
        self.database, self.server = database, server
        self.clock: Any = clock  # of tests, which can be moved
        self.config = DingTalkConfig(
            **{
                "app_key": APP_KEY,
                "app_secret": APP_SECRET,
                "corp_id": CORP,
                "secret": SECRET,
                "template": TEMPLATE,
                "api_url": server.url,
                "oapi_url": server.url,
                "public_url": PUBLIC_URL,
            }
            | settings
        )
        self.adapter = DingTalkAdapter(self.config, database, VERBS, clock)
        self.road = wire(database, Sealer("dingtalk tests"), {"dingtalk": self.adapter}, public_url=PUBLIC_URL)
        self.adapter.attach(self.road)
        app = FastAPI()
        app.include_router(self.adapter.router())
        transport = httpx.ASGITransport(_watched(app, server), raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://kith")
        self.client = Client(server, self.http)
        self.last = Delivery("", b"", {})

    async def start(self) -> None:
        """Starts it, its address for presses registered."""
        await self.adapter.start()
        if self.adapter._registering is not None:
            await asyncio.wait_for(asyncio.shield(self.adapter._registering), 30)

    async def stop(self) -> None:
        """Stops it in order."""
        await self.adapter.stop()
        await self.http.aclose()

    async def settle(self) -> None:
        """Until everything taken is carried out and answered."""
        assert self.adapter.onward is not None
        await self.adapter.onward.settle()

    # -- what people do ----------------------------------------------------------------------------

    def message(self, who: str, text: str, *, room: bool = False, **more: Any) -> Json:
        """A message to the robot, as DingTalk brings it."""
        return self.client.message(who, who.title(), text, room=room) | more

    async def bring(self, payload: Json, *, path: str = "", **headers: str) -> httpx.Response:
        """Posts a robot's message, signed."""
        made = self.client.said(payload, path or self.config.robot_path)
        return await self._post(replace(made, headers=made.headers | headers))

    async def say(self, who: str, text: str, *, room: bool = False, **more: Any) -> Message:
        """Somebody writes to the robot; the last message in their own chat."""
        answer = await self.bring(self.message(who, text, room=room, **more))
        assert answer.status_code == 200, answer.status_code
        assert answer.json() == {"msgtype": "empty"}
        await self.settle()
        return self.server.last(GROUP if room and not self._has_chat(who) else who)

    def _has_chat(self, who: str) -> bool:
        return any(one.chat == who for one in self.server.messages)

    async def request(self, who: str, message: Message, params: Json, action: str = "press") -> httpx.Response:
        """A press in a card, signed with what Kith registered; the answer changes the card."""
        made = self.client.pressed(who, message, params, action)
        self.server.pressing.add(message.card)
        return await self._post(made)

    async def press(self, who: str, message: Message, label: str) -> Message:
        """Presses the button of this label; the last message in their own chat."""
        if message.card:
            button = next(one for one in message.buttons(who) if _is(label, one["text"]))
            answer = await self.request(who, message, button["event"]["params"]["params"])
            assert answer.status_code == 200, answer.status_code
            self.server.apply(message, who, answer.json())
            await self.settle()
            return self.server.last(who) if self._has_chat(who) else message
        line = next(line for name, line in message.links() if _is(label, name))
        return await self.say(who, line)

    async def fill(self, who: str, message: Message, values: dict[str, str]) -> Message:
        """Fills the form in a card, or the lines of a message, and sends it."""
        if not message.card:
            return await self.say(who, filled_lines(message, values))
        fields = message.fields(who)
        sent = {one["name"]: sent_by(one, values.get(one["name"])) for one in fields}
        answer = await self.request(who, message, {"form": sent}, "form")
        assert answer.status_code == 200, answer.status_code
        self.server.apply(message, who, answer.json())
        await self.settle()
        return self.server.last(who)

    async def again(self) -> httpx.Response:
        """What was brought last, once more, byte for byte."""
        return await self._post(self.last)

    async def _post(self, delivery: Delivery) -> httpx.Response:
        self.last = delivery
        return await self.client.bring(delivery)


def _watched(app: Any, server: StandIn) -> Any:
    """The app, with the card being pressed until DingTalk has the whole answer: till then it refuses changes."""

    async def watched(scope: Json, receive: Any, send: Any) -> None:
        async def sent(message: Json) -> None:
            await send(message)
            if message["type"] == "http.response.body":
                server.pressing.clear()

        await app(scope, receive, sent)

    return watched


def _is(label: str, shown: str) -> bool:
    """Whether a button is the one of this label: that of a list's line begins with the line's number."""
    return re.fullmatch(rf"(?:\d+ )?{re.escape(label)}", shown) is not None


def filled_lines(message: Message, values: dict[str, str]) -> str:
    """The lines of a form as somebody copies them and fills them in; ``values`` go by the lines' names."""
    lines = shown_text(message.text).split("\n")
    start = next(index for index, line in enumerate(lines) if line.startswith("#form"))
    made = [lines[start]]
    for line in lines[start + 1 :]:
        name, _, _ = line.partition(":")
        made.append(f"{name}: {values[name.rstrip('*')]}" if name.rstrip("*") in values else line)
    return "\n".join(made)


@asynccontextmanager
async def running(database: Database, clock: Clock, **settings: Any) -> AsyncIterator[World]:
    """A Kith and its DingTalk on a migrated database."""
    server = StandIn(clock)
    await server.start()
    world = World(database, clock, server, **settings)
    await world.start()
    try:
        yield world
    finally:
        await world.settle()
        assert not server.too_early
        await world.stop()
        await server.stop()
