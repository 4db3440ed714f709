"""How a customer is doing, at a glance: what a colleague would notice first; nothing is computed ahead."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.customers.model import Lifecycle
from core.customers.overview import Overview

QUIET_DAYS = 30  # without contact a customer counts as quiet, as on the card
LONG_QUIET_DAYS = 60


class Mood(StrEnum):
    """Whether somebody has to do something."""

    GOOD = "good"
    WATCH = "watch"
    RISK = "risk"


class Sign(StrEnum):
    """What tells it."""

    NO_CONTACT = "no_contact"  # nothing was ever logged
    QUIET = "quiet"  # days since the last contact
    OVERDUE = "overdue"  # tasks
    CLOSE_PASSED = "close_passed"  # deals whose expected close is over
    NO_NEXT_STEP = "no_next_step"


@dataclass(frozen=True, slots=True)
class Health:
    """The mood, and its signs with how many days, tasks or deals each is about; none where all is well."""

    mood: Mood
    signs: tuple[tuple[Sign, int], ...] = ()


_RISKY = frozenset({Sign.OVERDUE, Sign.CLOSE_PASSED})


def health_of(seen: Overview, now: datetime, today: date) -> Health:
    """The health of a customer; ``today`` is the reader's day. One that is lost is not expected to be in touch."""
    if seen.customer.stage is Lifecycle.LOST:
        return Health(Mood.GOOD)
    signs = tuple(sign for sign in _signs(seen, now, today) if sign[1])
    risky = any(sign in _RISKY or (sign is Sign.QUIET and days >= LONG_QUIET_DAYS) for sign, days in signs)
    return Health(Mood.RISK if risky else Mood.WATCH if signs else Mood.GOOD, signs)


def _signs(seen: Overview, now: datetime, today: date) -> tuple[tuple[Sign, int], ...]:
    silent = (now - seen.activities[0].activity.happened_at).days if seen.activities else 0
    open_tasks = [line.task for line in seen.tasks.lines]
    overdue = sum(task.is_overdue(now, today) and not task.is_snoozed(now) for task in open_tasks)
    passed = sum(line.deal.close_on is not None and line.deal.close_on < today for line in seen.deals.lines)
    return (
        (Sign.OVERDUE, overdue),
        (Sign.CLOSE_PASSED, passed),
        (Sign.QUIET, silent if silent >= QUIET_DAYS else 0),
        (Sign.NO_CONTACT, int(not seen.activities)),
        (Sign.NO_NEXT_STEP, int(not open_tasks)),
    )
