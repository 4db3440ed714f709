"""The worker does what was left behind, and outlives whatever one job does."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bots.worker import Worker
from commands.road import Accepted, Road, Sending, Sent
from core.drafts import Draft
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


@pytest.mark.parametrize("minutes", [9, 11])
def test_what_was_kept_for_a_while_is_forgotten(kith: Kith, minutes: int) -> None:
    """Lines behind buttons and half-filled forms hold what people typed: they go when their time is over."""

    def put(work: Work) -> None:
        work.drafts.put(Draft("form:1", "wants a demo", work.now + timedelta(minutes=10)))

    kith.write(put)
    kith.clock.forward(minutes=minutes)
    _work(kith, UntilIdle(kith.road))
    kith.clock.instant -= timedelta(minutes=minutes)  # an expired one is not found: seen from before it expired
    assert (kith.read(lambda work: work.drafts.get("form:1")) is None) is (minutes > 10)


def test_what_is_held_back_is_not_asked_for_without_rest(kith: Kith) -> None:
    """A job that is due but stands behind another of its lane is looked at once an interval, not all the time."""
    kith.say("new customer Acme")
    kith.receive("note Acme: one")
    kith.receive("note Acme: two")
    kith.platform.outcomes = [Sending(Sent.RETRY, after=timedelta(minutes=5), reason="ratelimited")]
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    while kith.work_off():
        pass
    assert len(kith.platform.tried) == 1
    worker = Worker(kith.database, kith.road, kith.clock, interval=0.7)
    assert kith.run(worker._until_due()) == 0.7
