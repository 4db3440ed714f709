"""One long connection (长连接): frames in, their answers out, and a ping from time to time.

https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
names the rules: three seconds for an answer, 50 connections for an app, each event over one of them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import aiohttp
import msgspec
import structlog

from adapters.feishu.hearing import Heard
from adapters.feishu.line_chunks import Chunks
from adapters.feishu.line_frames import CONTROL, DATA, Frame, UnreadableFrameError, decode, encode
from adapters.feishu.line_wishes import Wishes
from commands.background import Background
from core.clock import Clock

log = structlog.get_logger()

TYPE, TOOK = "type", "biz_rt"
EVENT, CARD, PING, PONG = "event", "card", "ping", "pong"
_AT_ONCE = 32  # frames
_MILLISECOND = timedelta(milliseconds=1)

Hear = Callable[[bytes], Awaitable[Heard]]
Pause = Callable[[float], Awaitable[None]]


class Line:
    """An open connection. ``service`` is the number that Feishu gave it, which pings repeat."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        service: int,
        *,
        hear: Hear,
        wishes: Wishes,
        clock: Clock,
        pause: Pause,
    ) -> None:
        self._socket = socket
        self._service = service
        self._hear, self._wishes, self._clock, self._pause = hear, wishes, clock, pause
        self._chunks = Chunks()
        self._answering = Background()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self.heard = False  # whether a frame has come

    async def run(self) -> None:
        """Takes frames until the connection ends. Raises aiohttp's errors of a broken line."""
        pinging = asyncio.ensure_future(self._ping())
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.BINARY:
                    self.heard = True
                    await self._take(message.data)
        finally:
            pinging.cancel()
            # What was taken is answered while the line still stands; else it comes again, and is known.
            await self._answering.settle()
            await asyncio.gather(pinging, return_exceptions=True)

    async def _ping(self) -> None:
        ping = encode(Frame(service=self._service, method=CONTROL, headers=((TYPE, PING),)))
        while True:
            await self._socket.send_bytes(ping)
            await self._pause(self._wishes.ping)

    async def _take(self, raw: bytes) -> None:
        try:
            frame = decode(raw)
            if frame.method == CONTROL:
                self._controlled(frame)
                return
            payload = self._chunks.whole(frame) if _is_ours(frame) else None
        except UnreadableFrameError as failed:
            log.warning("feishu_frame_unreadable", what=str(failed))
            return
        if payload is not None:
            await self._room.acquire()
            self._answering.start(self._answer(frame, payload))

    def _controlled(self, frame: Frame) -> None:
        if frame.header(TYPE) != PONG or not frame.payload:
            return
        try:
            told = msgspec.json.decode(frame.payload)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise UnreadableFrameError(PONG) from None
        self._wishes.take(told)

    async def _answer(self, frame: Frame, payload: bytes) -> None:
        """The same frame goes back, with the answer in it and how many milliseconds that took."""
        began = self._clock.now()
        try:
            heard = await self._hear(payload)
            took = (self._clock.now() - began) // _MILLISECOND
            answer = replace(frame, headers=(*frame.headers, (TOOK, str(took))), payload=heard.payload)
            try:
                await self._socket.send_bytes(encode(answer))
            except (aiohttp.ClientError, ConnectionError):
                log.info("feishu_answer_not_taken")
            finally:
                heard.begin()
        finally:
            self._room.release()


def _is_ours(frame: Frame) -> bool:
    return frame.method == DATA and frame.header(TYPE) in {EVENT, CARD}
