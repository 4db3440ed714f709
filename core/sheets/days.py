"""Days and moments in cells: a spreadsheet's own, ISO 8601, numbers by the column's order, and what people write."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from core.sheets.model import Cell
from core.when import Found
from core.when import read as read_when

# A year outside these is a slip of the hand, or another calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2200

_TIME = (
    r"(?:[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]m)?\s*(?P<zone>z|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?:[-/.年]\s*)(?P<month>\d{{1,2}})(?:[-/.月]\s*)(?P<day>\d{{1,2}})日?{_TIME}", re.IGNORECASE
)
_YEAR_LAST = re.compile(
    rf"(?P<first>\d{{1,2}})[-/.](?P<second_>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a column's days are read: the reader's ``now`` with its zone, their locale, and which number is the day."""

    now: datetime
    locale: str
    day_first: bool
    past: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A day, with a local time when one was given; ``at`` has its zone then."""

    day: date
    at: datetime | None = None


def read_day(cell: Cell, calendar: Calendar) -> When | None:
    """What a cell says of a day and perhaps a time; None when it says neither. A range of days is its last one."""
    if isinstance(cell, datetime):
        return _native(cell, calendar)
    if isinstance(cell, date):
        return When(cell)
    text = str(cell).strip()
    numeric = _YEAR_FIRST.fullmatch(text) or _YEAR_LAST.fullmatch(text) or _COMPACT.fullmatch(text)
    return _numeric(numeric, calendar) if numeric else _spoken(text, calendar)


def _native(cell: datetime, calendar: Calendar) -> When:
    """A spreadsheet has no days, only moments: midnight is a day."""
    if cell.time() == time() and cell.tzinfo is None:
        return When(cell.date())
    return _when(cell, calendar)


def _when(at: datetime, calendar: Calendar) -> When:
    local = at.astimezone(calendar.now.tzinfo) if at.tzinfo else at.replace(tzinfo=calendar.now.tzinfo)
    return When(local.date(), local)


def _numeric(match: re.Match[str], calendar: Calendar) -> When | None:
    found = match.groupdict()
    year = int(found["year"])
    if "first" in found:
        year += 2000 if year < 100 else 0
        first, second = int(found["first"]), int(found["second_"])
        # 13/5 is the thirteenth of May whoever writes it.
        day_first = first > 12 or (calendar.day_first and second <= 12)
        day, month = (first, second) if day_first else (second, first)
    else:
        month, day = int(found["month"]), int(found["day"])
    try:
        whole = date(year, month, day)
        at = _at(whole, found)
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return When(whole) if at is None else _when(at, calendar)


def _at(day: date, found: dict[str, str | None]) -> datetime | None:
    if not found.get("hour"):
        return None
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    zone = (found["zone"] or "").upper().replace("Z", "+0000").replace(":", "")
    offset = datetime.strptime(zone, "%z").tzinfo if zone else None
    microsecond = int((found["fraction"] or "").ljust(6, "0")[:6])
    clock = time(hour, int(found["minute"] or 0), int(found["second"] or 0), microsecond, tzinfo=offset)
    return datetime.combine(day, clock)


def _spoken(text: str, calendar: Calendar) -> When | None:
    found = read_when(text, calendar.now, calendar.locale, past=calendar.past)
    if found is None or found.recurring or found.kind not in {"date", "datetime", "range"}:
        return None
    if not FIRST_YEAR <= found.start.year <= LAST_YEAR:
        return None
    return _when(found.start, calendar) if found.kind == "datetime" else When(_last_day(found))


def _last_day(found: Found) -> date:
    return (found.end - timedelta(microseconds=1)).date() if found.end else found.start.date()


def as_instant(when: When, zone: tzinfo | None = None) -> datetime:
    """The moment in UTC; a day without a time is its noon in ``zone``, so that it stays that day a few zones away."""
    at = when.at or datetime.combine(when.day, time(12), tzinfo=zone)
    return at.astimezone(UTC)


def day_first_by(texts: list[str]) -> bool | None:
    """Whether the day comes first in dates such as 3/4/2026, as far as all ``texts`` of a column tell."""
    matches = [match for text in texts if (match := _YEAR_LAST.fullmatch(text.strip()))]
    if any(int(match["first"]) > 12 for match in matches):
        return True
    return False if any(int(match["second_"]) > 12 for match in matches) else None
