"""Jobs and deliveries in the database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.jobs.model import Backlog, Job, JobKind, JobRecord, JobState, Urgency
from core.jobs.ports import JOBS_TOPIC
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand


@dataclass(frozen=True, slots=True)
class _Instant:
    at: datetime | None


_ACCEPT = Command("jobs.ACCEPT")
_ADD = RecordCommand("jobs.ADD", Job)
_IN_LANE = Query("jobs.IN_LANE", tuple)
_HOLDS_BACK = Query("jobs.HOLDS_BACK", tuple)
_DUE = Query("jobs.DUE", tuple)
_LEASE = Query("jobs.LEASE", Job)
_PAUSE = Command("jobs.PAUSE")
_FORGET_PAUSES = Command("jobs.FORGET_PAUSES")
_HOLDS = Query("jobs.HOLDS", tuple)
_EXTEND = Command("jobs.EXTEND")
_FINISH = Command("jobs.FINISH")
_FINISH_MANY = Command("jobs.FINISH_MANY")
_RELEASE = Command("jobs.RELEASE")
_RETRY = Command("jobs.RETRY")
_FAIL = Command("jobs.FAIL")
_NEXT_FREE = Query("jobs.NEXT_FREE", _Instant)
_NEXT_LEASE_END = Query("jobs.NEXT_LEASE_END", _Instant)
_BY_ID = Query("jobs.BY_ID", JobRecord)
_BY_STATE = {state: Query(f"jobs.BY_STATE.{state}", JobRecord) for state in JobState}
_REVIVE = Command("jobs.REVIVE")
_CANCEL = Command("jobs.CANCEL")
_WITHDRAW = Command("jobs.WITHDRAW")
_BACKLOG = Query("jobs.BACKLOG", Backlog)
_FORGET_DONE = Command("jobs.FORGET_DONE")
_FORGET_DELIVERIES = Command("jobs.FORGET_DELIVERIES")
_COUNT_WAITING = Query("jobs.COUNT_WAITING", tuple)


class SqlJobs:
    """``core.jobs.ports.JobRepository``. ``signal`` tells whoever works that there is something to do."""

    def __init__(self, connection: Connection, signal: Callable[[str], None]) -> None:
        self._connection = connection
        self._signal = signal

    def accept(self, delivery: str, now: datetime) -> bool:
        """Keeps a delivery's id; False when it had come before."""
        return _ACCEPT.run(self._connection, id=delivery, received_at=now) == 1

    def add(self, job: Job) -> bool:
        """Keeps a job; False when its ``once`` was used before."""
        if not job.lease:
            self._signal(JOBS_TOPIC)
        return _ADD.run(self._connection, job) == 1

    def add_many(self, jobs: Iterable[Job]) -> None:
        """Keeps many jobs, those apart whose ``once`` was used before."""
        self._signal(JOBS_TOPIC)
        _ADD.run_many(self._connection, jobs)

    def holds_back(self, lane: str, kind: JobKind, now: datetime) -> bool:
        """Whether an unfinished job of that lane and kind waits."""
        return _HOLDS_BACK.first(self._connection, lane=lane, kind=kind, now=now) is not None

    def is_waiting(self, lane: str) -> bool:
        """Whether there is an unfinished job in the lane."""
        return _IN_LANE.first(self._connection, lane=lane) is not None

    def claim(self, lease: str, now: datetime, until: datetime, *, limit: int) -> list[Job]:
        """Leases jobs that are due and free, one of a lane at a time."""
        ids: list[str] = []
        for urgency in Urgency:
            if (left := limit - len(ids)) > 0:
                due = _DUE.all(self._connection, urgency=urgency, now=now, limit=left)
                ids += [str(job_id) for job_id, _run_at in due]
        if not ids:
            return []
        leased = {job.id: job for job in _LEASE.all(self._connection, ids=ids, holder=lease, now=now, until=until)}
        return [leased[job_id] for job_id in ids if job_id in leased]

    def pause(self, lane: str, until: datetime) -> None:
        """Leases no job of a lane before ``until``."""
        _PAUSE.run(self._connection, lane=lane, paused_until=until)

    def holds(self, job_id: str, lease: str) -> bool:
        """Whether the job is unfinished and still leased to ``lease``."""
        return _HOLDS.first(self._connection, id=job_id, holder=lease) is not None

    def extend(self, job_ids: Iterable[str], lease: str, until: datetime) -> int:
        """Keeps leases longer; how many were still held."""
        return _EXTEND.run(self._connection, ids=list(job_ids), holder=lease, until=until)

    def release(self, job_ids: Iterable[str], lease: str) -> int:
        """Gives leases back at once; how many were still held."""
        self._signal(JOBS_TOPIC)
        return _RELEASE.run(self._connection, ids=list(job_ids), holder=lease)

    def finish(self, job_id: str, lease: str, now: datetime) -> bool:
        """Marks it done and forgets what it held; False when the lease was lost."""
        return _FINISH.run(self._connection, id=job_id, holder=lease, now=now) == 1

    def finish_many(self, job_ids: Iterable[str], lease: str, now: datetime) -> int:
        """Marks them done; how many were still leased to ``lease``."""
        return _FINISH_MANY.run(self._connection, ids=list(job_ids), holder=lease, now=now)

    def retry(self, job_id: str, lease: str, run_at: datetime, reason: str) -> bool:
        """Gives the lease back to try again at ``run_at``; False when it was lost."""
        return _RETRY.run(self._connection, id=job_id, holder=lease, run_at=run_at, reason=reason) == 1

    def fail(self, job_id: str, lease: str, now: datetime, reason: str) -> bool:
        """Gives up on it and keeps it as a dead letter; False when the lease was lost."""
        return _FAIL.run(self._connection, id=job_id, holder=lease, now=now, reason=reason) == 1

    def next_due(self) -> datetime | None:
        """When the next job may be claimed, None when there is none."""
        found = [query.first(self._connection) for query in (_NEXT_FREE, _NEXT_LEASE_END)]
        return min((each.at for each in found if each and each.at), default=None)

    def by_id(self, job_id: str) -> JobRecord | None:
        """One job, whatever has become of it."""
        return _BY_ID.first(self._connection, id=job_id)

    def list_by_state(self, state: JobState, now: datetime, *, limit: int) -> list[JobRecord]:
        """The jobs of a state, the latest first."""
        timed = {"now": now} if state in {JobState.WAITING, JobState.RUNNING} else {}
        return _BY_STATE[state].all(self._connection, limit=limit, **timed)

    def revive(self, job_id: str, run_at: datetime) -> bool:
        """Gives a dead letter another life; False when there is no such."""
        self._signal(JOBS_TOPIC)
        return _REVIVE.run(self._connection, id=job_id, due=run_at) == 1

    def cancel(self, job_id: str, now: datetime) -> bool:
        """Makes a job that is not done a dead letter."""
        return _CANCEL.run(self._connection, id=job_id, now=now) == 1

    def withdraw(self, once: str, now: datetime) -> None:
        """Drops the waiting job with that ``once``, so that another may have it."""
        _WITHDRAW.run(self._connection, withdrawn=once, now=now)

    def forget(self, before: datetime) -> None:
        """Drops what was finished, and the ids of deliveries that came in, before that instant."""
        _FORGET_DONE.run(self._connection, before=before)
        _FORGET_DELIVERIES.run(self._connection, before=before)
        _FORGET_PAUSES.run(self._connection, before=before)

    def backlog(self, now: datetime) -> list[Backlog]:
        """Figures by kind."""
        return _BACKLOG.all(self._connection, now=now)

    def count_waiting(self, now: datetime) -> int:  # noqa: ARG002 - the port's; those for later wait too
        """How many jobs are unfinished and not given up."""
        counted = _COUNT_WAITING.first(self._connection)
        return int(counted[0]) if counted else 0
