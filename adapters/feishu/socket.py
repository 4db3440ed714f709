"""Feishu without a public address: Kith calls Feishu and is told over that connection, which is made again for ever.

Up to 50 processes may each hold one; an event comes over one of them, and what is not answered comes again.
"""

import asyncio
from collections.abc import Callable, Mapping
from secrets import SystemRandom
from urllib.parse import parse_qs, urlsplit

import aiohttp
import structlog

from adapters.callbacks.calls import CallError
from adapters.feishu.api import FeishuApi
from adapters.feishu.line import Hear, Line, Pause
from adapters.feishu.line_wishes import Wishes
from core.clock import Clock

log = structlog.get_logger()

_HEARTBEAT = 20.0  # seconds between two looks whether the line still stands
_CONNECT_WITHIN = 10.0  # seconds
_FRAME_MAX = 1_048_576  # bytes
_FIRST = 1.0  # seconds
_REFUSED = 300.0  # seconds: what is refused has to be mended by a person
_DOMAINS = (".feishu.cn", ".larksuite.com")
# In the headers of a handshake that failed, and lark_oapi.ws.const's numbers in them.
_STATUS, _WHY = "handshake-status", "handshake-autherrcode"
_FORBIDDEN, _AUTH_FAILED, _TOO_MANY_LINES = "403", "514", "1000040350"
_MEND = {
    _FORBIDDEN: "the app may not hold a long connection: it must be a custom app, released",
    _AUTH_FAILED: "KITH_FEISHU_APP_ID and KITH_FEISHU_APP_SECRET",
    "1000040344": "KITH_FEISHU_APP_ID and KITH_FEISHU_APP_SECRET",
    "10003": "KITH_FEISHU_APP_ID",
    "10014": "KITH_FEISHU_APP_SECRET",
    _TOO_MANY_LINES: "50 connections are open for this app: end some processes",
}
_BY_CHANCE = SystemRandom().random
_ELSE = "the app's page in the console: is it enabled, and is its secret this one?"


class Socket:
    """Holds one connection. ``jitter`` gives numbers from 0 to 1; ``pause`` waits so many seconds."""

    def __init__(
        self,
        api: FeishuApi,
        own_url: str,
        hear: Hear,
        clock: Clock,
        *,
        pause: Pause = asyncio.sleep,
        jitter: Callable[[], float] = _BY_CHANCE,
    ) -> None:
        self._api, self._own_url = api, own_url
        self._hear, self._clock, self._pause, self._jitter = hear, clock, pause, jitter
        self._wishes = Wishes()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to connect; waits for nothing."""
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Answers what was taken, takes nothing more, and hangs up."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self) -> None:
        grown = _FIRST
        while True:
            wait = grown
            try:
                if await self._held():
                    grown, wait = _FIRST, max(_FIRST, self._jitter() * self._wishes.nonce)
                else:
                    grown *= 2
            except CallError as failed:
                grown *= 2
                wait = self._failed(failed, wait)
            grown = min(grown, self._wishes.interval)
            await self._pause(wait)

    def _failed(self, failed: CallError, wait: float) -> float:
        """How long to wait after a line that did not come about."""
        if failed.again:
            log.warning("feishu_line_not_opened", reason=failed.reason)
            return max(wait, failed.after.total_seconds() if failed.after else 0)
        log.error("feishu_line_refused", reason=failed.reason, look_at=_MEND.get(failed.reason[5:], _ELSE))
        return _REFUSED

    async def _held(self) -> bool:
        """One connection to its end; whether anything was heard. Raises CallError where there was none."""
        address, service = await self._address()
        async with aiohttp.ClientSession(trust_env=True) as session:
            socket = await _connected(session, address)
            log.info("feishu_line_open")
            line = Line(socket, service, hear=self._hear, wishes=self._wishes, clock=self._clock, pause=self._pause)
            try:
                await line.run()
            except (aiohttp.ClientError, OSError) as failed:
                log.warning("feishu_line_broke", reason=type(failed).__name__)
            finally:
                await socket.close()
            return line.heard

    async def _address(self) -> tuple[str, int]:
        """Where to connect, with what lets us in once, so that it is never logged; and the line's number."""
        told = await self._api.line()
        self._wishes.take(told.get("ClientConfig"))
        address = told.get("URL")
        if not isinstance(address, str) or not self._is_feishus(address):
            raise CallError("no_address", again=True)
        service = parse_qs(urlsplit(address).query).get("service_id", [""])[0]
        if not (service.isascii() and service.isdigit()):
            raise CallError("no_service", again=True)
        return address, int(service)

    def _is_feishus(self, address: str) -> bool:
        there, own = urlsplit(address), urlsplit(self._own_url)
        host = there.hostname or ""
        if own.scheme == "http":  # a stand-in on this machine has no certificate
            return host == own.hostname
        return there.scheme == "wss" and (host.endswith(_DOMAINS) or host == own.hostname)


async def _connected(session: aiohttp.ClientSession, address: str) -> aiohttp.ClientWebSocketResponse:
    """Raises CallError; the reason is Feishu's number where it says one."""
    try:
        async with asyncio.timeout(_CONNECT_WITHIN):
            return await session.ws_connect(address, heartbeat=_HEARTBEAT, max_msg_size=_FRAME_MAX)
    except aiohttp.WSServerHandshakeError as failed:
        headers: Mapping[str, str] = failed.headers or {}
        status, why = headers.get(_STATUS, str(failed.status)), headers.get(_WHY, "")
        refused = status == _FORBIDDEN or (status == _AUTH_FAILED and why == _TOO_MANY_LINES)
        raise CallError(f"line_{why or status}", again=not refused) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as failed:
        raise CallError(type(failed).__name__, again=True) from None
