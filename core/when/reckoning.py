"""Calendar arithmetic: the day, month or moment a phrase points at, seen from the moment of speaking."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from core.when.grammar import Context
from core.when.values import Clock, Day, Moment, Period, Span

DAY = timedelta(days=1)
_NIGHT_ENDS, _NIGHT_BEGINS = 5, 22  # an hour named without morning or evening is not one of the night's
_AFTERNOON_UNTIL = 6 * 60 + 30  # "tomorrow at 3" is the afternoon's; "at 7" is the morning's


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def safe_date(year: int, month: int, day: int) -> date | None:
    """That date if the calendar has it."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def weekday_near(context: Context, weekday: int) -> date:
    """The next such weekday after today, or in a tale of the past the last one before it."""
    today = context.now.date()
    if context.past:
        return today - DAY * ((today.weekday() - weekday - 1) % 7 + 1)
    return today + DAY * ((weekday - today.weekday() - 1) % 7 + 1)


def weekday_from(day: date, weekday: int) -> date:
    """The first such weekday on or after a day."""
    return day + DAY * ((weekday - day.weekday()) % 7)


def week_of(context: Context, day: date, weeks: int = 0) -> date:
    """The first day of the week ``weeks`` after the day's own, by the locale's first weekday."""
    return day - DAY * ((day.weekday() - context.week_start) % 7) + DAY * 7 * weeks


def month_day(context: Context, month: int, day: int) -> date | None:
    """The next (in a tale of the past, the last) such day of the year; 29 February waits for its year."""
    return day_of_a_year(context, lambda year: safe_date(year, month, day))


def day_of_a_year(context: Context, in_year: Callable[[int], date | None]) -> date | None:
    """The next (in a tale of the past, the last) of a day that every year, or nearly, has."""
    today = context.now.date()
    for step in range(9):
        found = in_year(today.year - step if context.past else today.year + step)
        if found and (found <= today if context.past else found >= today):
            return found
    return None


def day_of_month(context: Context, day: int, weekday: int | None = None) -> date | None:
    """The next (or last) such day of a month, if need be the next that is a given weekday."""
    today = context.now.date()
    first = today.replace(day=1)
    for step in range(48):
        month = months_later(first, -step if context.past else step)
        found = safe_date(month.year, month.month, day)
        if found and (found <= today if context.past else found >= today) and weekday in {None, found.weekday()}:
            return found
    return None


def nth_weekday(first: date, weekday: int, nth: int) -> date | None:
    """The nth such weekday of the month that begins on ``first``; -1 is the last."""
    if nth < 0:
        last = months_later(first, 1) - DAY
        return last - DAY * ((last.weekday() - weekday) % 7)
    found = weekday_from(first, weekday) + DAY * 7 * (nth - 1)
    return found if found.month == first.month else None


def quarter_of(day: date, quarters: int = 0) -> date:
    """The first day of the quarter ``quarters`` after the day's own."""
    return months_later(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), 3 * quarters)


def by_closeness(day: date, weekday: int) -> list[date]:
    """Such weekdays around a day, the closest first."""
    around = [weekday_from(day, weekday) + DAY * 7 * week for week in range(-5, 6)]
    return sorted(around, key=lambda each: abs(each - day))


def workdays_later(day: date, count: int) -> date:
    """The day ``count`` Mondays-to-Fridays away."""
    step = DAY if count >= 0 else -DAY
    while count:
        day += step
        if day.weekday() < 5:
            count -= 1 if step > timedelta() else -1
    return day


def shift(day: date, span: Span, sign: int = 1) -> date:
    """A day moved by a span's months and days."""
    if span.weekdays:
        return workdays_later(day, sign * span.days)
    return months_later(day, sign * span.months) + DAY * (sign * span.days)


def elapse(context: Context, span: Span, sign: int = 1) -> datetime:
    """Now moved by a span; hours are counted as they pass, also on the night the clocks change."""
    day = shift(context.now.date(), span, sign)
    start = datetime.combine(day, context.now.time())
    seconds = timedelta(seconds=sign * float(span.seconds))
    if context.zone is None or not seconds:
        return start + seconds
    moved = start.replace(tzinfo=context.zone).astimezone(UTC) + seconds
    return moved.astimezone(context.zone).replace(tzinfo=None)


