"""What jobs and the inbox need of a store."""

from datetime import datetime
from typing import Protocol

from core.jobs.model import DeadLetter, Job, JobKind


class JobRepository(Protocol):
    """Jobs that are not finished, and the ids of every delivery that came in."""

    def accept(self, delivery: str, now: datetime) -> bool:
        """Keeps a delivery's id (platform, tenant and its own id in one); False when it had come before."""
        ...

    def add(self, job: Job) -> None:
        """Keeps a job; with a ``lease`` it is the caller's to do at once."""
        ...

    def holds_back(self, lane: str, kind: JobKind, now: datetime) -> bool:
        """Whether an unfinished job of that lane and kind waits, for its time or for somebody to take it up."""
        ...

    def claim(self, lease: str, now: datetime, until: datetime, *, limit: int) -> list[Job]:
        """Leases jobs that are due and free, the oldest first, one of a lane at a time."""
        ...

    def holds(self, job_id: str, lease: str) -> bool:
        """Whether the job is unfinished and still leased to ``lease``; on PostgreSQL it is locked until the commit."""
        ...

    def finish(self, job_id: str, lease: str, now: datetime) -> bool:
        """Marks it done; False when the lease was lost."""
        ...

    def retry(self, job_id: str, lease: str, run_at: datetime, reason: str) -> bool:
        """Gives the lease back to try again at ``run_at``; False when it was lost."""
        ...

    def fail(self, job_id: str, lease: str, now: datetime, reason: str) -> bool:
        """Gives up on it and keeps it as a dead letter; False when the lease was lost."""
        ...

    def extend(self, job_id: str, lease: str, until: datetime) -> bool:
        """Keeps the lease longer while the work goes on; False when it was lost."""
        ...

    def next_due(self) -> datetime | None:
        """When the next job may be claimed at the earliest, which may have passed; None when there is none."""
        ...

    def list_failed(self, *, limit: int) -> list[DeadLetter]:
        """The jobs that were given up, the latest first."""
        ...

    def revive(self, job_id: str, run_at: datetime) -> bool:
        """Gives a dead letter another life; False when there is no such."""
        ...

    def forget(self, before: datetime) -> None:
        """Drops what was finished, and the ids of deliveries that came in, before that instant."""
        ...

    def count_waiting(self, now: datetime) -> int:
        """How many jobs are unfinished and not given up."""
        ...
