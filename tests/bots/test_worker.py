"""The worker does what was left behind, and outlives whatever one job does."""

import asyncio
from collections.abc import Iterator

import pytest

from bots.worker import Worker
from commands.road import Accepted, Road
from core.jobs.model import LEASE
from core.work import Work
from tests.kith import Kith, start, stop


@pytest.fixture
def kith(sqlite_url: str) -> Iterator[Kith]:
    """A process on a database of its own."""
    with asyncio.Runner() as runner:
        kith = start(sqlite_url, runner)
        yield kith
        stop(kith)


class FaultyRoad:
    """Breaks the first time, finds one job the second, and stops the worker the third."""

    def __init__(self) -> None:
        self.turns = 0
        self.worker: Worker | None = None

    async def work_off(self) -> int:
        self.turns += 1
        if self.turns == 1:
            raise RuntimeError("a job did something nobody thought of")
        if self.turns == 3 and self.worker is not None:
            self.worker.stop()
        return int(self.turns == 2)


class UntilIdle:
    """A road that stops its worker when nothing is left to do."""

    def __init__(self, road: Road) -> None:
        self.road = road
        self.worker: Worker | None = None

    async def work_off(self) -> int:
        done = await self.road.work_off()
        if not done and self.worker is not None:
            self.worker.stop()
        return done


def _work(kith: Kith, road: FaultyRoad | UntilIdle) -> None:
    road.worker = Worker(kith.database, road, kith.clock, interval=0.001, after_fault=0.001)  # type: ignore[arg-type]
    kith.run(asyncio.wait_for(road.worker.run(), 10))


def test_fault_does_not_end_the_worker(kith: Kith) -> None:
    """A turn that breaks is followed by the next one."""
    road = FaultyRoad()
    _work(kith, road)
    assert road.turns == 3


def test_what_a_dead_process_left_is_done_once(kith: Kith) -> None:
    """A delivery that was accepted and never carried out is done by the worker of the next process, and answered."""
    kith.say("new customer Acme")
    assert isinstance(kith.receive("visit Acme: wants a demo"), Accepted)
    # The process dies here; another one works when its lease has ended, and not before.
    other = kith.another()
    _work(other, UntilIdle(other.road))
    assert not kith.platform.sent
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    _work(other, UntilIdle(other.road))
    _work(other, UntilIdle(other.road))
    assert [reply.cards[0].summary for _, reply, _ in kith.platform.sent] == ["Visit logged: Acme"]
    assert len(kith.rows()["activities"]) == 1


@pytest.mark.parametrize("days", [1, 40])
def test_what_was_done_long_ago_is_forgotten(kith: Kith, days: int) -> None:
    """The ids of deliveries are kept for a month: longer than any platform goes on delivering."""

    def accept(work: Work) -> bool:
        return work.jobs.accept("fake:t:1", work.now)

    assert kith.write(accept)
    kith.clock.forward(days=days)
    _work(kith, UntilIdle(kith.road))
    assert kith.write(accept) is (days > 30)
