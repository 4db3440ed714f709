"""Updates taken in, whoever brought them; what cannot be taken does not hold back what comes behind it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from core.errors import StoreUnavailableError

log = structlog.get_logger()

Update = Mapping[str, Any]


class Intake:
    """Hands updates to the listener and tells which must be brought again."""

    def __init__(self, take: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._take = take

    async def took(self, updates: list[dict[str, Any]]) -> list[bool]:
        """For each update whether Telegram may forget it: it is on disk, needs not be, or will never be understood.

        They are taken side by side; those of one person, in their order. Only what fails for want of the database is to
        come again.
        """
        faults = await asyncio.gather(*(self._take(update) for update in updates), return_exceptions=True)
        return [self._is_over(update, fault) for update, fault in zip(updates, faults, strict=True)]

    def _is_over(self, update: Update, fault: BaseException | None) -> bool:
        if fault is None:
            return True
        log.error("telegram_update_failed", update=update.get("update_id"), error=type(fault).__name__)
        return not isinstance(fault, StoreUnavailableError)
