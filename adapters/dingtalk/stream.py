"""Stream mode: Kith calls DingTalk and is told over that connection, so that it needs no public address.

https://open.dingtalk.com/document/orgapp/stream-mode-protocol-access-description, and what it leaves open
https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol: a ticket opens one connection, within 90
seconds. DingTalk promises to bring again what is not acknowledged for events alone, and pushes a message to one of the
lines that stand: so there is another line before one that DingTalk takes away is let go, and what cannot be kept at
once is tried again here.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp
import structlog

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.incoming import read
from adapters.dingtalk.stream_frames import Acknowledged, Frames, message_id_of, says_goodbye

log = structlog.get_logger()

_OPEN = "/v1.0/gateway/connections/open"
_UA = "kith-sdk-python/1.0"  # name-sdk-language/version, as the protocol wants it
_HEARTBEAT = 20.0  # seconds between two looks whether the line still stands
_CONNECT_WITHIN = 10.0  # seconds
_FRAME_MAX = 1_048_576  # bytes
_AT_ONCE = 32  # frames
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds
_KEEP_TRIES, _KEEP_PAUSE = 30, 1.0  # tries to keep a frame while the database is away, and seconds between them
_OWN_DOMAIN = ".dingtalk.com"

Pause = Callable[[float], Awaitable[None]]
_Line = aiohttp.ClientWebSocketResponse
_Tasks = set[asyncio.Task[None]]


@dataclass(frozen=True, slots=True)
class _End:
    """How a line ended: whether anything was ``heard`` on it, and whether DingTalk took it away in good order."""

    heard: bool = False
    goodbye: bool = False


class Stream:
    """One connection, made again whenever it ends. Several processes may each hold one: DingTalk shares out."""

    def __init__(self, config: DingTalkConfig, api: Api, frames: Frames, *, pause: Pause = asyncio.sleep) -> None:
        self._config = config
        self._api = api
        self._frames = frames
        self._pause = pause
        self._running: asyncio.Task[None] | None = None
        self._ending: _Tasks = set()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._stopping = False

    def start(self) -> None:
        """Begins to connect; waits for nothing."""
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Takes nothing more, answers what was taken, and ends the connection."""
        self._stopping = True
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(connect=_CONNECT_WITHIN)) as session:
            try:
                await self._hold(session)
            finally:
                await asyncio.gather(*self._ending, return_exceptions=True)

    async def _hold(self, session: aiohttp.ClientSession) -> None:
        pause = _FIRST_PAUSE
        while True:
            end = await self._one(session)
            pause = _FIRST_PAUSE if end.heard else pause
            if end.heard and end.goodbye:
                continue  # what is said until there is another line reaches nobody
            await self._pause(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _one(self, session: aiohttp.ClientSession) -> _End:
        """Opens a line, and takes what comes until it ends. What was taken is answered behind that."""
        try:
            address = await self._address()
            line = await session.ws_connect(address, heartbeat=_HEARTBEAT, max_msg_size=_FRAME_MAX)
        except CallError as failed:
            log.warning("dingtalk_stream_not_opened", reason=failed.reason)
            return _End()
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            log.warning("dingtalk_stream_broke", reason=type(failed).__name__)
            return _End()
        log.info("dingtalk_stream_connected")
        answering: _Tasks = set()
        try:
            return await self._listen(line, answering)
        finally:
            _keep(self._ending, _finish(line, answering))

    async def _address(self) -> str:
        """Where to connect, with a ticket that is good once. Raises CallError."""
        body = {
            "clientId": self._config.app_key,
            "clientSecret": self._config.app_secret,
            "subscriptions": self._frames.subscriptions,
            "ua": _UA,
        }
        told = await self._api.post(_OPEN, body)
        endpoint, ticket = told.get("endpoint"), told.get("ticket")
        if not isinstance(endpoint, str) or not isinstance(ticket, str) or not self._is_dingtalks(endpoint):
            raise CallError("no_endpoint", again=True)
        return f"{endpoint}?ticket={quote(ticket, safe='')}"

    def _is_dingtalks(self, endpoint: str) -> bool:
        try:
            there, own = urlsplit(endpoint), urlsplit(self._config.api_url)
        except ValueError:
            return False
        host = there.hostname or ""
        sealed = there.scheme == "wss" or own.scheme == "http"  # a stand-in on this machine has no certificate
        return sealed and (host.endswith(_OWN_DOMAIN) or host == own.hostname)

    async def _listen(self, line: _Line, answering: _Tasks) -> _End:
        heard = False
        async for message in line:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            frame = read(message.data.encode())
            if says_goodbye(frame):
                return _End(heard, goodbye=True)
            heard = True
            if not message_id_of(frame):
                continue  # nothing to acknowledge
            await self._room.acquire()
            _keep(answering, self._answer(line, frame))
        return _End(heard)

    async def _answer(self, line: _Line, frame: dict[str, Any]) -> None:
        try:
            taken = await self._taken(frame)
            if taken is None:
                log.warning("dingtalk_stream_not_kept")
                return
            try:
                await line.send_str(json.dumps(taken.acknowledgement, ensure_ascii=False))
            except (aiohttp.ClientError, ConnectionError):
                log.info("dingtalk_stream_not_acknowledged")
            finally:
                if taken.behind is not None:
                    await taken.behind()
        finally:
            self._room.release()

    async def _taken(self, frame: dict[str, Any]) -> Acknowledged | None:
        """Takes a frame, again and again while the database is away; None when that took too long."""
        for _ in range(_KEEP_TRIES):
            taken = await self._frames.take(frame)
            if taken is not None or self._stopping:
                return taken
            await self._pause(_KEEP_PAUSE)
        return None


def _keep(tasks: _Tasks, work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def _finish(line: _Line, answering: _Tasks) -> None:
    """Lets what was taken be acknowledged while the line still stands: DingTalk ends it ten seconds after goodbye."""
    await asyncio.gather(*answering, return_exceptions=True)
    await line.close()
