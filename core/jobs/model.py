"""A job: something to do, kept in the transaction that causes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=30)


class JobKind(StrEnum):
    """What there is to do."""

    DELIVERY = "delivery"  # a command that was acknowledged and must be carried out
    MESSAGE = "message"  # an answer that must reach the platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """``payload`` is JSON text. ``lane`` keeps order: the jobs of one lane run one after another.

    ``lease`` names the holder; who lost the lease cannot finish the job. ``attempts`` counts the leases given.
    """

    id: str
    kind: JobKind
    lane: str
    payload: str
    run_at: datetime
    lease: str = ""
    leased_until: datetime | None = None
    attempts: int = 0
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that was given up, when, and for what reason."""

    job: Job
    failed_at: datetime
    reason: str
