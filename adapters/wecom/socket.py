"""The robot without a public address: Kith calls WeCom and is told over that connection. Page 101463.

What comes takes the same road as the robot's callback, under the same ids, so that a message that comes both ways, or
once more after the line broke, is done once. An answer that WeCom did not acknowledge is kept and said later.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import aiohttp
import structlog

from adapters.callbacks.calls import CallError
from adapters.wecom.config import WecomConfig
from adapters.wecom.line import EVENT, PING, RESPOND, SEND, SUBSCRIBE, UPDATE, Line
from adapters.wecom.reading import Payload, text_of
from adapters.wecom.robot import Spoken
from adapters.wecom.turns import LENGTH, Turns
from commands.background import Background
from core.clock import Clock
from core.errors import StoreUnavailableError
from core.work import Database

log = structlog.get_logger()

HEARTBEAT = timedelta(seconds=30)  # WeCom hangs up on who is silent for longer
_TICK = LENGTH / 2
_TICKS_A_HEARTBEAT = HEARTBEAT // _TICK
_FIRST, _LONGEST = 1.0, 60.0  # seconds between two tries to connect
_KICKED = 60.0  # seconds: another program has the robot; two that take it from each other serve nobody
_TRIES = 5  # to keep what came while the database does not answer
_NO_LINE = timedelta(seconds=10)
_DISCONNECTED = "disconnected_event"

Take = Callable[[Payload], Awaitable[Spoken | None]]
Lost = Callable[[Spoken], Awaitable[None]]
Pause = Callable[[float], Awaitable[None]]


class Socket:
    """Holds the robot's one connection while it is this process's turn."""

    def __init__(
        self,
        config: WecomConfig,
        database: Database,
        clock: Clock,
        *,
        take: Take,
        lost: Lost,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._config = config
        self._turns = Turns(database, f"wecom:{config.robot_id}", clock)
        self._take, self._lost, self._pause = take, lost, pause
        self._background = Background()
        self._line: Line | None = None
        self._running: asyncio.Task[None] | None = None
        self._kicked = False

    def start(self) -> None:
        """Begins to connect and returns."""
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Finishes what came, and hangs up."""
        await self._background.settle()
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})

    async def settle(self) -> None:
        """Until what came is done with."""
        await self._background.settle()

    async def speak(self, chat: str, body: Payload) -> None:
        """Says something that nobody asked for now, to a group or a member that has spoken to the robot before.

        Raises CallError; without a line it is to be tried again, by whoever has one then.
        """
        if self._line is None:
            raise CallError("no_line", again=True, after=_NO_LINE)
        await self._line.ask(SEND, {"chatid": chat, **body})

    # -- the line ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        wait = _FIRST
        while True:
            try:
                if not await self._turns.hold():
                    await self._pause(_TICK.total_seconds())
                    continue
                await self._connected()
                wait = _FIRST
            except (aiohttp.ClientError, OSError, TimeoutError, CallError, StoreUnavailableError) as failed:
                reason = failed.reason if isinstance(failed, CallError) else type(failed).__name__
                log.warning("wecom_line_interrupted", reason=reason)
            await self._pause(_KICKED if self._kicked else wait)
            wait, self._kicked = min(wait * 2, _LONGEST), False

    async def _connected(self) -> None:
        """One connection, to its end. Raises what ends it before it has begun."""
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(self._config.socket_url, max_msg_size=0) as socket,
        ):
            line = Line(socket, self._heard)
            reading = asyncio.ensure_future(line.read())
            try:
                await line.ask(SUBSCRIBE, {"bot_id": self._config.robot_id, "secret": self._config.robot_secret})
                self._line = line
                log.info("wecom_line_open")
                await self._kept_alive(line, reading)
            finally:
                self._line = None
                await line.close()
                await asyncio.wait({reading})

    async def _kept_alive(self, line: Line, reading: "asyncio.Future[None]") -> None:
        """Until the line ends, WeCom is silent, or it is another process's turn."""
        tick = 0
        while not reading.done():
            ticking = asyncio.ensure_future(self._pause(_TICK.total_seconds()))
            await asyncio.wait({ticking, reading}, return_when=asyncio.FIRST_COMPLETED)
            ticking.cancel()
            if reading.done() or not await self._turns.hold():
                return
            tick += 1
            if tick % _TICKS_A_HEARTBEAT == 0:
                await line.ask(PING)

    # -- what comes in -----------------------------------------------------------------------------

    def _heard(self, line: Line, frame: Payload) -> None:
        if frame.get("cmd") == EVENT and text_of(frame, "body", "event", "eventtype") == _DISCONNECTED:
            self._kicked = True  # WeCom hangs up by itself
            return
        self._background.start(self._answered(line, frame))

    async def _answered(self, line: Line, frame: Payload) -> None:
        body = frame.get("body")
        spoken = await self._kept(body) if isinstance(body, dict) else None
        if spoken is None:
            return
        command = UPDATE if "response_type" in spoken.payload else RESPOND
        try:
            await line.ask(command, spoken.payload, text_of(frame, "headers", "req_id"))
        except CallError as failed:
            log.info("wecom_answer_not_taken", reason=failed.reason)
            await self._lost(spoken)

    async def _kept(self, body: Payload) -> Spoken | None:
        """WeCom brings nothing again over a line: while the database does not answer, it is tried from here."""
        wait = _FIRST
        for last in (*(False,) * (_TRIES - 1), True):
            try:
                return await self._take(body)
            except StoreUnavailableError:
                if last:
                    raise
                await self._pause(wait)
                wait *= 2
        return None
