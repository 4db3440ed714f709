"""What jobs and the inbox need of a store."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from core.jobs.model import Backlog, Job, JobKind, JobRecord, JobState

# What is signalled when there is a job that nobody holds yet.
JOBS_TOPIC = "jobs"


class JobRepository(Protocol):
    """Jobs, and the ids of every delivery that came in."""

    def accept(self, delivery: str, now: datetime) -> bool:
        """Keeps a delivery's id (platform, tenant and its own id in one); False when it had come before."""
        ...

    def add(self, job: Job) -> bool:
        """Keeps a job; with a ``lease`` it is the caller's to do at once. False when its ``once`` was used before."""
        ...

    def add_many(self, jobs: Iterable[Job]) -> None:
        """Keeps many jobs, those apart whose ``once`` was used before."""
        ...

    def holds_back(self, lane: str, kind: JobKind, now: datetime) -> bool:
        """Whether an unfinished job of that lane and kind waits, for its time or for somebody to take it up."""
        ...

    def is_waiting(self, lane: str) -> bool:
        """Whether there is an unfinished job in the lane."""
        ...

    def claim(self, lease: str, now: datetime, until: datetime, *, limit: int) -> list[Job]:
        """Leases jobs that are due and free, in the order of urgency and age, one of a lane at a time.

        Of a lane that is paused none is leased.
        """
        ...

    def pause(self, lane: str, until: datetime) -> None:
        """Leases no job of a lane before ``until``; a lane that ends in a colon stands for all that begin with it."""
        ...

    def holds(self, job_id: str, lease: str) -> bool:
        """Whether the job is unfinished and still leased to ``lease``; on PostgreSQL it is locked until the commit."""
        ...

    def finish(self, job_id: str, lease: str, now: datetime) -> bool:
        """Marks it done; False when the lease was lost."""
        ...

    def finish_many(self, job_ids: Iterable[str], lease: str, now: datetime) -> int:
        """Marks them done; how many were still leased to ``lease``."""
        ...

    def retry(self, job_id: str, lease: str, run_at: datetime, reason: str) -> bool:
        """Gives the lease back to try again at ``run_at``; False when it was lost."""
        ...

    def fail(self, job_id: str, lease: str, now: datetime, reason: str) -> bool:
        """Gives up on it and keeps it as a dead letter; False when the lease was lost."""
        ...

    def extend(self, job_ids: Iterable[str], lease: str, until: datetime) -> int:
        """Keeps leases longer while the work goes on; how many were still held."""
        ...

    def release(self, job_ids: Iterable[str], lease: str) -> int:
        """Gives leases back at once, as if they had never been taken; how many were still held."""
        ...

    def next_due(self) -> datetime | None:
        """When the next job may be claimed at the earliest, which may have passed; None when there is none."""
        ...

    def by_id(self, job_id: str) -> JobRecord | None:
        """One job, whatever has become of it."""
        ...

    def list_by_state(self, state: JobState, now: datetime, *, limit: int) -> list[JobRecord]:
        """The jobs of a state, the latest first."""
        ...

    def revive(self, job_id: str, run_at: datetime) -> bool:
        """Gives a dead letter another life; False when there is no such."""
        ...

    def cancel(self, job_id: str, now: datetime) -> bool:
        """Makes a job that is not done a dead letter, also one that is being done, which then cannot be finished."""
        ...

    def withdraw(self, once: str, now: datetime) -> None:
        """Drops the waiting job with that ``once``, so that another may have it."""
        ...

    def forget(self, before: datetime) -> None:
        """Drops what was finished, and the ids of deliveries that came in, before that instant."""
        ...

    def backlog(self, now: datetime) -> list[Backlog]:
        """Figures by kind, for the kinds that have jobs which are not done."""
        ...

    def count_waiting(self, now: datetime) -> int:
        """How many jobs are unfinished and not given up."""
        ...
