"""Working hours: from when to when, on which days of the week, on a member's own clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.errors import InvalidInputError

# A day of work is never further away than this, however few of a week are days of work.
_REACH = 8  # days


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """``days`` are those of the week, Monday being 0; never none. ``ends`` is later than ``starts``."""

    starts: time = time(9)
    ends: time = time(18)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)

    @property
    def text(self) -> str:
        """As it is kept: ``09:00-18:00 01234``."""
        return f"{self.starts:%H:%M}-{self.ends:%H:%M} {''.join(map(str, self.days))}"

    def start_of(self, day: date, zone: str) -> datetime:
        """The instant at which work begins on a day, be it one of work or not."""
        return instant(day, self.starts, zone)

    def nearest(self, wanted: datetime, zone: str, *, after: datetime, before: datetime) -> datetime:
        """The moment of work nearest to ``wanted`` that lies between the two; where there is none the first after both.

        ``before`` itself counts only where it is what is wanted.
        """
        spans = [(max(first, after), min(last, before)) for first, last in self._spans(wanted, zone)]
        found = [
            min(max(wanted, first), last)
            for first, last in spans
            if first <= last and (first < before or first == wanted)
        ]
        return min(found, key=lambda moment: abs(moment - wanted)) if found else self.first(max(after, before), zone)

    def first(self, after: datetime, zone: str) -> datetime:
        """The first moment of work that is not before ``after``."""
        return next(max(first, after) for first, last in self._spans(after, zone) if last >= after)

    def next_start(self, after: datetime, zone: str) -> datetime:
        """When the next day of work begins, later than ``after``."""
        return next(first for first, _ in self._spans(after, zone) if first > after)

    def _spans(self, around: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
        day = around.astimezone(ZoneInfo(zone)).date()
        for each in (day + timedelta(days=count) for count in range(-_REACH, _REACH + 1)):
            if each.weekday() in self.days:
                yield instant(each, self.starts, zone), instant(each, self.ends, zone)


def instant(day: date, clock: time, zone: str) -> datetime:
    """The instant in UTC; one that a daylight-saving change skips moves forward."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def hours_of(kept: str) -> WorkingHours:
    """The working hours as they are kept; the usual ones for an empty text."""
    if not kept:
        return WorkingHours()
    clocks, days = kept.split(" ")
    starts, ends = clocks.split("-")
    return WorkingHours(time.fromisoformat(starts), time.fromisoformat(ends), tuple(map(int, days)))


def check_hours(kept: str) -> str:
    """Working hours as they are kept, the usual ones as nothing.

    Raises InvalidInputError unless they end after they begin, on some day.
    """
    hours = hours_of(kept)
    if hours.starts >= hours.ends or not hours.days:
        raise InvalidInputError("hours", "unknown_hours", value=kept)
    return "" if hours == WorkingHours() else hours.text
