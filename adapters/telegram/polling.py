"""Fetching updates by long polling. One is confirmed only once it is on disk."""

from datetime import timedelta
from typing import Any

import structlog
from telegram.error import TelegramError

from adapters.telegram.bot import Connection
from adapters.telegram.intake import Intake
from adapters.telegram.pausing import Pauses

log = structlog.get_logger()

_WAIT = timedelta(seconds=25)  # how long Telegram holds a request while there is nothing


class Polling:
    """Asks for updates until it is stopped."""

    def __init__(self, bot: Connection, intake: Intake, pauses: Pauses) -> None:
        self._bot = bot
        self._intake = intake
        self._pauses = pauses
        self._offset = 0

    async def run(self) -> None:
        """Takes updates, through network errors, until the pauses are stopped; then confirms what was taken."""
        while not self._pauses.stopped:
            try:
                updates = await self._pauses.unless_stopped(self._bot.take_updates(self._offset, _WAIT))
            except TelegramError as refused:
                await self._pauses.after(refused)
                continue
            if updates and not await self._took(updates):
                await self._pauses.after(None)
                continue
            self._pauses.reset()
        await self._confirm()

    async def _took(self, updates: list[dict[str, Any]]) -> bool:
        """Whether all were taken; else the first that was not is the next to be asked for."""
        for update, over in zip(updates, await self._intake.took(updates), strict=True):
            if not over:
                return False
            self._offset = update["update_id"] + 1
        return True

    async def _confirm(self) -> None:
        if not self._offset:
            return
        try:
            await self._bot.take_updates(self._offset, timedelta(0), limit=1)
        except TelegramError as refused:
            # They come again at the next start, and are known by their ids.
            log.info("telegram_updates_unconfirmed", error=type(refused).__name__)
