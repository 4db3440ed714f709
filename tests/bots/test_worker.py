"""The worker does what was left behind, keeps what it has in hand alive, and outlives whatever one job does."""

import asyncio
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from bots.leases import is_dead, own_name
from bots.worker import Worker
from commands.carrying import Carrier
from commands.later.model import Desk, Later
from commands.road import Accepted
from core.jobs.model import LEASE, Job, JobKind, JobState
from core.work import Work
from tests.kith import Kith, start, stop


@pytest.fixture
def kith(sqlite_url: str) -> Iterator[Kith]:
    """A process on a database of its own."""
    with asyncio.Runner() as runner:
        kith = start(sqlite_url, runner)
        yield kith
        stop(kith)


def _worker(kith: Kith, carrier: Any = None) -> Worker:
    return Worker(kith.database, carrier or kith.road.carrier, kith.clock, interval=0.001, after_fault=0.001)


def _work_until_idle(kith: Kith, carrier: Carrier) -> None:
    """Lets a worker run until it finds nothing to do."""
    worker = _worker(kith, carrier)
    claim = carrier.claim

    async def claim_until_idle(limit: int) -> list[Job]:
        found = await claim(limit)
        if not found:
            worker.stop()
        return found

    carrier.claim = claim_until_idle  # type: ignore[method-assign]
    try:
        kith.run(asyncio.wait_for(worker.run(), 20))
    finally:
        carrier.claim = claim  # type: ignore[method-assign]


def _job(kith: Kith, kind: JobKind = JobKind.NOTHING, **values: Any) -> Job:
    def add(work: Work) -> Job:
        job = Job(id=work.new_id(), kind=kind, payload="{}", run_at=work.now, created_at=work.now, **values)
        work.jobs.add(job)
        return job

    return kith.write(add)


def _state(kith: Kith, job: Job) -> JobState:
    record = kith.read(lambda work: work.jobs.by_id(job.id))
    assert record is not None
    return record.state(kith.clock.now())


def test_fault_does_not_end_the_worker(kith: Kith) -> None:
    """A turn that breaks is followed by the next one."""
    turns: list[int] = []
    carrier = kith.road.carrier
    worker = _worker(kith)

    async def break_first(limit: int) -> list[Job]:
        turns.append(limit)
        if len(turns) == 1:
            raise RuntimeError("a job did something nobody thought of")
        worker.stop()
        return []

    carrier.claim = break_first  # type: ignore[method-assign]
    kith.run(asyncio.wait_for(worker.run(), 10))
    assert len(turns) == 2


def test_what_a_dead_process_left_is_done_once(kith: Kith) -> None:
    """A delivery that was accepted and never carried out is done by the worker of the next process, and answered."""
    kith.say("new customer Acme")
    kith.road.carrier.holder = "elsewhere/1/x"
    assert isinstance(kith.receive("visit Acme: wants a demo"), Accepted)
    # The process dies here; one elsewhere works when its lease has ended, and not before.
    other = kith.another()
    _work_until_idle(other, other.road.carrier)
    assert not kith.platform.sent
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    _work_until_idle(other, other.road.carrier)
    _work_until_idle(other, other.road.carrier)
    assert [reply.cards[0].summary for _, reply, _ in kith.platform.sent] == ["Visit logged: Acme"]
    assert len(kith.rows()["activities"]) == 1


@pytest.mark.parametrize("days", [1, 40])
def test_what_was_done_long_ago_is_forgotten(kith: Kith, days: int) -> None:
    """The ids of deliveries are kept for a month: longer than any platform goes on delivering."""

    def accept(work: Work) -> bool:
        return work.jobs.accept("fake:t:1", work.now)

    assert kith.write(accept)
    kith.clock.forward(days=days)
    _work_until_idle(kith, kith.road.carrier)
    assert kith.write(accept) is (days > 30)


class _Payload(msgspec.Struct):
    """Of the jobs below: none."""


