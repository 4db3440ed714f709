"""WeCom's end of a robot's long connection: it lets one in by its secret, hangs up on the older, and refuses frames."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from bots.emulators.wecom.rules import fault_of
from tests.adapters.wecom.standin import StandIn

BOT, BOT_SECRET = "aib-kith", "line-secret"
_KNOWN = 0
_WRONG, _NO_SUCH_REQUEST, _TOO_MANY, _NOT_SPOKEN, _BAD = 40001, 846605, 45009, 846607, 40058
_A_MINUTE = 30

Json = dict[str, Any]


class Waits:
    """The pauses of the code under test: each lasts until the test ends it."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._open: list[tuple[float, asyncio.Future[None]]] = []
        self._more = asyncio.Condition()

    async def __call__(self, seconds: float) -> None:
        """A pause of so long, as far as the code knows."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._open.append((seconds, ended))
        self.asked.append(seconds)
        async with self._more:
            self._more.notify_all()
        await ended

    async def end(self, seconds: float) -> None:
        """Ends the next pause of that length, when it has begun."""
        async with asyncio.timeout(10), self._more:
            await self._more.wait_for(lambda: any(one == seconds and not end.done() for one, end in self._open))
        next(end for one, end in self._open if one == seconds and not end.done()).set_result(None)


class LineStandIn:
    """``deaf`` hangs up instead of acknowledging the next answer; ``events`` tells what happened, in order."""

    def __init__(self, wecom: StandIn) -> None:
        self._wecom = wecom
        self.events: asyncio.Queue[str] = asyncio.Queue()
        self.answers: list[tuple[str, Json]] = []
        self.spoken: list[tuple[str, Json]] = []
        self.chats: set[str] = set()
        self.deaf = False
        self.url = ""
        self._socket: web.WebSocketResponse | None = None
        self._open: dict[str, str] = {}

    async def start(self) -> None:
        """Listens."""
        application = web.Application()
        application.router.add_get("/", self._connected)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"ws://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Hangs up on everybody."""
        await self.hang_up()
        await self._runner.cleanup()

    async def hang_up(self) -> None:
        """The line breaks."""
        if self._socket is not None:
            await self._socket.close()

    async def heard(self, event: str) -> None:
        """Waits until it happened; whatever else happened before is forgotten."""
        async with asyncio.timeout(10):
            while await self.events.get() != event:
                pass

    async def bring(self, payload: Json, command: str = "aibot_msg_callback") -> str:
        """Tells the robot something; returns the request's id."""
        assert self._socket is not None
        number = f"req-{self._wecom.number()}"
        where = payload.get("chatid") or payload["from"]["userid"]
        self._open[number] = where
        self.chats.add(where)
        await self._socket.send_json({"cmd": command, "headers": {"req_id": number}, "body": payload})
        return number

    async def kick(self) -> None:
        """Another program has connected as this robot."""
        assert self._socket is not None
        body = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
        await self._socket.send_json({"cmd": "aibot_event_callback", "headers": {"req_id": "x"}, "body": body})
        await self._socket.close()

    async def _connected(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = json.loads(message.data)
            if frame["cmd"] == "aibot_subscribe":
                await self._subscribed(socket, frame)
            elif socket is not self._socket:
                await socket.close()
            elif self.deaf and frame["cmd"] != "ping":
                self.deaf = False
                await socket.close()
            else:
                await self._taken(socket, frame)
            self.events.put_nowait(frame["cmd"])
        if self._socket is socket:
            self._socket = None
        self.events.put_nowait("closed")
        return socket

    async def _subscribed(self, socket: web.WebSocketResponse, frame: Json) -> None:
        sound = frame["body"] == {"bot_id": BOT, "secret": BOT_SECRET}
        await _acknowledge(socket, frame, _KNOWN if sound else _WRONG)
        if not sound:
            await socket.close()
            return
        if self._socket is not None:
            await self.kick()
        self._socket = socket

    async def _taken(self, socket: web.WebSocketResponse, frame: Json) -> None:
        handle: Callable[[Json], int] = {
            "ping": lambda _frame: _KNOWN,
            "aibot_respond_msg": self._answered,
            "aibot_respond_update_msg": self._answered,
            "aibot_send_msg": self._said,
        }.get(frame["cmd"], lambda _frame: _BAD)
        await _acknowledge(socket, frame, handle(frame))

    def _answered(self, frame: Json) -> int:
        room = self._open.pop(frame["headers"]["req_id"], "")
        if not room:
            return _NO_SUCH_REQUEST
        body = frame["body"]
        if ("response_type" in body) != (frame["cmd"] == "aibot_respond_update_msg"):
            return _BAD
        self._wecom.passive(room, body)
        self.answers.append((room, body))
        return _KNOWN

    def _said(self, frame: Json) -> int:
        body = frame["body"]
        if body["chatid"] not in self.chats:
            return _NOT_SPOKEN
        if body["msgtype"] not in {"markdown", "template_card"} or fault_of(body):
            return _BAD
        if len(self.spoken) >= _A_MINUTE:
            return _TOO_MANY
        self.spoken.append((body["chatid"], body))
        return _KNOWN


async def _acknowledge(socket: web.WebSocketResponse, frame: Json, code: int) -> None:
    await socket.send_json({"headers": frame["headers"], "errcode": code, "errmsg": "ok" if code == 0 else "refused"})
