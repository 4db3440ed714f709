"""Feishu's side of the long connection, played: addresses good once, frames that wait until they are answered rightly.

It refuses what Feishu's own clients would not send: other headers than those that came, another number, a payload that
is not JSON with its data in base64. The frames' bytes are judged by Feishu's own module, in test_feishu_frames.py.
"""

import asyncio
import json
from base64 import b64decode
from collections.abc import Callable
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from adapters.feishu.line_frames import CONTROL, DATA, Frame, decode, encode
from bots.emulators.feishu.server import APP_ID, APP_SECRET

Json = dict[str, Any]
SERVICE = 33554678
PING_SECONDS = 77


class Exchange:
    """One port: the call for an address and the connections. ``refused`` says what was wrong with what came."""

    def __init__(self) -> None:
        self.url = ""
        self.opened = 0
        self.pings = 0
        self.refused: list[str] = []
        self.waiting: dict[str, Frame] = {}  # by message id, until they are answered; the last frame of each
        self.answers: dict[str, Json] = {}
        self.busy = 0  # calls for an address that are answered "busy"
        self.handshakes: list[dict[str, str]] = []  # headers of the next handshakes, which then fail
        self.config: Json = {"ReconnectCount": -1, "ReconnectInterval": 8, "ReconnectNonce": 30, "PingInterval": 90}
        self.pong: Json = {**self.config, "PingInterval": PING_SECONDS}
        self.elsewhere = ""  # another host in the address
        self._tickets: set[str] = set()
        self._lines: list[web.WebSocketResponse] = []
        self._numbers = count(1)
        self._changed = asyncio.Event()

    async def start(self) -> None:
        """Listens on a free port."""
        app = web.Application()
        app.add_routes([web.post("/callback/ws/endpoint", self._address), web.get("/ws/v2", self._connect)])
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

    def changed(self) -> None:
        """Something that is waited for may hold now."""
        self._changed.set()

    async def until(self, holds: Callable[[], Any]) -> None:
        """Until something holds."""
        async with asyncio.timeout(30):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    async def bring(self, payload: Json, *, kind: str = "event", parts: int = 1, order: tuple[int, ...] = ()) -> str:
        """Sends an event over the newest connection, cut into ``parts`` and in this ``order``; its message id."""
        message_id = f"message-{next(self._numbers)}"
        raw = json.dumps(payload, ensure_ascii=False).encode()
        size = -(-len(raw) // parts)
        for seq in order or range(parts):
            headers = {"type": kind, "message_id": message_id, "sum": str(parts), "seq": str(seq), "trace_id": "t-1"}
            frame = Frame(
                seq_id=next(self._numbers),
                log_id=2**63 + 7,
                service=SERVICE,
                method=DATA,
                headers=tuple(headers.items()),
                payload_type="json",
                payload=raw[seq * size : (seq + 1) * size],
                log_id_new="20260311",
            )
            self.waiting[message_id] = frame
            await self.send(frame)
        return message_id

    async def send(self, frame: Frame) -> None:
        """Sends a frame over the newest connection."""
        await self.send_raw(encode(frame))

    async def send_raw(self, raw: bytes) -> None:
        """Sends bytes over the newest connection."""
        await self._lines[-1].send_bytes(raw)

    async def answered(self, message_id: str) -> Json:
        """What an event was answered: ``code`` and ``data``, out of its base64."""
        await self.until(lambda: message_id in self.answers)
        return self.answers[message_id]

    async def cut(self) -> None:
        """The line breaks: no goodbye."""
        transport = self._lines[-1]._req.transport  # type: ignore[union-attr]
        assert transport is not None
        transport.abort()

    # -- what comes --------------------------------------------------------------------------------

    async def _address(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.busy:
            self.busy -= 1
            return web.json_response({"code": 1, "msg": "system busy"})
        if (body.get("AppID"), body.get("AppSecret")) != (APP_ID, APP_SECRET):
            return web.json_response({"code": 514, "msg": "auth failed"})
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        host = self.elsewhere or self.url.replace("http", "ws")
        url = f"{host}/ws/v2?device_id=1&service_id={SERVICE}&ticket={ticket}"
        return web.json_response({"code": 0, "msg": "", "data": {"URL": url, "ClientConfig": self.config}})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if self.handshakes:
            return web.Response(status=400, headers=self.handshakes.pop(0))
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=400, headers={"handshake-status": "514", "handshake-msg": "ticket"})
        self._tickets.discard(ticket)
        line = web.WebSocketResponse()
        await line.prepare(request)
        self._lines.append(line)
        self.opened += 1
        self.changed()
        async for message in line:
            if message.type is WSMsgType.BINARY:
                await self._came(line, decode(message.data))
            else:
                self.refused.append("not binary")
            self.changed()
        return line

    async def _came(self, line: web.WebSocketResponse, frame: Frame) -> None:
        if frame.method == CONTROL:
            if frame.headers != (("type", "ping"),) or frame.service != SERVICE or frame.payload:
                self.refused.append("ping")
            self.pings += 1
            pong = Frame(service=SERVICE, headers=(("type", "pong"),), payload=json.dumps(self.pong).encode())
            await line.send_bytes(encode(pong))
            return
        message_id = frame.header("message_id")
        asked = self.waiting.pop(message_id, None)
        if wrong := "unasked" if asked is None else _wrong(asked, frame):
            self.refused.append(wrong)
            return
        told = json.loads(frame.payload)
        self.answers[message_id] = told | ({"data": json.loads(b64decode(told["data"]))} if "data" in told else {})


def _wrong(asked: Frame, answer: Frame) -> str:
    """What is wrong with an answer; empty where nothing is."""
    *before, (name, took) = answer.headers
    if tuple(before) != asked.headers or name != "biz_rt" or not took.isdigit():
        return "headers"
    numbers = [(one.seq_id, one.log_id, one.service, one.method, one.log_id_new) for one in (asked, answer)]
    if numbers[0] != numbers[1]:
        return "numbers"
    told = json.loads(answer.payload)
    if set(told) - {"code", "headers", "data"} or told.get("code") not in {200, 500}:
        return "payload"
    return "" if isinstance(told.get("data", ""), str) else "data"
