"""Work that goes on behind an answer, held until it ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from commands.leases import tell_interrupted


class Background:
    """Tasks of one event loop. A fault is logged; what was interrupted is taken up again by whoever finds its lease."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Runs it beside everything else."""
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def settle(self) -> None:
        """Waits until everything that was started is done, and what that started: for an orderly end, and for tests."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            tell_interrupted(task.exception())
