"""From one time to another: ``3-5pm Thu``, ``Mon-Wed``, ``Jan 3-5``, ``10点到12点``, ``5月3日到5日``."""

from datetime import datetime, time

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, at, clock_near, days_period, safe_date, weekday_from
from core.when.rules.clocks import in_half
from core.when.values import Clock, Day, Moment, Part, Period

Clocks = tuple[Clock, Clock]


@rule("CLOCKS", "ATTIME -|to|到|and TIME|FULLCLOCK|ZHCLOCK", "from ATTIME -|to TIME", "between ATTIME and|- TIME", "TIME - ATTIME", "TIME|ZHCLOCK|FULLCLOCK 到 TIME|ZHCLOCK|FULLCLOCK", examples="9am to 11am tomorrow -> 2026-03-03T09:00")
def clocks(_context: Context, first: Clock, last: Clock) -> Clocks | None:
    return _ordered(first, last)


@rule("CLOCKS", "HOURS MERIDIEM", "from|between HOURS MERIDIEM", examples="3-5pm Thu -> 2026-03-05T15:00")
def hyphened(_context: Context, hours: tuple[int, int], half: str) -> Clocks | None:
    if max(hours) > 12 or not min(hours):
        return None
    last = in_half(Clock(hours[1], open=True), half)
    return last and _ordered(Clock(hours[0], open=True), last)


@rule("CLOCKS", "from|between HOURS", "DASHEDHOURS", "from HOUR to HOUR", "between HOUR and HOUR", examples="tomorrow from 10-4 -> 2026-03-03T10:00")
def hours(_context: Context, pair: tuple[int, int] | Clock, last: Clock | None = None) -> Clocks | None:
    if isinstance(pair, Clock):
        return last and _ordered(pair, last)
    return _ordered(Clock(pair[0], open=1 <= pair[0] <= 12), Clock(pair[1], open=1 <= pair[1] <= 12))


@rule("CLOCKS", "PART HOURS 点", "PART ZHCLOCK|FULLCLOCK 到 ZHCLOCK|FULLCLOCK", "PART HOUR 到 ZHCLOCK|FULLCLOCK", examples="明天下午2点到4点 -> 2026-03-03T14:00")
def in_part(_context: Context, part: Part, first: Clock | tuple[int, int], last: Clock | None = None) -> Clocks | None:
    if isinstance(first, tuple) and not isinstance(first, Clock):
        first, last = Clock(first[0], open=first[0] <= 12), Clock(first[1], open=first[1] <= 12)
    begin = in_half(first, part.half)
    return begin and last and _ordered(begin, last)


def _ordered(first: Clock, last: Clock) -> Clocks | None:
    """Two open clocks settled so that the second follows the first, in working hours where both are open."""
    if first.open and last.open:
        first = in_half(first, "pm" if first.hour < 7 else "am") or first
    if last.open:
        last = in_half(last, "am" if _minutes(last) > _minutes(first) and last.hour != 12 else "pm") or last
    elif not first.open:
        return (first, last) if _minutes(first) < _minutes(last) or last.days else None
    else:
        late = in_half(first, "pm") or first
        first = late if _minutes(late) < _minutes(last) or last.days else in_half(first, "am") or first
    return first, last


def _minutes(clock: Clock) -> int:
    return clock.hour * 60 + clock.minute


def _period(day: Day, pair: Clocks) -> Period:
    start, end = at(day.date, pair[0]), at(day.date, pair[1])
    return Period(start, end if end > start else end + DAY, "minute", day.sure)


@rule("RANGE", "DAYISH [,|at|from] CLOCKS", "DAYISH CLOCKS", examples="Thursday 3-5pm -> 2026-03-05T15:00")
def day_and_clocks(_context: Context, day: Day, pair: Clocks) -> Period:
    return _period(day, pair)


@rule("RANGE", "DAYISH [,|from|between|at] HOURS", examples="tomorrow 10-12 -> 2026-03-03T10:00")
def day_and_hours(context: Context, day: Day, pair: tuple[int, int]) -> Period | None:
    read = hours(context, pair)
    return read and _period(day, read)


@rule("RANGE", "CLOCKS [on|,] DAYISH", "CLOCKS", examples="3-5pm on Thursday -> 2026-03-05T15:00")
def clocks_and_day(context: Context, pair: Clocks, day: Day | None = None) -> Period:
    return _period(day or Day(clock_near(context, pair[0]).date()), pair)


@rule("RANGE", "DAYISH -|to|到|until DAYISH", "from DAYISH -|to|until DAYISH", "between DAYISH and DAYISH", "从 DAYISH 到 DAYISH", examples="Mon-Wed -> 2026-03-09; 周三到周五 -> 2026-03-04")
def days(_context: Context, first: Day, last: Day) -> Period | None:
    end = last.date
    if end <= first.date and last.open == "week":
        end = weekday_from(first.date + DAY, end.weekday())
    elif end <= first.date and last.open == "year":
        end = safe_date(end.year + 1, end.month, end.day) or end
    if end <= first.date:
        return None
    return days_period(first.date, end + DAY, "day", min(first.sure, last.sure))


@rule("RANGE", "DAYISH -|to|到 DAY [日]", "DAYISH -|to|到 ORD", examples="Jan 3 to 5 -> 2027-01-03; 5月3日到5日 -> 2026-05-03")
def to_day(_context: Context, first: Day, last: int) -> Period | None:
    end = safe_date(first.date.year, first.date.month, last)
    usable = first.open in {"year", "month"} or first.written
    return days_period(first.date, end + DAY, "day", first.sure) if usable and end and end > first.date else None


@rule("RANGE", "MONTH HYPHENED", "MONTH HYPHENED [,] YEAR", examples="Jan 3-5 -> 2027-01-03")
def month_and_days(context: Context, month: int, pair: tuple[int, int, bool], year: int | None = None) -> Period | None:
    return None


@rule("RANGE", "MOMENT -|to|到|until MOMENT", "from MOMENT -|to|until MOMENT", examples="tomorrow 9am to Friday 5pm -> 2026-03-03T09:00")
def moments(_context: Context, first: Moment, last: Moment) -> Period | None:
    return Period(first.at, last.at, "minute") if first.at < last.at else None


@rule("RANGE", "MOMENT -|to|到|until TIME|ZHCLOCK|FULLCLOCK", examples="tomorrow 2pm - 3pm -> 2026-03-03T14:00")
def moment_to_clock(_context: Context, first: Moment, last: Clock) -> Period | None:
    begin = first.at.time()
    pair = _ordered(Clock(begin.hour, begin.minute), last)
    return pair and Period(first.at, _period(Day(first.at.date()), pair).end, "minute", first.sure)


@rule("RANGE", "PERIOD -|to|到 PERIOD", "from PERIOD to PERIOD", examples="this week to next week -> 2026-03-02")
def periods(_context: Context, first: Period, last: Period) -> Period | None:
    return Period(first.start, last.end, first.grain) if first.start < last.start else None


def midnight(day: Day) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day.date, time())
