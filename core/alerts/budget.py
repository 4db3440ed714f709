"""The attention budget: when a member may be disturbed, how news is folded into one message, what was ignored."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.alerts.model import Attention, Burst, Rule

# News about one customer goes into the message that stands there for so long after it was first told.
FOLDED_FOR = timedelta(hours=1)
# A message is changed this often at most, and only after what was written meanwhile is sure to be there.
_BETWEEN_EDITS = timedelta(seconds=10)
_SURE_TO_BE_THERE = timedelta(seconds=2)

# After so many messages of a rule in so many days without a press, Kith offers to put it into the digest. Who was told
# within the last day may still come to it.
IGNORED = 10
LOOKED_BACK = timedelta(days=14)
TIME_TO_ACT = timedelta(days=1)


def is_quiet(attention: Attention, local: datetime) -> bool:
    """Whether a member's wall clock stands in their quiet hours."""
    minute = local.hour * 60 + local.minute
    begin, end = attention.quiet_from, attention.quiet_until
    return begin <= minute < end if begin <= end else minute >= begin or minute < end


def free_from(attention: Attention, now: datetime, zone: str) -> datetime:
    """When the member may be told: now, or when their quiet hours are over."""
    local = now.astimezone(ZoneInfo(zone))
    if not is_quiet(attention, local):
        return now
    end = time(*divmod(attention.quiet_until, 60))
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    # By way of UTC: a clock that is put forward has no such time, and comes to the next one.
    return datetime.combine(day, end, local.tzinfo).astimezone(now.tzinfo)


def day_began(now: datetime, zone: str) -> datetime:
    """The member's last midnight."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time(), local.tzinfo).astimezone(now.tzinfo)


def is_open(burst: Burst, now: datetime) -> bool:
    """Whether what happens now belongs into the burst."""
    return now < burst.due_at + FOLDED_FOR


def telling(burst: Burst, now: datetime) -> tuple[int, datetime]:
    """Which telling of a burst takes what is written now, and when it is: the first is 0, the others changes."""
    if now <= burst.due_at - _SURE_TO_BE_THERE or (burst.told_at is None and now == burst.due_at):
        return 0, burst.due_at
    number = (now - burst.due_at) // _BETWEEN_EDITS + 1
    return number, burst.due_at + number * _BETWEEN_EDITS + _SURE_TO_BE_THERE


def is_ignored(rule: Rule, told: Sequence[Burst], now: datetime) -> bool:
    """Whether a rule's last messages were all left lying, and it was not said before; ``told`` the latest first."""
    if rule.offered_at is not None and now < rule.offered_at + LOOKED_BACK:
        return False
    return len(told) >= IGNORED and all(burst.acted_at is None for burst in told[:IGNORED])
