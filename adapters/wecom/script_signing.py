"""Signatures for WeCom's script: what they are made with is fetched once for everybody, and seldom.

Page 90506 (JS-SDK使用权限签名算法): a ticket of the company's, 400 times an hour; the application's, 100 times.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from adapters.callbacks.calls import CallError
from adapters.callbacks.script_signature import script_signature
from adapters.callbacks.tokens import Token, Tokens
from adapters.wecom.api import WecomApi
from core.clock import Clock

# However often pages are opened while WeCom answers with errors, its hourly limits are kept.
CORP_TICKETS_AN_HOUR, AGENT_TICKETS_AN_HOUR = 400, 100
_HOUR = timedelta(hours=1)
_NONCE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Signatures:
    """What ``ww.register`` is to be answered for one address; ``timestamp`` in seconds."""

    nonce: str
    timestamp: str
    config: str
    agent_config: str


class Signing:
    """Signs addresses for one application."""

    def __init__(self, api: WecomApi, clock: Clock) -> None:
        self._clock = clock
        self._corp = Tokens(Seldom(api.corp_ticket, CORP_TICKETS_AN_HOUR, clock).fetch, clock)
        self._agent = Tokens(Seldom(api.agent_ticket, AGENT_TICKETS_AN_HOUR, clock).fetch, clock)

    async def sign(self, address: str) -> Signatures:
        """The signatures for the page at ``address``. Raises CallError where there are no tickets now."""
        corp, agent = await self._corp.current(), await self._agent.current()
        nonce, timestamp = secrets.token_hex(_NONCE_BYTES), str(int(self._clock.now().timestamp()))
        made = (script_signature(ticket, nonce, timestamp, address) for ticket in (corp, agent))
        return Signatures(nonce, timestamp, *made)


class Seldom:
    """Fetches not more often than ``most`` times an hour: so long after one that failed the next fails unasked."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], most: int, clock: Clock) -> None:
        self._fetch = fetch
        self._between = _HOUR / most
        self._clock = clock
        self._not_before = clock.now()

    async def fetch(self) -> Token:
        """A ticket. Raises CallError."""
        wait = self._not_before - self._clock.now()
        if wait > timedelta(0):
            raise CallError("ticket_asked_for_just_now", again=True, after=wait)
        self._not_before = self._clock.now() + self._between
        return await self._fetch()
