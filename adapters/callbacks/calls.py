"""Calls to a platform over HTTP, with every way they fail told as one error: whether to try again, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from commands.sending import Sending, Sent

_TIMEOUT = httpx.Timeout(10, connect=5)  # seconds
# Every request looks at each idle connection, and asks the system whether it is still there.
_LIMITS = httpx.Limits(max_connections=32, max_keepalive_connections=6)
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
        self._client = httpx.AsyncClient(base_url=base_url, timeout=_TIMEOUT, limits=_LIMITS)

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
        try:
            answer = await self._client.request(method, path, json=json, data=form, params=params, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as failed:
            raise CallError(type(failed).__name__, again=not isinstance(failed, httpx.InvalidURL)) from None
        if answer.status_code == _TOO_MANY:
            raise CallError("too_many_requests", again=True, after=self._pause(answer) or _DEFAULT_PAUSE)
        if answer.status_code >= _THEIR_FAULT:
            raise CallError(f"status_{answer.status_code}", again=True)
        body = _decoded(answer)
        return Answer(answer.status_code, body if isinstance(body, dict) else {}, _rows(body), self._pause(answer))

    async def close(self) -> None:
        """Ends every connection."""
        await self._client.aclose()

    def _pause(self, answer: httpx.Response) -> timedelta | None:
        said = (answer.headers.get(name, "") for name in self._pause_headers)
        seconds = next((each for each in said if each.isascii() and each.isdigit()), "")
        return min(timedelta(seconds=int(seconds[:6])), _LONGEST_PAUSE) if seconds else None


def _decoded(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _rows(body: Any) -> tuple[Any, ...]:
    return tuple(body) if isinstance(body, list) else ()
