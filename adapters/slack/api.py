"""Calls to Slack, with every way they fail told as one error: whether to try again, and when.

Slack's SDK makes them; its own retries are off, for the road's jobs try again and survive a restart.
"""

import asyncio
import json
import logging
import urllib.request
from collections.abc import Awaitable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import SplitResult, urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

log = structlog.get_logger()

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
_RESPONSE_HOST = "hooks.slack.com"  # where every response_url of Slack's own leads
_DEFAULT_PAUSE = timedelta(seconds=30)  # of a 429 that does not say; Slack's own SDK waits as long
_OUR_FAULT_BELOW = 500
# Slack is at fault, or busy: https://docs.slack.dev/reference/methods/chat.postMessage#errors
_AGAIN = {
    "fatal_error",
    "internal_error",
    "ratelimited",
    "rate_limited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
DEAD_TOKEN = {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
}


class SlackError(Exception):
    """A call failed. ``reason`` is Slack's word for it; ``again`` tells whether to repeat it, ``after`` how soon."""

    def __init__(self, reason: str, *, again: bool = False, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.after = after


class _Quiet(logging.Handler):
    """The SDK's words may quote payloads, or addresses that hold tickets: that it spoke is told, its words are not."""

    def emit(self, record: logging.LogRecord) -> None:
        log.warning("slack_sdk_complained", level=record.levelname, where=f"{record.module}.{record.funcName}")


def quiet_logger() -> logging.Logger:
    """The logger that the SDK is given."""
    logger = logging.getLogger("kith.slack.sdk")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.handlers = [_Quiet()]
    return logger


class SlackApi:
    """One session for the Web API at ``api_url`` and for response_urls. Made anywhere, used in one event loop.

    ``proxy`` is the one that the environment names for Slack, if any.
    """

    def __init__(self, api_url: str) -> None:
        self._url = urlsplit(api_url)
        self.proxy = _proxy_for(self._url)
        self._web = self.new_client()
        self._session: aiohttp.ClientSession | None = None

    def new_client(self) -> AsyncWebClient:
        """The SDK's client for the configured address."""
        client = AsyncWebClient(base_url=self._url.geturl(), logger=quiet_logger(), retry_handlers=[])
        client.proxy = self.proxy  # the SDK heeds HTTPS_PROXY, but not what NO_PROXY leaves out
        return client

    @property
    def web(self) -> AsyncWebClient:
        """The SDK's client, on the shared session; every call names its own ``token``."""
        self._web.session = self._opened()
        return self._web

    async def ask(self, call: Awaitable[AsyncSlackResponse]) -> Mapping[str, Any]:
        """The answer to a call of ``web``. Raises SlackError."""
        try:
            answer = await call
        except SlackApiError as failed:
            raise _error_of(failed.response) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            raise SlackError(type(failed).__name__, again=True) from None
        return answer.data if isinstance(answer.data, dict) else {}

    async def respond(self, url: str, message: Mapping[str, Any]) -> None:
        """Posts to a response_url. Raises SlackError."""
        if not self.may_post_to(url):
            log.warning("response_url_refused")
            raise SlackError("response_url_refused")
        try:
            async with self._opened().post(url, json=message, proxy=self.proxy, allow_redirects=False) as answer:
                failure = None if answer.status == 200 else await _failure(answer)
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            raise SlackError(type(failed).__name__, again=True) from None
        if failure:
            raise failure

    def may_post_to(self, url: str) -> bool:
        """Whether an address is Slack's, or the configured API's: no payload makes Kith call anybody else."""
        try:
            asked = urlsplit(url)
            origin = asked.scheme, asked.hostname, asked.port or 443
        except ValueError:
            return False
        own = (asked.scheme, asked.hostname) == (self._url.scheme, self._url.hostname)
        return (own or origin == ("https", _RESPONSE_HOST, 443)) and not asked.username

    async def close(self) -> None:
        """Ends the session."""
        if self._session is not None:
            await self._session.close()
            # aiohttp closes the connections below it in the next rounds of the loop.
            await asyncio.sleep(0)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        return self._session


def _proxy_for(url: SplitResult) -> str | None:
    if not url.hostname or urllib.request.proxy_bypass(url.hostname):
        return None
    return urllib.request.getproxies().get(url.scheme)


def _error_of(response: Any) -> SlackError:
    """The error in an answer of the Web API; without a body it is the plain HTTP response."""
    status = response.status_code if isinstance(response, AsyncSlackResponse) else response.status
    data = response.data if isinstance(response, AsyncSlackResponse) else None
    reason = str(data.get("error", "")) if isinstance(data, dict) else ""
    return _error(status, reason, response.headers)


async def _failure(answer: aiohttp.ClientResponse) -> SlackError:
    """The error in an answer to a response_url: JSON, or a bare word."""
    text = (await answer.text(errors="replace"))[:1000]
    try:
        reason = str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        reason = text if text.isidentifier() else ""
    return _error(answer.status, reason, answer.headers)


def _error(status: int, reason: str, headers: Mapping[str, str]) -> SlackError:
    if status == 429 or reason in {"ratelimited", "rate_limited"}:
        return SlackError("ratelimited", again=True, after=_pause(headers))
    return SlackError(reason or f"http_{status}", again=status >= _OUR_FAULT_BELOW or reason in _AGAIN)


def _pause(headers: Mapping[str, str]) -> timedelta:
    said = headers.get("Retry-After", "")
    return timedelta(seconds=int(said)) if said.isascii() and said.isdigit() else _DEFAULT_PAUSE
