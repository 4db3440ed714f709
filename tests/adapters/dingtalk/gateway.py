"""DingTalk's gateway, played: tickets that open once, and frames that wait until they are acknowledged rightly."""

import asyncio
import json
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from tests.adapters.dingtalk.standin import APP_KEY, APP_SECRET, Json

_TOPICS = {"/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback", "*"}


class Gateway:
    """One port: the opening call and the connections. ``refused`` says what was wrong with an acknowledgement."""

    def __init__(self) -> None:
        self.url = ""
        self.opened = 0
        self.refused: list[str] = []
        self.answers: dict[str, Json] = {}
        self.waiting: dict[str, str] = {}  # frames by message id, until they are acknowledged
        self.closed = False
        self._tickets: set[str] = set()
        self._lines: list[web.WebSocketResponse] = []
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
        for line in self._lines:
            await line.close()
        await self._runner.cleanup()

    async def until(self, holds: Any) -> None:
        """Until something holds."""
        async with asyncio.timeout(30):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def bring(self, kind: str, topic: str, data: Json, message_id: str = "") -> str:
        """Sends a frame over the last connection; its id."""
        message_id = message_id or f"frame-{next(self._numbers)}"
        headers = {"topic": topic, "messageId": message_id, "contentType": "application/json", "time": "1"}
        frame = {"specVersion": "1.0", "type": kind, "headers": headers, "data": json.dumps(data)}
        self.waiting[message_id] = json.dumps(frame)
        await self._lines[-1].send_str(self.waiting[message_id])
        return message_id

    async def again(self, message_id: str, frame: str) -> None:
        """Brings a frame once more, as after 16 to 60 seconds without an acknowledgement."""
        self.waiting[message_id] = frame
        self.answers.pop(message_id, None)
        await self._lines[-1].send_str(frame)

    async def answered(self, message_id: str) -> Json:
        """The data that a frame was acknowledged with."""
        await self.until(lambda: message_id in self.answers)
        return self.answers[message_id]

    async def cut(self) -> None:
        """Breaks the line."""
        await self._lines[-1].close()

    async def _open(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.closed:
            return web.json_response({"code": "ServiceUnavailable"}, status=503)
        if (body["clientId"], body["clientSecret"]) != (APP_KEY, APP_SECRET):
            return web.json_response({"code": "invalidClientIdOrSecret"}, status=400)
        if {one["topic"] for one in body["subscriptions"]} != _TOPICS:
            return web.json_response({"code": "invalidSubscriptions"}, status=400)
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return web.json_response({"endpoint": f"{self.url.replace('http', 'ws')}/connect", "ticket": ticket})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        line = web.WebSocketResponse()
        await line.prepare(request)
        self._lines.append(line)
        self.opened += 1
        self._changed.set()
        async for message in line:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(json.loads(message.data))
                self._changed.set()
        return line

    def _acknowledged(self, ack: Json) -> None:
        headers = ack.get("headers") or {}
        message_id = headers.get("messageId", "")
        if message_id not in self.waiting:
            self.refused.append("messageId")
        elif headers.get("contentType") != "application/json" or not isinstance(ack.get("data"), str):
            self.refused.append("form")
        elif ack.get("code") != 200:
            self.refused.append(f"code {ack.get('code')}")
            self.answers[message_id] = {}
        else:
            del self.waiting[message_id]
            self.answers[message_id] = json.loads(ack["data"])
