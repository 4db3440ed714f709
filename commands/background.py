"""Work that goes on behind an answer, held until it ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from commands.leases import tell_interrupted
from commands.traffic import Traffic


class Background:
    """Tasks of one event loop. A fault is logged; what was interrupted is taken up again by whoever finds its lease.

    With ``traffic``, each begins when nobody waits for an answer.
    """

    def __init__(self, traffic: Traffic | None = None) -> None:
        self._traffic = traffic
        self._running: set[asyncio.Task[None]] = set()

    def start(self, coroutine: Coroutine[Any, Any, None], *, at_once: bool = False) -> None:
        """Runs it beside everything else; ``at_once`` where a request waits for it."""
        waits = self._traffic is not None and not at_once
        task = asyncio.get_running_loop().create_task(self._behind(coroutine) if waits else coroutine)
        self._running.add(task)
        # One that never came to its turn is not left open.
        task.add_done_callback(lambda _: coroutine.close())
        task.add_done_callback(self._ended)

    async def settle(self) -> None:
        """Waits until everything that was started is done, and what that started: for an orderly end, and for tests."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def _behind(self, coroutine: Coroutine[Any, Any, None]) -> None:
        assert self._traffic is not None  # noqa: S101 - asked before
        await self._traffic.lull()
        await coroutine

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            tell_interrupted(task.exception())
