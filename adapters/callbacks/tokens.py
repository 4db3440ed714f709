"""Access tokens: fetched when first needed, shared until shortly before they end, fetched by one caller at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.clock import Clock

# A token is not used in its last minutes: a request may be slow to arrive, and clocks differ.
MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the instant (UTC) from which it is good for nothing."""

    value: str = field(repr=False)
    ends_at: datetime


class Tokens:
    """One access token. ``fetch`` asks the platform for a new one, and raises whatever the platform's calls raise."""

    def __init__(self, fetch: Callable[[], Awaitable[Token]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._renew_at = clock.now()
        self._turn = asyncio.Lock()

    async def current(self) -> str:
        """A token that is good for some time more. Raises what ``fetch`` raises."""
        async with self._turn:
            if self._token is None or self._clock.now() >= self._renew_at:
                self._token = await self._fetch()
                # Of one that lives for less than twice the margin, half of its life is used.
                life = self._token.ends_at - self._clock.now()
                self._renew_at = self._token.ends_at - min(MARGIN, life / 2)
            return self._token.value

    def refused(self, value: str) -> None:
        """The platform does not take this token any more; the next caller fetches another, once."""
        if self._token is not None and self._token.value == value:
            self._token = None
