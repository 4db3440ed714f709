"""Stream mode: Kith calls DingTalk and is told over that connection, so that it needs no public address.

https://open.dingtalk.com/document/orgapp/stream-mode-protocol-access-description. A ticket opens one connection.
What is not acknowledged DingTalk brings again, so that a frame is acknowledged when it is on disk, and not before.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.incoming import read
from adapters.dingtalk.stream_frames import Frames

log = structlog.get_logger()

_OPEN = "/v1.0/gateway/connections/open"
_DISCONNECT = "disconnect"
_HEARTBEAT = 20.0  # seconds between two looks whether the line still stands
_CONNECT_WITHIN = 10.0  # seconds
_FRAME_MAX = 1_048_576  # bytes
_AT_ONCE = 32  # frames
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0  # seconds
_OWN_DOMAIN = ".dingtalk.com"

Pause = Callable[[float], Awaitable[None]]


class Stream:
    """One connection, made again whenever it ends. Several processes may each hold one: DingTalk shares out."""

    def __init__(self, config: DingTalkConfig, api: Api, frames: Frames, *, pause: Pause = asyncio.sleep) -> None:
        self._config = config
        self._api = api
        self._frames = frames
        self._pause = pause
        self._running: asyncio.Task[None] | None = None
        self._answering: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(_AT_ONCE)

    def start(self) -> None:
        """Begins to connect; waits for nothing."""
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Takes nothing more, and ends the connection."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                address = await self._address()
                async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(connect=_CONNECT_WITHIN)) as session:
                    heard = await self._listen(session, address)
            except CallError as failed:
                heard = False
                log.warning("dingtalk_stream_not_opened", reason=failed.reason)
            except (aiohttp.ClientError, TimeoutError, OSError) as failed:
                heard = False
                log.warning("dingtalk_stream_broke", reason=type(failed).__name__)
            pause = _FIRST_PAUSE if heard else pause
            await self._pause(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _address(self) -> str:
        """Where to connect, with a ticket that is good once. Raises CallError."""
        body = {
            "clientId": self._config.app_key,
            "clientSecret": self._config.app_secret,
            "subscriptions": self._frames.subscriptions,
            "ua": "kith",
        }
        told = await self._api.post(_OPEN, body)
        endpoint, ticket = told.get("endpoint"), told.get("ticket")
        if not isinstance(endpoint, str) or not isinstance(ticket, str) or not self._is_dingtalks(endpoint):
            raise CallError("no_endpoint", again=True)
        return f"{endpoint}?ticket={ticket}"

    def _is_dingtalks(self, endpoint: str) -> bool:
        there, own = urlsplit(endpoint), urlsplit(self._config.api_url)
        host = there.hostname or ""
        sealed = there.scheme == "wss" or own.scheme == "http"  # a stand-in on this machine has no certificate
        return sealed and (host.endswith(_OWN_DOMAIN) or host == own.hostname)

    async def _listen(self, session: aiohttp.ClientSession, address: str) -> bool:
        """Takes frames until the connection ends; whether there was any."""
        heard = False
        async with session.ws_connect(address, heartbeat=_HEARTBEAT, max_msg_size=_FRAME_MAX) as line:
            log.info("dingtalk_stream_connected")
            try:
                async for message in line:
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        continue
                    heard = True
                    frame = read(message.data.encode())
                    if (frame.get("headers") or {}).get("topic") == _DISCONNECT:
                        break  # DingTalk takes this line away, and has another ready
                    await self._room.acquire()
                    self._keep(asyncio.get_running_loop().create_task(self._answer(line, frame)))
            finally:
                # What was taken is acknowledged while the line still stands; else it comes again, and is known.
                await asyncio.gather(*self._answering, return_exceptions=True)
        return heard

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _answer(self, line: aiohttp.ClientWebSocketResponse, frame: dict[str, Any]) -> None:
        try:
            taken = await self._frames.take(frame)
            if taken is None:
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
