"""When a digest comes: once on each of its local dates, whatever the clocks do there.

Where they are put forward over its time it comes as they have been; where they are put back it comes the first time.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from cronsim import CronSim

from core.digests.model import Digest


def local_date(digest: Digest, instant: datetime) -> date:
    """The calendar day at an instant, where the digest is."""
    return instant.astimezone(ZoneInfo(digest.zone)).date()


def occurrences(digest: Digest, after: datetime) -> Iterator[datetime]:
    """When it comes after an instant, in UTC: one for each local date, and none for a date that was sent already."""
    hour, minute = digest.at.split(":")
    days = ",".join(map(str, digest.days))
    said = digest.last_on
    for local in CronSim(f"{int(minute)} {int(hour)} * * {days}", after.astimezone(ZoneInfo(digest.zone))):
        if said is None or local.date() > said:
            said = local.date()
            yield local.astimezone(UTC)


def first_after(digest: Digest, after: datetime) -> datetime:
    """When it comes next."""
    return next(occurrences(digest, after))


def newest_due(digest: Digest, now: datetime) -> datetime:
    """Of all the times that have passed, ``next_at`` the first of them, the last: nobody wants the others any more."""
    *_, newest = [digest.next_at, *takewhile(lambda at: at <= now, occurrences(digest, digest.next_at))]
    return newest


def date_before(digest: Digest, due: datetime) -> date:
    """The local date it came before the one that is due, as its days say: what has been since is news."""
    day = local_date(digest, due) - timedelta(days=1)
    while day.isoweekday() not in digest.days:
        day -= timedelta(days=1)
    return day
