"""Putting a digest together."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.actor import Scope
from core.digests.contents import Contents, Followed, Question
from core.digests.model import About, Digest, Frequency, Part
from core.digests.ports import DigestRepository
from core.digests.schedule import date_before
from core.work import Work

SHOWN = 5  # lines of a part: a digest is read at a glance
_REPS = 8  # bars of a chart
_SEEN = timedelta(days=30)


def question(digest: Digest, scope: Scope, since: date, now: datetime) -> Question:
    """What is asked for a digest, seen with the eyes of ``scope``; what was done counts from ``since`` on."""
    zone = ZoneInfo(digest.zone)
    today = now.astimezone(zone).date()
    mine = digest.about is About.MINE
    return Question(
        scope=scope,
        member_id=digest.member_id if mine else None,
        team_id=None if mine else digest.team_id,
        now=now,
        today=today,
        since=_midnight(since, zone),
        until=_midnight(today, zone),
        silent_since=now - timedelta(days=digest.silent_days),
        seen_since=now - _SEEN,
    )


def read(work: Work, digest: Digest, scope: Scope, due: datetime) -> Contents:
    """What the digest that is ``due`` says to whoever sees what ``scope`` sees."""
    since = date_before(digest, due)
    asked = question(digest, scope, since, work.now)
    found = {part: tuple(lines(work, part, asked, limit=SHOWN)) for part in digest.parts}
    weekly = digest.frequency is Frequency.WEEKLY
    return Contents(
        since=since,
        tasks=found.get(Part.TASKS, ()),
        deals=found.get(Part.DEALS, ()),
        customers=found.get(Part.CUSTOMERS, ()),
        done=found.get(Part.DONE, ()),
        handed=found.get(Part.HANDED, ()),
        followed=_followed(work, digest, scope, since, due),
        pipeline=tuple(work.digests.pipeline(scope, asked)) if weekly else (),
        visits=tuple(work.digests.visits_by_member(scope, asked, limit=_REPS)) if weekly else (),
        parts=digest.parts,
    )


def lines(work: Work, part: Part, asked: Question, *, limit: int, offset: int = 0) -> list[Any]:
    """Some of the lines of one part."""
    return _READS[part](work.digests)(asked.scope, asked, limit=limit, offset=offset)


def _followed(work: Work, digest: Digest, scope: Scope, since: date, due: datetime) -> tuple[Followed, ...]:
    """What a member chose to hear of here, or had to, from the time of the last digest up to this one's.

    Of customers that they may see now alone; those with the most to tell come first.
    """
    if digest.place is not None or digest.about is not About.MINE:
        return ()
    before = datetime.combine(since, time.fromisoformat(digest.at), ZoneInfo(digest.zone)).astimezone(UTC)
    alerts = work.alerts.alerts_for_digest(digest.workspace_id, digest.member_id, before)
    counts = Counter(alert.customer_id for alert in alerts if alert.created_at < due)
    seen = ((work.customers.by_id(scope, customer_id), count) for customer_id, count in counts.most_common())
    return tuple(Followed(customer.id, customer.name, count) for customer, count in seen if customer is not None)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


_READS: dict[Part, Callable[[DigestRepository], Callable[..., list[Any]]]] = {
    Part.TASKS: lambda digests: digests.due_tasks,
    Part.DEALS: lambda digests: digests.stuck_deals,
    Part.CUSTOMERS: lambda digests: digests.idle_customers,
    Part.DONE: lambda digests: digests.achievements,
    Part.HANDED: lambda digests: digests.handed_over,
}
