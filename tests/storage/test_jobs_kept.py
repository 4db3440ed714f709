"""Jobs are leased to one holder at a time, in the order of their lanes; a delivery is accepted once."""

import asyncio
from datetime import timedelta

from core.jobs.model import Job, JobKind, JobState, Urgency
from core.work import Work
from tests.storage.conftest import Store
from tests.storage.samples import NOW, job

LATER = NOW + timedelta(seconds=30)


def _keep(store: Store, *jobs: Job) -> None:
    def keep(work: Work) -> None:
        for each in jobs:
            work.jobs.add(each)

    store.write(keep)


def _claim(store: Store, lease: str = "one", limit: int = 9) -> list[str]:
    now = store.clock.now()
    claimed = store.write(lambda work: work.jobs.claim(lease, now, now + timedelta(seconds=30), limit=limit))
    assert all(each.lease == lease and each.leased_until == now + timedelta(seconds=30) for each in claimed)
    return [each.id for each in claimed]


def test_delivery_is_accepted_once(store: Store) -> None:
    """The second time it is refused, whichever connection asks."""
    another = store.another()
    assert store.write(lambda work: work.jobs.accept("slack:T:1", work.now))
    assert not store.write(lambda work: work.jobs.accept("slack:T:1", work.now))
    assert not another.write(lambda work: work.jobs.accept("slack:T:1", work.now))
    assert another.write(lambda work: work.jobs.accept("slack:T:2", work.now))
    another.close()


def test_two_processes_accept_one_delivery(store: Store) -> None:
    """Of many at the same time, exactly one gets it."""
    others = [store.another() for _ in range(3)]
    databases = [store.database, *(other.database for other in others)]

    async def race() -> list[bool]:
        asked = [database.write(lambda work: work.jobs.accept("d", work.now)) for database in databases * 5]
        return await asyncio.gather(*asked)

    assert sum(store.runner.run(race())) == 1
    for other in others:
        other.close()


def test_oldest_due_first(store: Store) -> None:
    """Jobs are claimed by when they are due; one for later waits."""
    late, early = job(run_at=NOW), job(run_at=NOW - timedelta(seconds=1))
    future = job(run_at=NOW + timedelta(seconds=1))
    _keep(store, late, early, future)
    assert store.read(lambda work: work.jobs.count_waiting(NOW)) == 3
    assert _claim(store, limit=1) == [early.id]
    assert _claim(store) == [late.id]
    assert _claim(store) == []
    store.clock.move(seconds=1)
    assert _claim(store) == [future.id]


def test_no_job_is_claimed_twice(store: Store) -> None:
    """Many claimers at once share the jobs out."""
    jobs = [job() for _ in range(40)]
    _keep(store, *jobs)
    others = [store.another() for _ in range(3)]
    databases = [store.database, *(other.database for other in others)]

    async def race() -> list[list[Job]]:
        asked = [
            database.write(lambda work, lease=str(number): work.jobs.claim(lease, NOW, LATER, limit=5))  # type: ignore[misc]
            for number, database in enumerate(databases * 4)
        ]
        return await asyncio.gather(*asked)

    claimed = [each.id for got in store.runner.run(race()) for each in got]
    assert len(claimed) == len(set(claimed))
    rest = store.write(lambda work: work.jobs.claim("rest", NOW, LATER, limit=99))
    assert {*claimed, *(each.id for each in rest)} == {each.id for each in jobs}
    for other in others:
        other.close()


def test_lane_keeps_its_order(store: Store) -> None:
    """One job of a lane at a time; the next only when the one before is finished, retried jobs included."""
    first, second, third = job("slack:T:C"), job("slack:T:C"), job("slack:T:D")
    _keep(store, first, second, third)
    assert _claim(store) == [first.id, third.id]
    assert _claim(store) == []
    assert store.write(lambda work: work.jobs.retry(first.id, "one", NOW + timedelta(seconds=5), "429"))
    assert _claim(store) == []
    store.clock.move(seconds=5)
    assert _claim(store, "two") == [first.id]
    assert store.write(lambda work: work.jobs.fail(first.id, "two", work.now, "gone"))
    assert _claim(store, "two") == [second.id]


def test_leased_job_in_the_lane_holds_back_the_rest(store: Store) -> None:
    """A job kept with a lease is being done, so an older one of its lane that shows up waits for it."""
    older, leased = job("lane"), job("lane", lease="mine", leased_until=LATER, attempts=1)
    _keep(store, leased, older)
    assert _claim(store) == []
    assert store.write(lambda work: work.jobs.finish(leased.id, "mine", NOW))
    assert _claim(store) == [older.id]


