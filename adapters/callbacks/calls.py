"""Calls to a platform over HTTP, with every way they fail told as one error: whether to try again, and when."""

import json as notation
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.request import getproxies

import aiohttp
from yarl import URL

from commands.sending import Sending, Sent

_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=10)  # seconds
_CONNECTIONS = 32
_JSON = {"Content-Type": "application/json"}
_DEFAULT_PAUSE = timedelta(seconds=30)  # of a 429 that does not say
_LONGEST_PAUSE = timedelta(hours=1)
_TOO_MANY, _THEIR_FAULT = 429, 500


class CallError(Exception):
    """A call failed. ``reason`` is the platform's word for it, never anybody's text.

    ``again`` tells whether to repeat it, ``after`` is how soon, and ``everywhere`` whether the wait is for all of the
    platform's conversations.
    """

    def __init__(
        self, reason: str, *, again: bool = False, after: timedelta | None = None, everywhere: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.after = after
        self.everywhere = everywhere

    @property
    def sending(self) -> Sending:
        """The error as the result of sending."""
        sent = Sent.RETRY if self.again else Sent.GONE
        return Sending(sent, self.after, self.reason, everywhere=self.everywhere)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a platform answered: its status (below 500, not 429) and its body: an object, or the rows of a list.

    ``pause`` is how long it asks to wait, where it says so.
    """

    status: int
    body: dict[str, Any]
    rows: tuple[Any, ...] = ()
    pause: timedelta | None = None


class Caller:
    """One pool of connections to the address ``base_url``. Made anywhere, used in one event loop.

    ``pause_headers`` are those in which the platform says how many seconds to wait.
    """

    def __init__(self, base_url: str, *, pause_headers: tuple[str, ...] = ("retry-after",)) -> None:
        self._pause_headers = pause_headers
        self._base_url = base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, its body JSON or a form; ``path`` may be a whole address.

        Raises CallError for what a later try may mend.
        """
        body = form if json is None else notation.dumps(json, ensure_ascii=False, separators=(",", ":")).encode()
        told = {**(_JSON if json is not None else {}), **(headers or {})}
        try:
            address = URL(path if "://" in path else f"{self._base_url}/{path.lstrip('/')}", encoded=True)
            async with self._opened().request(
                method, address, data=body, params=params, headers=told, allow_redirects=False
            ) as answer:
                return self._understood(answer.status, answer.headers, await answer.read())
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError) as failed:
            raise CallError(type(failed).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as failed:
            raise CallError(type(failed).__name__, again=True) from None

    async def close(self) -> None:
        """Ends every connection."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        """The connections, which belong to the event loop of the first call."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_TIMEOUT,
                # aiohttp looks through the environment with each call.
                trust_env=bool(getproxies()),
            )
        return self._session

    def _understood(self, status: int, headers: Mapping[str, str], raw: bytes) -> Answer:
        pause = self._pause(headers)
        if status == _TOO_MANY:
            raise CallError("too_many_requests", again=True, after=pause or _DEFAULT_PAUSE)
        if status >= _THEIR_FAULT:
            raise CallError(f"status_{status}", again=True)
        body = _decoded(raw)
        return Answer(status, body if isinstance(body, dict) else {}, _rows(body), pause)

    def _pause(self, headers: Mapping[str, str]) -> timedelta | None:
        said = (headers.get(name, "") for name in self._pause_headers)
        seconds = next((each for each in said if each.isascii() and each.isdigit()), "")
        return min(timedelta(seconds=int(seconds[:6])), _LONGEST_PAUSE) if seconds else None


def _decoded(raw: bytes) -> Any:
    try:
        return notation.loads(raw)
    except (ValueError, RecursionError):
        return None


def _rows(body: Any) -> tuple[Any, ...]:
    return tuple(body) if isinstance(body, list) else ()
