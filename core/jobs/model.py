"""A job: something to do, kept in the transaction that causes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

# How long a job is held without a sign of life from its holder, which gives one every third of it.
LEASE = timedelta(seconds=30)


class JobKind(StrEnum):
    """What there is to do."""

    DELIVERY = "delivery"  # a command that was acknowledged and must be carried out
    SWEEP = "sweep"  # a workspace's customers to be searched for duplicates; the payload is the workspace
    MESSAGE = "message"  # an answer that must reach the platform
    NOTICE = "notice"  # something Kith says by itself
    REMINDERS = "reminders"  # tasks that are to be looked at, or spoken of
    NEXT_STEP = "next_step"  # somebody is asked what comes after a visit
    ALERT = "alert"  # who follows what happened
    ALERT_TOLD = "alert_told"  # a message about it that is due
    LIVE = "live"  # a card that stands in a conversation shows the present
    DIGEST = "digest"  # what somebody can act on, once a day or a week
    NOTHING = "nothing"  # what ``kith bench jobs`` counts


class Urgency(IntEnum):
    """Which of the jobs that are due goes first: the smaller number. Within a lane order comes before urgency."""

    ANSWER = 0  # somebody waits for it
    NOTICE = 5
    SWEEP = 9  # any time of the night will do


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """``payload`` is JSON text. ``lane`` keeps order: the jobs of one lane run one after another.

    A ``once`` that is not empty is the job's own forever: a second job with it is not kept. ``lease`` names the
    holder; who lost the lease cannot finish the job. ``attempts`` counts the leases given.
    """

    id: str
    kind: JobKind
    lane: str = ""
    payload: str
    once: str = ""
    urgency: Urgency = Urgency.ANSWER
    run_at: datetime
    lease: str = ""
    leased_until: datetime | None = None
    attempts: int = 0
    created_at: datetime


class JobState(StrEnum):
    """What has become of a job."""

    WAITING = "waiting"  # due now or later, or to be tried again
    RUNNING = "running"  # somebody holds it
    DONE = "done"
    DEAD = "dead"  # given up, or cancelled; it can be given another life


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as it stands in the books. ``reason`` is why it was last tried again, or given up."""

    job: Job
    done_at: datetime | None
    failed_at: datetime | None
    reason: str

    def state(self, now: datetime) -> JobState:
        """What has become of it."""
        if self.done_at is not None:
            return JobState.DONE
        if self.failed_at is not None:
            return JobState.DEAD
        held = self.job.leased_until is not None and self.job.leased_until > now
        return JobState.RUNNING if held else JobState.WAITING


@dataclass(frozen=True, slots=True)
class Backlog:
    """The jobs of one kind that are not done: how many wait, run and were given up, and since when the oldest is due.

    Jobs for later wait, too, but ``oldest`` tells of those alone that are due.
    """

    kind: JobKind
    waiting: int
    running: int
    dead: int
    oldest: datetime | None
