"""The loop that does jobs: what was left behind, what is to be said, and what is due."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import structlog

from bots.leases import is_dead
from commands.carrying import Carrier
from core.clock import Clock
from core.duplicates.sweeping import plan_all
from core.errors import StoreUnavailableError
from core.jobs.model import Job
from core.jobs.ports import JOBS_TOPIC
from core.work import Database, Work

log = structlog.get_logger()

# A new job is heard of at once; this is how soon what another process left behind is noticed.
_INTERVAL = 1.0  # seconds
_SHORTEST = 0.01  # seconds
_AFTER_FAULT = 5.0  # seconds
# What is due and held back, by its lane or by a pause, is looked at again this soon.
_HELD_BACK = 0.2  # seconds
_TIDYING = timedelta(hours=6)
# A platform delivers again for hours, not for weeks; what was done is kept a while for whoever looks into a fault.
_KEPT = timedelta(days=30)
# Many times what is changed while an index is read from its file; one that is further behind is made anew.
_CHANGES_KEPT = 100_000
_AT_ONCE = 20  # jobs that wait for a platform, at most
_TOGETHER = 200  # light jobs in one commit, at most


class Worker:
    """Works until it is stopped; rests ``interval`` seconds when nothing is due, ``after_fault`` after a fault."""

    def __init__(
        self,
        database: Database,
        carrier: Carrier,
        clock: Clock,
        *,
        interval: float = _INTERVAL,
        after_fault: float = _AFTER_FAULT,
    ) -> None:
        self._database = database
        self._carrier = carrier
        self._clock = clock
        self._interval = interval
        self._after_fault = after_fault
        self._stopping = False
        self._awake = asyncio.Event()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._tidy_at = clock.now()

    def stop(self) -> None:
        """Takes nothing more up."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Takes up what is due, again and again; returns when it was stopped and what it had begun is done."""
        end_hearing = self._database.subscribe(JOBS_TOPIC, lambda _: self._awake.set())
        try:
            await self._take_over()
            while not self._stopping:
                self._awake.clear()
                if rest := await self._turn():
                    await self._rest(rest)
            await asyncio.gather(*self._running)
        finally:
            end_hearing()

    async def stand_by(self) -> None:
        """Leaves all jobs to other processes until it is stopped."""
        while not self._stopping:
            self._awake.clear()
            await self._awake.wait()

    async def hand_back(self) -> None:
        """Gives up what is still being done, so that another takes it up at once rather than when its lease ends."""
        left = list(self._running.values())
        for task in self._running:
            task.cancel()
        if left:
            await self._carrier.give_back(left)

    # -- a turn --------------------------------------------------------------------------------------

    async def _turn(self) -> float:
        """Takes up what is due now; returns how long to rest, nothing while there is more to do."""
        try:
            free = _AT_ONCE - len(self._running)
            jobs = await self._carrier.claim(_TOGETHER if free == _AT_ONCE else free) if free else []
            await self._take_up(jobs)
            if jobs:
                return 0
            await self._tidy()
            return await self._until_due()
        except Exception as fault:
            log.exception("work_failed", exc_info=fault)
            return self._after_fault

    async def _take_up(self, jobs: list[Job]) -> None:
        """Light jobs in one commit, and the others side by side, no more of them than ``_AT_ONCE``."""
        light = [job for job in jobs if self._carrier.is_light(job)]
        heavy = [job for job in jobs if not self._carrier.is_light(job)]
        now, later = heavy[: _AT_ONCE - len(self._running)], heavy[_AT_ONCE - len(self._running) :]
        for job in now:
            self._start(job, self._one(job))
        if later:
            await self._carrier.give_back(later)
        if light:
            await self._together(light)

    async def _together(self, jobs: list[Job]) -> None:
        try:
            await self._carrier.carry_out_together(jobs)
        except Exception:  # noqa: BLE001 - whose fault it was, each of them shows by itself
            for job in jobs:
                await self._one(job)

    async def _one(self, job: Job) -> None:
        try:
            await self._carrier.carry_out(job)
        except Exception as fault:  # noqa: BLE001 - one job that breaks must not stop the others
            await self._carrier.failed(job, fault)

    def _start(self, job: Job, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._running[task] = job
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._awake.set()
        if not task.cancelled() and (fault := task.exception()):
            # Not even its failure could be kept: its lease ends, and whoever is there then takes it up again.
            log.error("job_interrupted", error=type(fault).__name__)

    # -- beside it -----------------------------------------------------------------------------------

    async def _take_over(self) -> None:
        """What a process held that was killed on this machine need not wait until its leases end."""
        try:
            await self._carrier.take_over(lambda name: is_dead(name, self._carrier.holder))
        except StoreUnavailableError as fault:
            log.warning("leases_not_taken_over", error=type(fault).__name__)

    async def _until_due(self) -> float:
        due = await self._database.read(lambda work: work.jobs.next_due())
        if due is None:
            return self._interval
        left = (due - self._clock.now()).total_seconds()
        return min(left, self._interval) if left > 0 else min(_HELD_BACK, self._interval)

    async def _tidy(self) -> None:
        """Forgets what was finished long ago, and sees to it that every workspace is swept each night."""
        now = self._clock.now()
        if now >= self._tidy_at:
            await self._database.write(_forget)
            self._tidy_at = now + _TIDYING

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._awake.wait(), seconds)
        except TimeoutError:
            return


def _forget(work: Work) -> None:
    work.jobs.forget(work.now - _KEPT)
    work.posts.forget(work.now - _KEPT)
    work.alerts.forget(work.now - _KEPT)
    work.drafts.forget_expired()
    work.names.forget_changes(_CHANGES_KEPT)
    plan_all(work)
