"""Work that nobody waits for, whose faults are still heard of."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger()


class Background:
    """Tasks on the side, held until they end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Runs it beside everything else."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.error("telegram_task_failed", error=type(fault).__name__)

    async def settle(self) -> None:
        """Waits until everything that was started has ended."""
        while self._running:
            await asyncio.wait(set(self._running))
