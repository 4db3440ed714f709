"""Waiting between tries, for longer each time, and never past the end."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from adapters.telegram.bot import asked_wait

log = structlog.get_logger()

T = TypeVar("T")

_FIRST, _LONGEST = 0.5, 60.0  # seconds
_ANOTHER = 30.0  # another process is polling: it may end any time, and then this one takes over


class Pauses:
    """The pauses of one task, which ``stop`` cuts short."""

    def __init__(self, first: float = _FIRST) -> None:
        self._first = self._next = first
        self._stop = asyncio.Event()

    @property
    def stopped(self) -> bool:
        """Whether it is time to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ends whatever is waiting."""
        self._stop.set()

    def reset(self) -> None:
        """All is well: the next pause is a short one again."""
        self._next = self._first

    async def after(self, refused: TelegramError | None) -> None:
        """Waits as long as Telegram asks for, or twice as long as the time before; ``None`` is a fault of ours."""
        seconds = self._seconds(refused)
        self._next = min(self._next * 2, _LONGEST)
        log.warning("telegram_interrupted", error=type(refused).__name__ if refused else "store", wait_seconds=seconds)
        try:
            await asyncio.wait_for(self._stop.wait(), seconds)
        except TimeoutError:
            return

    def _seconds(self, refused: TelegramError | None) -> float:
        match refused:
            case RetryAfter():
                return asked_wait(refused).total_seconds()
            case Conflict():
                return _ANOTHER
            case InvalidToken():
                return _LONGEST
            case _:
                return self._next

    async def unless_stopped(self, waiting: Coroutine[Any, Any, T]) -> T | None:
        """The coroutine's result; None, and an end to it, when stopped before. Raises what the coroutine raises."""
        asked = asyncio.ensure_future(waiting)
        stop = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({asked, stop}, return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if asked.done():
            return asked.result()
        asked.cancel()
        await asyncio.wait({asked})
        return None
