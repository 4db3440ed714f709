"""DingTalk's gateway, played: tickets that open once, and frames that wait until they are acknowledged rightly.

https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol. What is wrong in an acknowledgement is noted,
and ends the line.
"""

import asyncio
import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from core.clock import Clock
from tests.adapters.dingtalk.standin import APP_KEY, APP_SECRET, Json

_MESSAGES, _CARDS = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
_SUBSCRIPTIONS = {("CALLBACK", _MESSAGES), ("CALLBACK", _CARDS), ("EVENT", "*")}
_UA = re.compile(r"[a-z]+-sdk-[a-z]+/[\d.]+")
_TICKET_LIFE = timedelta(seconds=90)
_CHANGE = {"cardUpdateOptions", "cardData", "userPrivateData"}


@dataclass(eq=False)
class Pushed:
    """One connection: the frames that wait for an acknowledgement on it."""

    socket: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, Json] = field(default_factory=dict)
    bidden: bool = False  # goodbye: nothing is pushed there any more


class Gateway:
    """One port: the opening call and the connections. ``refused`` says what was wrong with an acknowledgement."""

    def __init__(self, clock: Clock) -> None:
        self.url = ""
        self.clock = clock
        self.opened = 0
        self.refused: list[str] = []
        self.answers: dict[str, Json] = {}
        self.closed = False
        self.lines: list[Pushed] = []
        self._frames: dict[str, Json] = {}
        self._tickets: dict[str, datetime] = {}
        self._numbers = count(1)
        self._changed = asyncio.Event()

    async def start(self) -> None:
        """Listens on a free port."""
        app = web.Application()
        app.add_routes([web.post("/v1.0/gateway/connections/open", self._open), web.get("/connect", self._connect)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Listens no more."""
        for line in self.lines:
            await line.socket.close()
        await self._runner.cleanup()

    async def until(self, holds: Any) -> None:
        """Until something holds."""
        async with asyncio.timeout(30):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    def changed(self) -> None:
        """Whoever waits looks again."""
        self._changed.set()

    async def bring(self, kind: str, topic: str, data: Json) -> str:
        """Pushes a frame over the last connection; its id."""
        message_id = f"frame-{next(self._numbers)}"
        headers = {"topic": topic, "messageId": message_id, "contentType": "application/json", "time": "1"}
        self._frames[message_id] = {"specVersion": "1.0", "type": kind, "headers": headers, "data": json.dumps(data)}
        await self.again(message_id)
        return message_id

    async def again(self, message_id: str) -> None:
        """Pushes a frame once more, byte for byte, over the last connection."""
        self.answers.pop(message_id, None)
        line = self.lines[-1]
        assert not line.bidden
        line.waiting[message_id] = self._frames[message_id]
        await line.socket.send_str(json.dumps(self._frames[message_id]))

    async def bid_goodbye(self) -> None:
        """Takes the last connection away: no id, no answer wanted, and its end ten seconds later."""
        self.lines[-1].bidden = True
        headers = {"topic": "disconnect", "contentType": "application/json"}
        frame = {"type": "SYSTEM", "headers": headers, "data": json.dumps({"reason": "connection is expired"})}
        await self.lines[-1].socket.send_str(json.dumps(frame))

    async def answered(self, message_id: str) -> Json:
        """The data that a frame was acknowledged with."""
        await self.until(lambda: message_id in self.answers)
        return self.answers[message_id]

    def cut(self) -> None:
        """Breaks the last connection, as when a cable does."""
        transport = self.lines[-1].request.transport
        assert transport is not None
        transport.abort()

    async def _open(self, request: web.Request) -> web.Response:
        if request.headers.get("Accept") != "application/json":
            return web.Response(text="<xml/>", content_type="text/xml")
        body = await request.json()
        if self.closed:
            return web.json_response({"code": "ServiceUnavailable"}, status=503)
        if (body["clientId"], body["clientSecret"]) != (APP_KEY, APP_SECRET):
            return web.json_response({"code": "invalidClientIdOrSecret"}, status=400)
        if [set(one) for one in body["subscriptions"]] != [{"type", "topic"}] * len(_SUBSCRIPTIONS) or {
            (one["type"], one["topic"]) for one in body["subscriptions"]
        } != _SUBSCRIPTIONS:
            return web.json_response({"code": "invalidSubscriptions"}, status=400)
        if not _UA.fullmatch(body["ua"]):
            return web.json_response({"code": "invalidUa"}, status=400)
        ticket = f"ticket/{next(self._numbers)}+="  # what an address keeps only when it is escaped
        self._tickets[ticket] = self.clock.now() + _TICKET_LIFE
        return web.json_response({"endpoint": f"{self.url.replace('http', 'ws')}/connect", "ticket": ticket})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ends = self._tickets.pop(request.query.get("ticket", ""), None)
        if ends is None or ends <= self.clock.now():
            return web.Response(status=401)
        line = Pushed(web.WebSocketResponse(), request)
        await line.socket.prepare(request)
        self.lines.append(line)
        self.opened += 1
        self.changed()
        async for message in line.socket:
            if message.type is WSMsgType.TEXT and (wrong := self._acknowledged(line, json.loads(message.data))):
                self.refused.append(wrong)
                await line.socket.close()
            self.changed()
        return line.socket

    def _acknowledged(self, line: Pushed, ack: Json) -> str:
        """What is wrong with an acknowledgement; empty for one that is right."""
        headers = ack.get("headers") or {}
        frame = line.waiting.get(headers.get("messageId", ""))
        if frame is None:
            return "messageId"
        if set(ack) != {"code", "message", "headers", "data"} or headers.get("contentType") != "application/json":
            return "form"
        if not isinstance(ack["code"], int) or not isinstance(ack["data"], str):
            return "form"
        data = json.loads(ack["data"])
        if ack["code"] == 200 and not _is_right(frame, data):
            return f"data {ack['data']}"
        del line.waiting[headers["messageId"]]
        self.answers[headers["messageId"]] = data if ack["code"] == 200 else {"code": ack["code"]}
        return ""


def _is_right(frame: Json, data: Any) -> bool:
    """Whether an acknowledgement's data are of the frame's kind."""
    match frame["type"], frame["headers"]["topic"]:
        case "SYSTEM", "ping":
            return bool(data == json.loads(frame["data"]))
        case "EVENT", _:
            return set(data) <= {"status", "message"} and data["status"] in {"SUCCESS", "LATER"}
        case "CALLBACK", topic if topic == _MESSAGES:
            return set(data) == {"response"}
        case "CALLBACK", topic if topic == _CARDS:
            return set(data) == {"response"} and set(data["response"]) <= _CHANGE
        case _:
            return False
