"""The keys that Microsoft signs with: kept for a day, fetched anew when one is used that is not among them.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
import structlog

from adapters.callbacks.calls import Caller, CallError
from core.clock import Clock

log = structlog.get_logger()

LIFE = timedelta(hours=24)
# A forged token may name any key: it makes Kith ask no more often than this, and while Microsoft does not answer, this.
FLOOR = timedelta(minutes=1)
FLOOR_AFTER_FAILURE = timedelta(seconds=10)
_MOST = 100  # keys in one document; there are about a dozen


class KeysUnavailableError(Exception):
    """There are no keys and they cannot be fetched: nobody can be verified right now."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key, the channels it may speak for (none means all), and whose it is, where Microsoft says so."""

    key: Any
    endorsements: frozenset[str]
    issuer: str = ""


class SigningKeys:
    """Microsoft's keys by their ids. One caller at a time fetches; the others wait for it."""

    def __init__(self, caller: Caller, url: str, clock: Clock) -> None:
        self._caller = caller
        self._url = url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched_at: datetime | None = None
        self._next_at: datetime | None = None
        self._turn = asyncio.Lock()

    async def get(self, kid: str) -> SigningKey | None:
        """The key of that id. Raises KeysUnavailableError."""
        if kid not in self._keys or self._is_old():
            async with self._turn:
                if (kid not in self._keys or self._is_old()) and self._may_fetch():
                    await self._fetch()
        if self._fetched_at is None:
            raise KeysUnavailableError
        return self._keys.get(kid)

    def _is_old(self) -> bool:
        return self._fetched_at is None or self._clock.now() - self._fetched_at >= LIFE

    def _may_fetch(self) -> bool:
        return self._next_at is None or self._clock.now() >= self._next_at

    async def _fetch(self) -> None:
        now = self._clock.now()
        try:
            answer = await self._caller.call("GET", self._url)
        except CallError as failed:
            log.warning("teams_keys_not_fetched", reason=failed.reason)
            self._next_at = now + FLOOR_AFTER_FAILURE
            return
        found = _keys_in(answer.body)
        self._next_at = now + (FLOOR if found else FLOOR_AFTER_FAILURE)
        if found:
            # Of keys that were taken out of the document, tokens are no longer good.
            self._keys, self._fetched_at = found, now


def _keys_in(document: dict[str, Any]) -> dict[str, SigningKey]:
    listed = document.get("keys")
    found: dict[str, SigningKey] = {}
    for one in listed[:_MOST] if isinstance(listed, list) else ():
        if isinstance(one, dict) and one.get("kty") == "RSA" and isinstance(one.get("kid"), str):
            try:
                key = jwt.PyJWK(one, "RS256").key
            except (jwt.PyJWTError, ValueError, TypeError):
                continue
            endorsements = frozenset(map(str, one.get("endorsements") or ()))
            found[one["kid"]] = SigningKey(key, endorsements, str(one.get("issuer") or ""))
    return found