def existing(context: Context, when: datetime) -> datetime:
    """A wall time that the change of the clocks skips moves forward by what is skipped: 2:30 becomes 3:30."""
    if context.zone is None:
        return when
    return when.replace(tzinfo=context.zone).astimezone(UTC).astimezone(context.zone).replace(tzinfo=None)


def at(day: date, clock: Clock) -> datetime:
    """That clock time of a day, as said."""
    return datetime.combine(day, time(clock.hour, clock.minute, clock.second)) + DAY * clock.days


def twelve_later(clock: Clock) -> Clock:
    """The other reading of an open clock: 3 as 15, 12 as 0."""
    if clock.hour == 12:
        return clock._replace(hour=0, days=clock.days + 1, open=False)
    return clock._replace(hour=clock.hour + 12, open=False)


def in_half(clock: Clock, half: str) -> Clock | None:
    """An open clock settled by its half of the day (am, pm, noon, night); None where the two contradict."""
    hour = clock.hour
    if half == "am":
        return clock._replace(hour=hour % 12, open=False) if hour <= 12 else None
    if not clock.open:
        return clock._replace(hour=hour + 12) if 0 < hour < 12 and half != "night" else clock
    if half == "noon":
        return clock._replace(hour=hour if hour >= 10 else hour + 12, open=False)
    if half == "night" and (hour == 12 or hour < 5):
        return clock._replace(hour=hour % 12, open=False, days=1)
    return clock._replace(hour=hour % 12 + 12, open=False)


def minutes_later(clock: Clock, minutes: int) -> Clock:
    """A clock some minutes later or, below zero, earlier."""
    days, rest = divmod(clock.hour * 60 + clock.minute + minutes, 24 * 60)
    hour, minute = divmod(rest, 60)
    if clock.open and hour == 0:
        hour, days = 12, 0
    return clock._replace(hour=hour, minute=minute, grain="minute", days=clock.days + days, sure=min(clock.sure, 0.9))


def clock_near(context: Context, clock: Clock) -> datetime:
    """When a time named without a day comes next (in a tale of the past: came last)."""
    today = context.now.date()
    asleep = not _NIGHT_ENDS <= context.now.hour < _NIGHT_BEGINS
    clocks = [clock, twelve_later(clock)] if clock.open and clock.hour != 12 else [clock]
    steps = (-1, 0) if context.past else (0, 1)
    times = sorted(at(today, each._replace(days=0)) + DAY * step for each in clocks for step in steps)
    awake = [when for when in times if asleep or not clock.open or _NIGHT_ENDS <= when.hour < _NIGHT_BEGINS] or times
    if context.past:
        return max((when for when in awake if when <= context.now), default=awake[0])
    return min((when for when in awake if when >= context.now), default=awake[-1])


def moment(context: Context, day: Day, clock: Clock) -> Moment:
    """A clock time on a day; up to half past six an open clock is the afternoon's, unless the year was written too."""
    sure = min(day.sure, clock.sure)
    if not clock.open:
        return Moment(at(day.date, clock), clock.grain, sure)
    minutes = clock.hour * 60 + clock.minute
    late = minutes <= _AFTERNOON_UNTIL and not day.written
    first, other = at(day.date, clock), at(day.date, twelve_later(clock))
    when = other if late else first
    if day.date == context.now.date() and not context.past and when < context.now <= other and clock.hour != 12:
        when = other
    return Moment(when, clock.grain, min(sure, 0.8))


def day_period(day: date, first: int, last: int) -> Period:
    """From one hour to another of a day; hours past 24 are the next day's."""
    midnight = datetime.combine(day, time())
    return Period(midnight + timedelta(hours=first), midnight + timedelta(hours=last), "hour")


def days_period(start: date, end: date, grain: str, sure: float = 0.9) -> Period:
    """From the start of one day to the start of another."""
    return Period(datetime.combine(start, time()), datetime.combine(end, time()), grain, sure)
