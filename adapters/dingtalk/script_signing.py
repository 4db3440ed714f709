"""What DingTalk's script is configured with: a signature over the page's address, made with a ticket.

https://open.dingtalk.com/document/orgapp/jsapi-authentication: one ticket for each app, good for two hours, to be kept.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote

from adapters.callbacks.calls import CallError
from adapters.callbacks.script_signature import script_signature
from adapters.callbacks.tokens import Token, Tokens
from adapters.dingtalk.api import Api
from core.clock import Clock

_TICKET = "/v1.0/oauth2/jsapiTickets"
_NONCE_BYTES = 9


@dataclass(frozen=True, slots=True)
class Signed:
    """What ``dd.config`` is given beside the ids; ``timestamp`` is in milliseconds since 1970."""

    timestamp: str
    nonce: str
    signature: str


class Signing:
    """Signs addresses; the ticket is fetched once for all who wait for it."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._tickets = Tokens(self._fetch, clock)

    async def sign(self, url: str) -> Signed:
        """Signs the address of a page. Raises CallError."""
        ticket, nonce = await self._tickets.current(), secrets.token_urlsafe(_NONCE_BYTES)
        timestamp = str(int(self._clock.now().timestamp() * 1000))
        return Signed(timestamp, nonce, script_signature(ticket, nonce, timestamp, unquote(url)))

    async def _fetch(self) -> Token:
        told = await self._api.call("POST", _TICKET, {})
        value, seconds = told.get("jsapiTicket"), told.get("expireIn")
        if not isinstance(value, str) or not isinstance(seconds, int):
            raise CallError("no_ticket")
        return Token(value, self._clock.now() + timedelta(seconds=seconds))