def test_lost_lease_finishes_nothing(store: Store) -> None:
    """When a lease ends another takes the job, and the first one can no longer do anything to it."""
    kept = job()
    _keep(store, kept)
    assert _claim(store, "slow") == [kept.id]
    assert store.write(lambda work: work.jobs.holds(kept.id, "slow"))
    assert store.write(lambda work: work.jobs.extend([kept.id], "slow", NOW + timedelta(seconds=60)))
    store.clock.move(seconds=59)
    assert _claim(store, "fast") == []
    store.clock.move(seconds=1)
    assert _claim(store, "fast") == [kept.id]
    now = store.clock.now()
    assert not store.write(lambda work: work.jobs.holds(kept.id, "slow"))
    assert not store.write(lambda work: work.jobs.extend([kept.id], "slow", now))
    assert not store.write(lambda work: work.jobs.finish(kept.id, "slow", now))
    assert not store.write(lambda work: work.jobs.retry(kept.id, "slow", now, ""))
    assert not store.write(lambda work: work.jobs.fail(kept.id, "slow", now, ""))
    assert store.write(lambda work: work.jobs.finish(kept.id, "fast", now))
    assert not store.write(lambda work: work.jobs.finish(kept.id, "fast", now))
    assert store.read(lambda work: work.jobs.count_waiting(now)) == 0


def test_attempts_are_counted(store: Store) -> None:
    """Each lease is an attempt, also the first one that a job was kept with."""
    kept = job(lease="mine", leased_until=NOW, attempts=1)
    _keep(store, kept)
    (again,) = store.write(lambda work: work.jobs.claim("one", NOW, LATER, limit=1))
    assert again.attempts == 2


def test_dead_letters_are_shown_and_revived(store: Store) -> None:
    """A job that was given up waits no more, says why, and runs again when somebody says so."""
    kept = job()
    _keep(store, kept)
    _claim(store)
    store.write(lambda work: work.jobs.fail(kept.id, "one", NOW, "room is gone"))
    (dead,) = store.read(lambda work: work.jobs.list_by_state(JobState.DEAD, NOW, limit=9))
    assert (dead.job.id, dead.failed_at, dead.reason) == (kept.id, NOW, "room is gone")
    assert store.read(lambda work: work.jobs.count_waiting(NOW)) == 0
    assert store.write(lambda work: work.jobs.revive(kept.id, NOW))
    assert not store.write(lambda work: work.jobs.revive(kept.id, NOW))
    assert _claim(store) == [kept.id]


def test_next_due(store: Store) -> None:
    """Tells when a job may be claimed: when it is due, or when the lease on it ends."""
    assert store.read(lambda work: work.jobs.next_due()) is None
    _keep(store, job(run_at=NOW + timedelta(hours=1)), job(lease="x", leased_until=LATER))
    assert store.read(lambda work: work.jobs.next_due()) == LATER
    _keep(store, job(run_at=NOW))
    assert store.read(lambda work: work.jobs.next_due()) == NOW


def test_finished_jobs_and_deliveries_are_forgotten(store: Store) -> None:
    """What is done, and long past, goes; what waits stays. A finished job holds nobody's words."""
    done, waiting = job(payload='{"text": "secret"}'), job()
    _keep(store, done, waiting)
    assert store.write(lambda work: work.jobs.accept("old", NOW))
    assert done.id in _claim(store)
    store.write(lambda work: work.jobs.finish(done.id, "one", NOW))
    store.write(lambda work: work.jobs.forget(NOW + timedelta(seconds=1)))
    assert store.read(lambda work: work.jobs.count_waiting(NOW)) == 1
    assert store.write(lambda work: work.jobs.accept("old", NOW))


def test_urgent_first(store: Store) -> None:
    """What somebody waits for goes before what is older and can wait; in a lane order counts more."""
    sweep, notice, answer = job(urgency=Urgency.SWEEP), job("lane", urgency=Urgency.NOTICE), job("lane")
    _keep(store, sweep, notice, answer)
    assert _claim(store, limit=1) == [notice.id]
    assert _claim(store, limit=1) == [sweep.id]
    store.write(lambda work: work.jobs.finish(notice.id, "one", NOW))
    assert _claim(store) == [answer.id]


