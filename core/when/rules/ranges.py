"""From one time to another: ``3-5pm Thu``, ``Mon-Wed``, ``Jan 3-5``, ``明天下午2点到4点``, ``3月10日到12日``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    at,
    clock_near,
    days_period,
    in_half,
    month_day,
    months_later,
    safe_date,
    weekday_from,
)
from core.when.values import Clock, Day, Moment, Part, Period

Clocks = tuple[Clock, Clock]
_NOON = 12
_YEAR = 366
_WORK_BEGINS = 7  # 9 to 5 begins in the morning, 2 to 4 in the afternoon


def _minutes(clock: Clock) -> int:
    return (clock.hour + 24 * clock.days) * 60 + clock.minute


def ordered(first: Clock, last: Clock) -> Clocks | None:
    """Two clocks settled so that the second follows the first, in working hours where both are open."""
    if first.open and last.open:
        first = in_half(first, "pm" if first.hour < _WORK_BEGINS else "am" if first.hour < 12 else "noon") or first
    if last.open:
        early = in_half(last, "am")
        last = early if early and _minutes(early) > _minutes(first) else in_half(last, "pm") or last
    elif first.open:
        late = in_half(first, "pm") or first
        first = late if _minutes(late) < _minutes(last) else in_half(first, "am") or first
    return (first, last) if _minutes(first) < _minutes(last) else None


def _hour(hour: int) -> Clock:
    return Clock(hour % 24, open=1 <= hour <= 12, days=hour // 24)


def _of_day(day: Day, pair: Clocks) -> Period:
    return Period(at(day.date, pair[0]), at(day.date, pair[1]), "minute", day.sure)


# --- clock to clock


@rule(
    "CLOCKS",
    "[from|between] DAYTIME|HOUR -|to|and|到 TIME",
    "从 DAYTIME|HOUR 到 DAYTIME|HOURZH",
    "DAYTIME|HOUR|HOURZH 到 HOURZH|TIME",
    "TIME - DAYTIME|HOUR",
)
def clocks(_context: Context, first: Clock, last: Clock) -> Clocks | None:
    """``9am to 11am tomorrow`` is 2026-03-03T09:00/2026-03-03T11:00; ``明天下午2点到4点`` is 2026-03-03T14:00."""
    return ordered(first, last)


@rule("CLOCKS", "from TIME to HOUR", "between TIME and HOUR")
def clock_to_hour(_context: Context, first: Clock, last: Clock) -> Clocks | None:
    """``from noon to 2`` is 2026-03-02T12:00/2026-03-02T14:00."""
    return ordered(first, last)


@rule("RANGE", "DAYPARTOF [,] CLOCKS|HOURSTO")
def part_and_clocks(_context: Context, day_part: tuple[Day, Part], pair: Clocks) -> Period:
    """``tomorrow evening from 7 to 9`` is 2026-03-03T19:00/2026-03-03T21:00."""
    day, part = day_part
    late = part.half != "am" and pair[1].hour < _NOON and not pair[1].days
    return _of_day(day, (_later(pair[0]), _later(pair[1])) if late else pair)


@rule("RANGE", "CLOCKS|HOURSTO [,|in] DAYPARTOF")
def clocks_and_part(context: Context, pair: Clocks, day_part: tuple[Day, Part]) -> Period:
    """``between 2 and 4 tomorrow afternoon`` is 2026-03-03T14:00/2026-03-03T16:00."""
    return part_and_clocks(context, day_part, pair)


def _later(clock: Clock) -> Clock:
    return clock._replace(hour=clock.hour + 12) if clock.hour < _NOON else clock


@rule("CLOCKS", "[from|between] HOURS MERIDIEM")
def hyphened(_context: Context, hours: tuple[int, int], half: str) -> Clocks | None:
    """``3-5pm Thu`` is 2026-03-05T15:00/2026-03-05T17:00; ``11-1pm Fri`` is 2026-03-06T11:00/2026-03-06T13:00."""
    last = in_half(_hour(hours[1]), half) if min(hours) > 0 and max(hours) <= 12 else None
    return None if last is None else ordered(_hour(hours[0]), last)


@rule("HOURSTO", "from|between|at HOURS", "HOURS 点")
def hours(_context: Context, pair: tuple[int, int]) -> Clocks | None:
    """``tomorrow from 10-4`` is 2026-03-03T10:00/2026-03-03T16:00."""
    return ordered(_hour(pair[0]), _hour(pair[1]))


@rule("HOURSTO", "from HOUR to|until HOUR", "between HOUR and HOUR")
def hours_spelt(_context: Context, first: Clock, last: Clock) -> Clocks | None:
    """``from 9 to 11 tomorrow`` is 2026-03-03T09:00/2026-03-03T11:00."""
    return ordered(first, last)


@rule("CLOCKS", "PART HOURS 点")
def hours_of_part(_context: Context, part: Part, pair: tuple[int, int]) -> Clocks | None:
    """``下午2-4点`` is 2026-03-02T14:00/2026-03-02T16:00."""
    first = in_half(_hour(pair[0]), part.half)
    return None if first is None else ordered(first, _hour(pair[1]))


@rule("RANGE", "DAYISH [,|at|的] CLOCKS|HOURSTO")
def day_and_clocks(_context: Context, day: Day, pair: Clocks) -> Period:
    """``Thursday 3-5pm`` is 2026-03-05T15:00/2026-03-05T17:00."""
    return _of_day(day, pair)


@rule("RANGE", "DAYISH [,] HOURS")
def day_and_hours(_context: Context, day: Day, pair: tuple[int, int]) -> Period | None:
    """``tomorrow 10-12`` is 2026-03-03T10:00/2026-03-03T12:00."""
    settled = ordered(_hour(pair[0]), _hour(pair[1]))
    return None if settled is None else _of_day(day, settled)


@rule("RANGE", "DAYISH [,|at] HOUR to HOUR")
def day_and_bare_hours(_context: Context, day: Day, first: Clock, last: Clock) -> Period | None:
    """``tomorrow 9 to 5`` is 2026-03-03T09:00/2026-03-03T17:00."""
    settled = ordered(first, last)
    return None if settled is None else _of_day(day, settled)


@rule("RANGE", "CLOCKS|HOURSTO [on|,] DAYISH")
def clocks_and_day(_context: Context, pair: Clocks, day: Day) -> Period:
    """``3-5pm on Thursday`` is 2026-03-05T15:00/2026-03-05T17:00."""
    return _of_day(day, pair)


@rule("RANGE", "CLOCKS")
def clocks_alone(context: Context, pair: Clocks) -> Period:
    """``9-11am`` is 2026-03-03T09:00/2026-03-03T11:00."""
    return _of_day(Day(clock_near(context, pair[0]).date(), sure=0.8), pair)


@rule("WEAKRANGE", "HOURSTO")
def hours_alone(context: Context, pair: Clocks) -> Period:
    """``from 2 to 4`` is 2026-03-02T14:00/2026-03-02T16:00."""
    return clocks_alone(context, pair)._replace(sure=0.6)


# --- day to day


@rule("RANGE", "[from] DAYISH -|to|到 DAYISH", "between DAYISH and DAYISH", "从 DAYISH 到 DAYISH")
def days(_context: Context, first: Day, last: Day) -> Period | None:
    """``Mon-Wed`` is 2026-03-09/2026-03-12; ``周三到周五`` is 2026-03-04/2026-03-07."""
    end = last.date
    if end <= first.date and last.open == "week":
        end = weekday_from(first.date + DAY, end.weekday())
    if end <= first.date and last.open == "year":
        end = safe_date(end.year + 1, end.month, end.day) or end
    return days_period(first.date, end + DAY, "day", min(first.sure, last.sure)) if end > first.date else None


@rule("RANGE", "[from] DAYISH -|to|到 DAY [日]", "[from] DAYISH -|to|到 NTH")
def to_day(_context: Context, first: Day, last: int) -> Period | None:
    """``March 10 to 12`` is 2026-03-10/2026-03-13; ``3月10日到12日`` is 2026-03-10/2026-03-13."""
    end = safe_date(first.date.year, first.date.month, last)
    of_month = first.open in {"year", "month"} or first.written
    return days_period(first.date, end + DAY, "day", first.sure) if of_month and end and end > first.date else None


@rule("RANGE", "MONTH PAIR", "MONTHZH PAIR 日")
def month_and_days(context: Context, month: int, pair: tuple[int, int]) -> Period | None:
    """``Jan 3-5`` is 2027-01-03/2027-01-06; ``3月10-12日`` is 2026-03-10/2026-03-13."""
    return _days_of_month(month_day(context, month, pair[0]), pair[1])


@rule("RANGE", "PAIR [of] MONTH", "[from|between] [the] DAY|ORD -|to|and|until [the] DAY|ORD [of] MONTH")
def days_and_month(context: Context, *words: int | tuple[int, int]) -> Period | None:
    """``3-5 May`` is 2026-05-03/2026-05-06; ``from 5 to 8 May`` is 2026-05-05/2026-05-09."""
    *days, month = words
    first, last = days[0] if isinstance(days[0], tuple) else days
    if not (isinstance(first, int) and isinstance(last, int) and isinstance(month, int)) or last <= first:
        return None
    return _days_of_month(month_day(context, month, first), last)


@rule("RANGE", "PAIR [of] MONTH [,] YEAR")
def days_month_year(context: Context, pair: tuple[int, int], month: int, year: int) -> Period | None:
    """``3-5 May 2028`` is 2028-05-03/2028-05-06."""
    return month_days_year(context, month, pair, year)


@rule("RANGE", "MONTH PAIR [,] YEAR")
def month_days_year(_context: Context, month: int, pair: tuple[int, int], year: int) -> Period | None:
    """``Jan 3-5, 2028`` is 2028-01-03/2028-01-06."""
    return _days_of_month(safe_date(year, month, pair[0]), pair[1])


def _days_of_month(first: date | None, last: int) -> Period | None:
    end = safe_date(first.year, first.month, last) if first else None
    return days_period(first, end + DAY, "day") if first and end else None


@rule("RANGE", "今明 INT 天")
def today_and_tomorrow(context: Context, _two: int) -> Period:
    """``今明两天`` is 2026-03-02/2026-03-04."""
    today = context.now.date()
    return days_period(today, today + DAY * 2, "day")


@rule("RANGE", "明后 INT 天")
def tomorrow_and_next(context: Context, _two: int) -> Period:
    """``明后两天`` is 2026-03-03/2026-03-05."""
    tomorrow = context.now.date() + DAY
    return days_period(tomorrow, tomorrow + DAY * 2, "day")


@rule("RANGE", "[from] MONTHOF -|to|到 MONTHOF", "between MONTHOF and MONTHOF")
def months(_context: Context, first: date, last: date) -> Period | None:
    """``from April to June`` is 2026-04-01/2026-07-01; ``5月到7月`` is 2026-05-01/2026-08-01."""
    end = months_later(last if last > first else months_later(last, 12), 1)
    return days_period(first, end, "month") if (end - first).days < _YEAR else None


# --- moment to moment


@rule("RANGE", "[from] MOMENT -|to|到 MOMENT")
def moments(_context: Context, first: Moment, last: Moment) -> Period | None:
    """``tomorrow 9am to Friday 5pm`` is 2026-03-03T09:00/2026-03-06T17:00."""
    return Period(first.at, last.at, "minute") if first.at < last.at else None
