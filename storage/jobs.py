"""Jobs and deliveries in the database."""

from datetime import datetime

from core.jobs.model import DeadLetter, Job, JobKind
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_ACCEPT = Command("jobs.ACCEPT")
_ADD = RecordCommand("jobs.ADD", Job)
_CLAIM = Query("jobs.CLAIM", Job)
_HOLDS_BACK = Query("jobs.HOLDS_BACK", tuple)
_HOLDS = Query("jobs.HOLDS", tuple)
_EXTEND = Command("jobs.EXTEND")
_FINISH = Command("jobs.FINISH")
_RETRY = Command("jobs.RETRY")
_FAIL = Command("jobs.FAIL")
_NEXT_DUE = Query("jobs.NEXT_DUE", Job)
_FAILED = Query("jobs.FAILED", DeadLetter)
_REVIVE = Command("jobs.REVIVE")
_FORGET_DONE = Command("jobs.FORGET_DONE")
_FORGET_DELIVERIES = Command("jobs.FORGET_DELIVERIES")
_COUNT_WAITING = Query("jobs.COUNT_WAITING", tuple)


class SqlJobs:
    """``core.jobs.ports.JobRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accept(self, delivery: str, now: datetime) -> bool:
        """Keeps a delivery's id; False when it had come before."""
        return _ACCEPT.run(self._connection, id=delivery, received_at=now) == 1

    def add(self, job: Job) -> None:
        """Keeps a job."""
        _ADD.run(self._connection, job)

    def holds_back(self, lane: str, kind: JobKind, now: datetime) -> bool:
        """Whether an unfinished job of that lane and kind waits."""
        return _HOLDS_BACK.first(self._connection, lane=lane, kind=kind, now=now) is not None

    def claim(self, lease: str, now: datetime, until: datetime, *, limit: int) -> list[Job]:
        """Leases jobs that are due and free, the oldest first, one of a lane at a time."""
        claimed = _CLAIM.all(self._connection, lease=lease, now=now, until=until, limit=limit)
        return sorted(claimed, key=lambda job: (job.run_at, job.id))

    def holds(self, job_id: str, lease: str) -> bool:
        """Whether the job is unfinished and still leased to ``lease``."""
        return _HOLDS.first(self._connection, id=job_id, holder=lease) is not None

    def extend(self, job_id: str, lease: str, until: datetime) -> bool:
        """Keeps the lease longer; False when it was lost."""
        return _EXTEND.run(self._connection, id=job_id, holder=lease, until=until) == 1

    def finish(self, job_id: str, lease: str, now: datetime) -> bool:
        """Marks it done and forgets what it held; False when the lease was lost."""
        return _FINISH.run(self._connection, id=job_id, holder=lease, now=now) == 1

    def retry(self, job_id: str, lease: str, run_at: datetime, reason: str) -> bool:
        """Gives the lease back to try again at ``run_at``; False when it was lost."""
        return _RETRY.run(self._connection, id=job_id, holder=lease, run_at=run_at, reason=reason) == 1

    def fail(self, job_id: str, lease: str, now: datetime, reason: str) -> bool:
        """Gives up on it and keeps it as a dead letter; False when the lease was lost."""
        return _FAIL.run(self._connection, id=job_id, holder=lease, now=now, reason=reason) == 1

    def next_due(self) -> datetime | None:
        """When the next job may be claimed, None when there is none."""
        job = _NEXT_DUE.first(self._connection)
        if job is None:
            return None
        return job.run_at if job.leased_until is None else max(job.run_at, job.leased_until)

    def list_failed(self, *, limit: int) -> list[DeadLetter]:
        """The jobs that were given up, the latest first."""
        return _FAILED.all(self._connection, limit=limit)

    def revive(self, job_id: str, run_at: datetime) -> bool:
        """Gives a dead letter another life; False when there is no such."""
        return _REVIVE.run(self._connection, id=job_id, due=run_at) == 1

    def forget(self, before: datetime) -> None:
        """Drops what was finished, and the ids of deliveries that came in, before that instant."""
        _FORGET_DONE.run(self._connection, before=before)
        _FORGET_DELIVERIES.run(self._connection, before=before)

    def count_waiting(self, now: datetime) -> int:  # noqa: ARG002 - the port's; those for later wait too
        """How many jobs are unfinished and not given up."""
        counted = _COUNT_WAITING.first(self._connection)
        return int(counted[0]) if counted else 0