def test_once_is_once(store: Store) -> None:
    """A job of the same ``once`` is kept one time, also when the first one is done, until it is withdrawn."""
    first, second, other = job(once="digest:1"), job(once="digest:1"), job(once="digest:2")
    assert store.write(lambda work: [work.jobs.add(each) for each in (first, second, other)]) == [True, False, True]
    store.write(lambda work: work.jobs.add_many([job(once="digest:2"), job()]))
    claimed = _claim(store)
    assert len(claimed) == 3
    store.write(lambda work: work.jobs.finish(first.id, "one", NOW))
    assert not store.write(lambda work: work.jobs.add(job(once="digest:1")))
    waiting = job(once="digest:3", run_at=LATER)
    _keep(store, waiting)
    store.write(lambda work: work.jobs.withdraw("digest:3", work.now))
    assert store.write(lambda work: work.jobs.add(job(once="digest:3", run_at=LATER)))


def test_job_for_later_holds_nobody_back(store: Store) -> None:
    """In a lane only what has its turn goes first; what is tried again has had it."""
    later, now = job("lane", run_at=LATER), job("lane")
    _keep(store, later, now)
    assert _claim(store) == [now.id]


def test_paused_lane_rests(store: Store) -> None:
    """Nothing of a paused lane is leased before its time; a lane ending in a colon pauses those that begin with it."""
    one, longer, other = job("slack:T:C1"), job("slack:T:C12"), job("slack:U:C1")
    _keep(store, one, longer, other)
    store.write(lambda work: work.jobs.pause("slack:T:C1", NOW + timedelta(seconds=2)))
    assert _claim(store) == [longer.id, other.id]
    store.clock.move(seconds=1)
    store.write(lambda work: work.jobs.pause("slack:T:", NOW + timedelta(seconds=9)))
    store.clock.move(seconds=1)
    assert _claim(store) == []
    store.clock.move(seconds=7)
    assert _claim(store) == [one.id]


def test_many_are_finished_at_once(store: Store) -> None:
    """Those whose lease was lost are not finished, and counted."""
    mine, lost = job(), job()
    _keep(store, mine, lost)
    _claim(store)
    store.write(lambda work: work.jobs.cancel(lost.id, NOW))
    assert store.write(lambda work: work.jobs.finish_many([mine.id, lost.id], "one", NOW)) == 1
    (dead,) = store.read(lambda work: work.jobs.list_by_state(JobState.DEAD, NOW, limit=9))
    assert (dead.job.id, dead.reason) == (lost.id, "cancelled")


def test_released_job_is_free_at_once(store: Store) -> None:
    """Who stops gives back what it holds, and that was no attempt."""
    kept = job()
    _keep(store, kept)
    _claim(store, "stopping")
    assert store.write(lambda work: work.jobs.release([kept.id], "stopping")) == 1
    (again,) = store.write(lambda work: work.jobs.claim("next", NOW, LATER, limit=9))
    assert (again.id, again.attempts) == (kept.id, 1)


def test_states_and_backlog(store: Store) -> None:
    """Every job is in one state, and the figures by kind tell since when the oldest is due."""
    late, later, running, dead = job(run_at=NOW - timedelta(seconds=9)), job(run_at=LATER), job(), job()
    _keep(store, running, dead)
    _claim(store)
    store.write(lambda work: work.jobs.fail(dead.id, "one", NOW, "gone"))
    _keep(store, late, later)

    def states(work: Work) -> dict[str, str]:
        return {
            each.job.id: each.state(NOW) for state in JobState for each in work.jobs.list_by_state(state, NOW, limit=9)
        }

    expected = {late.id: "waiting", later.id: "waiting", running.id: "running", dead.id: "dead"}
    assert store.read(states) == expected
    (figures,) = store.read(lambda work: work.jobs.backlog(NOW))
    assert (figures.kind, figures.waiting, figures.running, figures.dead) == (JobKind.MESSAGE, 2, 1, 1)
    assert figures.oldest == NOW - timedelta(seconds=9)
    assert store.read(lambda work: work.jobs.by_id(late.id)) is not None
    assert store.read(lambda work: work.jobs.by_id("none")) is None


def test_new_job_is_signalled(store: Store) -> None:
    """Whoever works hears of a job that nobody holds, and not of one that is being done already."""

    async def heard() -> list[int]:
        counts, told = [], asyncio.Event()
        end = store.database.subscribe("jobs", lambda _: told.set())
        if store.url.startswith("postgresql"):
            await asyncio.wait_for(told.wait(), 10)  # it listens now
        for each in (job(lease="mine", leased_until=LATER), job()):
            told.clear()
            await store.database.write(lambda work, each=each: work.jobs.add(each))  # type: ignore[misc]
            if not each.lease:
                await asyncio.wait_for(told.wait(), 10)
            counts.append(int(told.is_set()))
        end()
        return counts

    assert store.runner.run(heard()) == [0, 1]
