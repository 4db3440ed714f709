"""What comes again: ``every Monday at 9``, ``每周一``; as RFC 5545 rules with their next occurrence."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

from core.when.english import UNITS
from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    elapse,
    in_half,
    moment,
    shift,
    weekday_near,
)
from core.when.rules.spans import times
from core.when.values import Clock, Day, Every, Part, Span, Unit

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SATURDAY = 5
_WEEKEND = 2  # days; it comes on a Saturday
# The frequency that counts each unit, and the seconds in one of it.
_LENGTHS = {"minute": ("MINUTELY", 60), "hour": ("HOURLY", 3600), "day": ("DAILY", 86400), "week": ("WEEKLY", 604800)}


def on_day(day: date, rule_text: str) -> Every:
    """What next comes on a day."""
    return Every(datetime.combine(day, time()), rule_text)


@rule("EVERY", "every WEEKDAY", "[on] WEEKDAYS", "weekly on WEEKDAY|WEEKDAYS", "每 WEEKDAY")
def every_weekday(context: Context, day: int) -> Every:
    """``every Monday`` is 2026-03-09; ``Mondays`` is 2026-03-09; ``每周一`` is 2026-03-09."""
    return on_day(weekday_near(context, day), f"FREQ=WEEKLY;BYDAY={CODES[day]}")


@rule("EVERY", "every other|second WEEKDAY", "隔 WEEKDAY", "隔 周|星期|个星期 WEEKDAY")
def every_other_weekday(context: Context, day: int) -> Every:
    """``every other Friday`` is 2026-03-06."""
    return on_day(weekday_near(context, day), f"FREQ=WEEKLY;INTERVAL=2;BYDAY={CODES[day]}")


@rule("EVERY", "EVERY [,|and|&|/] WEEKDAY|WEEKDAYS", "EVERY , and WEEKDAY|WEEKDAYS", "EVERY 和 WEEKDAY")
def and_weekday(context: Context, first: Every, day: int) -> Every | None:
    """``every Tue and Thu`` is 2026-03-03; ``每周一和周四`` is 2026-03-05."""
    if "WEEKLY" not in first.rule or "BYDAY" not in first.rule:
        return None
    return on_day(min(first.next.date(), weekday_near(context, day)), f"{first.rule},{CODES[day]}")


@rule("EVERY", "EVERY [,] INT")
def and_numbered_weekdays(context: Context, first: Every, digits: int) -> Every | None:
    """``每周一三五`` is 2026-03-04; ``每周二、四`` is 2026-03-03."""
    days = [int(digit) - 1 for digit in str(digits)]
    known = CODES.index(first.rule[-2:]) if first.rule[-2:] in CODES else _SATURDAY + 1
    if (
        "WEEKLY" not in first.rule
        or any(later <= day for day, later in pairwise([known, *days]))
        or days[-1] > _SATURDAY
    ):
        return None
    every: Every | None = first
    for day in days:
        every = and_weekday(context, every, day) if every else None
    return every


@rule("EVERY", "every|on weekday|workday|weekdays", "every business day", "weekdays", "[每] 工作日", "每 个工作日")
def every_workday(context: Context) -> Every:
    """``every weekday`` is 2026-03-03; ``每个工作日`` is 2026-03-03."""
    day = context.now.date() + DAY
    while day.weekday() >= _SATURDAY:
        day += DAY
    return on_day(day, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")


@rule("EVERY", "every weekend|weekends", "on weekends", "每 周末|个周末")
def every_weekend(context: Context) -> Every:
    """``every weekend`` is 2026-03-07; ``每周末`` is 2026-03-07."""
    return on_day(weekday_near(context, _SATURDAY), "FREQ=WEEKLY;BYDAY=SA,SU")


@rule("EVERY", "每 隔 COUNT ZHUNIT|RI")
def every_so_many_between(context: Context, count: Fraction, unit: Unit) -> Every | None:
    """``每隔一周`` is 2026-03-16: one week is left out; more are counted as ``每两周`` counts them."""
    return every_few(context, max(count, Fraction(2)), unit)


@rule("EVERY", "every COUNT UNIT", "每 COUNT ZHUNIT|RI")
def every_few(context: Context, count: Fraction, unit: Unit) -> Every | None:
    """``every 2 weeks`` is 2026-03-16; ``每两周`` is 2026-03-16; ``每半年`` is 2026-09-02."""
    span = times(count, unit)
    counted = None if span is None or unit.weekdays else _counted(span, unit)
    if span is None or counted is None or counted[1].denominator != 1:
        return None
    frequency, interval = counted
    by = f";INTERVAL={interval}" if interval > 1 else ""
    grain = "minute" if span.seconds else "day"
    start = elapse(context, span) if span.seconds else datetime.combine(shift(context.now.date(), span), time())
    return Every(start, f"FREQ={frequency}{by}", grain)


def _counted(span: Span, unit: Unit) -> tuple[str, Fraction] | None:
    """How often a span comes: in years where it is whole years, in months, or in a smaller unit of its own."""
    if span.months:
        years = unit.grain == "year" and span.months % 12 == 0
        return ("YEARLY", Fraction(span.months, 12)) if years else ("MONTHLY", Fraction(span.months))
    per = _LENGTHS.get(unit.grain)
    return None if per is None else (per[0], span.length / per[1])


@rule("EVERY", "EVERY 一次")
def once(_context: Context, every: Every) -> Every:
    """``每月一次`` is 2026-04-02."""
    return every


@rule("EVERY", "每 ONCEA")
def once_a_week(context: Context, word: str) -> Every | None:
    """``每周一次`` is 2026-03-09: no Monday."""
    return every_unit(context, UNITS[word])


@rule("EVERY", "[每] INT ONCEA")
def once_in_weeks(context: Context, count: int, word: str) -> Every | None:
    """``两周一次`` is 2026-03-16."""
    return every_few(context, Fraction(count), UNITS[word])


@rule("EVERY", "EVERY on WEEKDAY|WEEKDAYS")
def every_on_weekday(context: Context, every: Every, day: int) -> Every | None:
    """``every two weeks on Monday`` is 2026-03-09."""
    if not every.rule.startswith("FREQ=WEEKLY") or "BYDAY" in every.rule:
        return None
    return on_day(weekday_near(context, day), f"{every.rule};BYDAY={CODES[day]}")


@rule("EVERY", "every [single] UNIT", "once a|per|every UNIT", "每 ZHUNIT|RI")
def every_unit(context: Context, unit: Unit) -> Every | None:
    """``every week`` is 2026-03-09; ``每天`` is 2026-03-03."""
    return every_few(context, Fraction(1), unit) if unit.days != _WEEKEND else None


@rule("EVERY", "每 PERIODWORD")
def every_period_zh(context: Context, word: str) -> Every | None:
    """``每月`` is 2026-04-02."""
    return every_unit(context, UNITS[word])


@rule("EVERY", "every other|second UNIT", "隔 ZHUNIT")
def every_other(context: Context, unit: Unit) -> Every | None:
    """``every other week`` is 2026-03-16."""
    return every_few(context, Fraction(2), unit)


@rule("EVERY", "hourly")
def hourly(context: Context) -> Every | None:
    """``hourly`` is 2026-03-02T11:00."""
    return every_unit(context, UNITS["hour"])


@rule("EVERY", "daily")
def daily(context: Context) -> Every | None:
    """``daily`` is 2026-03-03."""
    return every_unit(context, UNITS["day"])


@rule("EVERY", "weekly")
def weekly(context: Context) -> Every | None:
    """``weekly`` is 2026-03-09."""
    return every_unit(context, UNITS["week"])


@rule("EVERY", "biweekly|fortnightly", "bi - weekly")
def fortnightly(context: Context) -> Every | None:
    """``biweekly`` is 2026-03-16."""
    return every_few(context, Fraction(2), UNITS["week"])


@rule("EVERY", "monthly")
def monthly(context: Context) -> Every | None:
    """``monthly`` is 2026-04-02."""
    return every_unit(context, UNITS["month"])


@rule("EVERY", "quarterly")
def quarterly(context: Context) -> Every | None:
    """``quarterly`` is 2026-06-02."""
    return every_unit(context, UNITS["quarter"])


@rule("EVERY", "annually")
def yearly(context: Context) -> Every | None:
    """``annually`` is 2027-03-02."""
    return every_unit(context, UNITS["year"])


@rule("EVERYAT", "every PART", "EVERY PART", "EVERY in the PART")
def every_part(context: Context, first: Every | Part, second: Part | None = None) -> Every | None:
    """``every morning`` is 2026-03-03T09:00; ``每周五下午`` is 2026-03-06T14:00."""
    part = first if isinstance(first, Part) else second
    every = daily(context) if isinstance(first, Part) else first
    return None if part is None or every is None else every_at(context, every, Clock(part.start))


@rule("EVERYAT", "EVERY [,] DAYTIME|HOURZH")
def every_at(context: Context, every: Every, clock: Clock) -> Every | None:
    """``every Monday at 9`` is 2026-03-09T09:00; ``每天9点`` is 2026-03-03T09:00."""
    when = moment(context, Day(every.next.date()), clock)
    at = when.at - timedelta(seconds=when.at.second)
    return Every(at, f"{every.rule};BYHOUR={at.hour};BYMINUTE={at.minute}", when.grain)


@rule("EVERYAT", "EVERY PART [的] DAYTIME|HOURZH", "every PART DAYTIME", "DAYTIME EVERY")
def every_part_at(context: Context, *words: Every | Part | Clock) -> Every | None:
    """``每周一上午10点`` is 2026-03-09T10:00; ``9am every Monday`` is 2026-03-09T09:00."""
    every = next((word for word in words if isinstance(word, Every)), daily(context))
    clock = next(word for word in words if isinstance(word, Clock))
    part = next((word for word in words if isinstance(word, Part)), None)
    settled = in_half(clock, part.half) if part else clock
    return None if settled is None or every is None else every_at(context, every, settled)
