"""The updates that wait until Kith fetches them: https://core.telegram.org/bots/api#getupdates."""

import asyncio

from bots.emulators.telegram.model import BotApiError, Json

_HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"
_OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_BATCH = 100


class Updates:
    """One bot's. Every update below ``confirmed`` was; ``changed`` is notified of what is new."""

    def __init__(self) -> None:
        self.waiting: list[Json] = []
        self.confirmed = 0
        self.changed = asyncio.Condition()
        self._fetching = 0

    async def push(self, update: Json) -> None:
        """Keeps an update until it is confirmed."""
        self.waiting.append(update)
        await self.tell()

    async def tell(self) -> None:
        """Something happened that somebody may wait for."""
        async with self.changed:
            self.changed.notify_all()

    async def fetch(self, asked: Json, *, hooked: bool) -> list[Json]:
        """``getUpdates``; ``hooked`` while there is a webhook. Of two requests Telegram ends the older one.

        Raises BotApiError.
        """
        if hooked:
            raise BotApiError(409, _HOOKED)
        self._fetching += 1
        mine = self._fetching
        self.confirmed = max(self.confirmed, asked.get("offset", 0))
        self.waiting = [update for update in self.waiting if update["update_id"] >= self.confirmed]
        await self.tell()
        try:
            async with asyncio.timeout(asked.get("timeout", 0)), self.changed:
                await self.changed.wait_for(lambda: bool(self.waiting) or self._fetching > mine)
        except TimeoutError:
            return []
        if self._fetching > mine:
            raise BotApiError(409, _OTHER)
        return self.waiting[: asked.get("limit", _BATCH)]

    async def close(self) -> None:
        """Ends the request that waits."""
        self._fetching += 1
        await self.tell()
