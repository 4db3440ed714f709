"""What comes again: ``every Monday at 9``, ``每周一``; as RFC 5545 rules with their next occurrence."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from core.when.english import UNITS
from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    day_of_month,
    in_half,
    moment,
    month_day,
    months_later,
    nth_weekday,
    shift,
    weekday_near,
)
from core.when.rules.spans import times
from core.when.values import Clock, Day, Every, Part, Unit

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SATURDAY = 5
_FREQUENCIES = {
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
}


def _every(day: date, rule_text: str) -> Every:
    return Every(datetime.combine(day, time()), rule_text)


@rule("EVERY", "every WEEKDAY", "[on] WEEKDAYS", "weekly on WEEKDAY|WEEKDAYS", "每 WEEKDAY")
def every_weekday(context: Context, day: int) -> Every:
    """``every Monday`` is 2026-03-09; ``Mondays`` is 2026-03-09; ``每周一`` is 2026-03-09."""
    return _every(weekday_near(context, day), f"FREQ=WEEKLY;BYDAY={_CODES[day]}")


@rule("EVERY", "every other|second WEEKDAY", "隔 WEEKDAY")
def every_other_weekday(context: Context, day: int) -> Every:
    """``every other Friday`` is 2026-03-06."""
    return _every(weekday_near(context, day), f"FREQ=WEEKLY;INTERVAL=2;BYDAY={_CODES[day]}")


@rule("EVERY", "EVERY [,|and|&|/] WEEKDAY", "EVERY , and WEEKDAY", "EVERY 和 WEEKDAY")
def and_weekday(context: Context, first: Every, day: int) -> Every | None:
    """``every Tue and Thu`` is 2026-03-03; ``每周一和周四`` is 2026-03-05."""
    if "WEEKLY" not in first.rule or "BYDAY" not in first.rule:
        return None
    return _every(min(first.next.date(), weekday_near(context, day)), f"{first.rule},{_CODES[day]}")


@rule("EVERY", "every|on weekday|workday|weekdays", "every business day", "weekdays", "每 工作日|个工作日")
def every_workday(context: Context) -> Every:
    """``every weekday`` is 2026-03-03; ``每个工作日`` is 2026-03-03."""
    day = context.now.date() + DAY
    while day.weekday() >= _SATURDAY:
        day += DAY
    return _every(day, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")


@rule("EVERY", "every COUNT UNIT", "每 [隔] COUNT ZHUNIT")
def every_few(context: Context, count: Fraction, unit: Unit) -> Every | None:
    """``every 2 weeks`` is 2026-03-16; ``每两周`` is 2026-03-16; ``every 3 months`` is 2026-06-02."""
    span = times(count, unit)
    if span is None or span.seconds or count.denominator != 1 or unit.weekdays:
        return None
    frequency, per = _FREQUENCIES[unit.grain]
    interval = int(count) * per * (unit.days // 7 if unit.grain == "week" else 1)
    by = f";INTERVAL={interval}" if interval > 1 else ""
    return _every(shift(context.now.date(), span), f"FREQ={frequency}{by}")


@rule("EVERY", "every UNIT", "每 ZHUNIT")
def every_unit(context: Context, unit: Unit) -> Every | None:
    """``every week`` is 2026-03-09; ``每天`` is 2026-03-03."""
    return every_few(context, Fraction(1), unit)


@rule("EVERY", "每 PERIODWORD")
def every_period_zh(context: Context, word: str) -> Every | None:
    """``每月`` is 2026-04-02."""
    return every_unit(context, UNITS[word])


@rule("EVERY", "every other|second UNIT", "隔 ZHUNIT")
def every_other(context: Context, unit: Unit) -> Every | None:
    """``every other week`` is 2026-03-16."""
    return every_few(context, Fraction(2), unit)


@rule("EVERY", "daily")
def daily(context: Context) -> Every | None:
    """``daily`` is 2026-03-03."""
    return every_unit(context, UNITS["day"])


@rule("EVERY", "weekly")
def weekly(context: Context) -> Every | None:
    """``weekly`` is 2026-03-09."""
    return every_unit(context, UNITS["week"])


@rule("EVERY", "biweekly|fortnightly")
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


@rule(
    "EVERY",
    "every month on the ORD",
    "[on] the ORD of every month",
    "monthly on the ORD",
    "every NTH",
    "every NTH of the month",
)
def every_month_day(context: Context, day: int) -> Every | None:
    """``monthly on the 5th`` is 2026-03-05; ``every 15th`` is 2026-03-15."""
    found = day_of_month(context, day)
    return None if found is None else _every(found, f"FREQ=MONTHLY;BYMONTHDAY={day}")


@rule("EVERY", "每 PERIODWORD [的] DAY 日")
def every_month_day_zh(context: Context, word: str, day: int) -> Every | None:
    """``每月5号`` is 2026-03-05."""
    return every_month_day(context, day) if word == "month" else None


@rule("EVERY", "[the] ORD WEEKDAY of every month", "every ORD WEEKDAY of the month")
def every_nth_weekday(context: Context, nth: int, day: int) -> Every | None:
    """``first Monday of every month`` is 2026-04-06."""
    for months in range(13):
        first = months_later(context.now.date().replace(day=1), months)
        found = nth_weekday(first, day, nth)
        if nth <= 5 and found and found > context.now.date():
            return _every(found, f"FREQ=MONTHLY;BYDAY={nth}{_CODES[day]}")
    return None


@rule("EVERY", "every MD", "every year on MD", "每 年 [的] MD")
def every_year_day(context: Context, pair: tuple[int, int]) -> Every | None:
    """``every Jan 3`` is 2027-01-03; ``每年3月15日`` is 2026-03-15."""
    found = month_day(context, *pair)
    return None if found is None else _every(found, f"FREQ=YEARLY;BYMONTH={pair[0]};BYMONTHDAY={pair[1]}")


@rule("EVERYAT", "every PART", "EVERY PART", "EVERY in the PART")
def every_part(context: Context, first: Every | Part, second: Part | None = None) -> Every | None:
    """``every morning`` is 2026-03-03T09:00; ``每周五下午`` is 2026-03-06T14:00."""
    part = first if isinstance(first, Part) else second
    every = daily(context) if isinstance(first, Part) else first
    return None if part is None or every is None else every_at(context, every, Clock(part.start))


@rule("EVERYAT", "EVERY [,] DAYTIME")
def every_at(context: Context, every: Every, clock: Clock) -> Every | None:
    """``every Monday at 9`` is 2026-03-09T09:00; ``每天9点`` is 2026-03-03T09:00."""
    when = moment(context, Day(every.next.date()), clock)
    at = when.at - timedelta(seconds=when.at.second)
    return Every(at, f"{every.rule};BYHOUR={at.hour};BYMINUTE={at.minute}", when.grain)


@rule("EVERYAT", "EVERY PART [的] DAYTIME", "DAYTIME EVERY")
def every_part_at(context: Context, *words: Every | Part | Clock) -> Every | None:
    """``每周一上午10点`` is 2026-03-09T10:00; ``9am every Monday`` is 2026-03-09T09:00."""
    every = next(word for word in words if isinstance(word, Every))
    clock = next(word for word in words if isinstance(word, Clock))
    part = next((word for word in words if isinstance(word, Part)), None)
    settled = in_half(clock, part.half) if part else clock
    return None if settled is None else every_at(context, every, settled)