def test_broken_job_takes_no_other_with_it(kith: Kith) -> None:
    """Of light jobs in one commit, one that breaks is tried again and ends as a dead letter; the others are done."""

    def broken(_payload: _Payload, desk: Desk) -> None:
        if desk.job.once == "broken":
            raise ZeroDivisionError

    carrier = kith.road.carrier
    carrier._later = {JobKind.NOTHING: Later(kind=JobKind.NOTHING, payload=_Payload, run=broken)}
    fine = [_job(kith) for _ in range(3)]
    bad = _job(kith, once="broken")
    _work_until_idle(kith, carrier)
    assert [_state(kith, job) for job in fine] == [JobState.DONE] * 3
    for _ in range(8):
        kith.clock.forward(hours=1)
        _work_until_idle(kith, carrier)
    assert _state(kith, bad) is JobState.DEAD
    record = kith.read(lambda work: work.jobs.by_id(bad.id))
    assert record is not None
    assert record.reason == "ZeroDivisionError"


def test_lost_lease_keeps_nothing(kith: Kith) -> None:
    """What a job did after its lease went to another is not kept."""

    def late(_payload: _Payload, desk: Desk) -> None:
        desk.work.jobs.accept("an effect", desk.work.now)
        desk.work.jobs.cancel(desk.job.id, desk.work.now)

    carrier = kith.road.carrier
    carrier._later = {JobKind.NOTHING: Later(kind=JobKind.NOTHING, payload=_Payload, run=late)}
    _job(kith)
    _work_until_idle(kith, carrier)
    assert kith.write(lambda work: work.jobs.accept("an effect", work.now))


def test_what_cannot_be_ended_is_handed_back(kith: Kith) -> None:
    """A worker that has to stop in the middle of a job frees it for the next process at once."""
    started, never = asyncio.Event(), asyncio.Event()

    async def hang(_job: Job) -> None:
        started.set()
        await never.wait()

    carrier = kith.road.carrier
    carrier.carry_out = hang  # type: ignore[method-assign]
    worker = _worker(kith)
    job = _job(kith, kind=JobKind.NOTICE)

    async def stop_in_the_middle() -> None:
        working = asyncio.get_running_loop().create_task(worker.run())
        await started.wait()
        worker.stop()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await worker.hand_back()

    kith.run(asyncio.wait_for(stop_in_the_middle(), 10))
    assert _state(kith, job) is JobState.WAITING


def test_killed_predecessor_is_succeeded_at_once(kith: Kith) -> None:
    """A process that is started again where one was killed takes over what that one held."""
    job = _job(kith)
    machine = own_name().partition("/")[0]
    dead = f"{machine}/999999999/abc"
    kith.write(lambda work: work.jobs.claim(dead, work.now, work.now + LEASE, limit=9))
    _work_until_idle(kith, kith.road.carrier)
    assert _state(kith, job) is JobState.DONE


def test_who_is_dead() -> None:
    """Only a process of this machine that is certainly gone is dead."""
    own = own_name()
    machine, process, _ = own.split("/")
    assert machine, "this kind of machine tells its processes apart"
    assert not is_dead(own, own)
    assert is_dead(f"{machine}/{process}/another", own)
    assert is_dead(f"{machine}/999999999/x", own)
    assert not is_dead(f"{machine}/1/x", own)
    assert not is_dead("elsewhere/999999999/x", own)
    assert not is_dead("", own)
    assert not is_dead("/1/x", "/2/y")


def test_who_stands_by_takes_nothing_up(kith: Kith) -> None:
    """A server without a worker leaves due jobs to others."""
    job = _job(kith)
    worker = _worker(kith)

    async def for_a_while() -> None:
        standing = asyncio.get_running_loop().create_task(worker.stand_by())
        for _ in range(5):
            await asyncio.sleep(0)
        worker.stop()
        await standing

    kith.run(asyncio.wait_for(for_a_while(), 10))
    assert _state(kith, job) is JobState.WAITING
