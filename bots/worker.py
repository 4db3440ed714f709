"""The loop that does what was left to do: answers that could not be sent, and deliveries whose process died."""

import asyncio
from datetime import timedelta

import structlog

from commands.road import Road
from core.clock import Clock
from core.work import Database, Work

log = structlog.get_logger()

# Whoever accepts a delivery carries it out at once; this is how soon others notice what was left behind.
_INTERVAL = 1.0  # seconds
_SHORTEST = 0.01  # seconds
_AFTER_FAULT = 5.0  # seconds
_TIDYING = timedelta(hours=6)
# A platform delivers again for hours, not for weeks; what was done is kept a while for whoever looks into a fault.
_KEPT = timedelta(days=30)


class Worker:
    """Works until it is stopped; rests ``interval`` seconds when nothing is due, ``after_fault`` after a fault."""

    def __init__(
        self,
        database: Database,
        road: Road,
        clock: Clock,
        *,
        interval: float = _INTERVAL,
        after_fault: float = _AFTER_FAULT,
    ) -> None:
        self._database = database
        self._road = road
        self._clock = clock
        self._interval = interval
        self._after_fault = after_fault
        self._stopping = asyncio.Event()
        self._tidy_at = clock.now()

    def stop(self) -> None:
        """Takes nothing more up."""
        self._stopping.set()

    async def run(self) -> None:
        """Takes up what is due, again and again."""
        while not self._stopping.is_set():
            rest = await self._turn()
            if rest:
                await self._rest(rest)

    async def _turn(self) -> float:
        """Does what is due now; returns how long to rest, nothing while there is more to do."""
        try:
            if await self._road.work_off():
                return 0
            await self._tidy()
            return await self._until_due()
        except Exception as fault:
            log.exception("work_failed", exc_info=fault)
            return self._after_fault

    async def _until_due(self) -> float:
        due = await self._database.read(lambda work: work.jobs.next_due())
        if due is None:
            return self._interval
        left = (due - self._clock.now()).total_seconds()
        # What is due and was not to be had stands behind another of its lane.
        return min(max(left, _SHORTEST), self._interval) if left > 0 else self._interval

    async def _tidy(self) -> None:
        """Forgets what was finished long ago."""
        now = self._clock.now()
        if now >= self._tidy_at:
            await self._database.write(_forget)
            self._tidy_at = now + _TIDYING

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return


def _forget(work: Work) -> None:
    work.jobs.forget(work.now - _KEPT)
    work.drafts.forget_expired()
