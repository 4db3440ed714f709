"""What comes again: ``every Monday at 9``, ``daily``, ``每周一``, ``每月5号``; as RFC 5545 rules, with the next occurrence."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from core.when.english import UNITS
from core.when.grammar import Context, rule
from core.when.reckoning import DAY, day_of_month, moment, month_day, shift, weekday_near
from core.when.rules.clocks import in_half
from core.when.rules.spans import times
from core.when.values import Clock, Day, Every, Part, Unit

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "month": ("MONTHLY", 1), "year": ("YEARLY", 1), "hour": ("HOURLY", 1),
    "quarter": ("MONTHLY", 3),
}  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _weekly(context: Context, day: int, every: int = 1) -> Every:
    interval = f";INTERVAL={every}" if every > 1 else ""
    return Every(_midnight(weekday_near(context, day)), f"FREQ=WEEKLY{interval};BYDAY={_CODES[day]}")


@rule("EVERY", "every WEEKDAY", "[on] WEEKDAYS", "每 WEEKDAY", "每 个 WEEKDAY", "weekly on WEEKDAY|WEEKDAYS", examples="every Monday -> 2026-03-09; 每周一 -> 2026-03-09")
def every_weekday(context: Context, day: int) -> Every:
    return _weekly(context, day)


@rule("EVERY", "every other|second WEEKDAY", "隔 WEEKDAY", examples="every other Friday -> 2026-03-06")
def every_other_weekday(context: Context, day: int) -> Every:
    return _weekly(context, day, 2)


@rule("EVERY", "EVERY [,|and|&|/] WEEKDAY", examples="every Monday and Thursday -> 2026-03-05")
def and_weekday(context: Context, first: Every, day: int) -> Every | None:
    if "BYDAY" not in first.rule:
        return None
    return Every(min(first.next, _midnight(weekday_near(context, day))), f"{first.rule},{_CODES[day]}")


@rule("EVERY", "every weekday|workday", "every working|business day", "每 工作日", "每 个 工作日", "[on] weekdays", examples="every weekday -> 2026-03-03; 每个工作日 -> 2026-03-03")
def every_workday(context: Context) -> Every:
    day = context.now.date() + DAY
    while day.weekday() > 4:
        day += DAY
    return Every(_midnight(day), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")


@rule("EVERY", "every UNIT", "每 ZHUNIT", examples="every week -> 2026-03-09; 每天 -> 2026-03-03")
def every_unit(context: Context, unit: Unit) -> Every | None:
    return every_few(context, Fraction(1), unit)


@rule("EVERY", "每 PERIODWORD", examples="每月 -> 2026-04-02")
def every_period_zh(context: Context, word: str) -> Every | None:
    return every_few(context, Fraction(1), UNITS[word])


@rule("EVERY", "every COUNT UNIT", "每 COUNT ZHUNIT", "每 隔 COUNT ZHUNIT", examples="every 2 weeks -> 2026-03-16; 每两周 -> 2026-03-16")
def every_few(context: Context, count: Fraction, unit: Unit) -> Every | None:
    span = times(count, unit)
    if span is None or count.denominator != 1 or unit.grain not in _FREQUENCIES or span.seconds:
        return None
    frequency, per = _FREQUENCIES[unit.grain]
    interval = int(count) * per * (unit.days // 7 if unit.grain == "week" else 1)
    by = f";INTERVAL={interval}" if interval > 1 else ""
    return Every(_midnight(shift(context, context.now.date(), span)), f"FREQ={frequency}{by}")


@rule("EVERY", "every other|second UNIT", "隔 ZHUNIT", examples="every other week -> 2026-03-16")
def every_other(context: Context, unit: Unit) -> Every | None:
    return every_few(context, Fraction(2), unit)


@rule("EVERY", "daily", examples="daily -> 2026-03-03")
def daily(context: Context) -> Every | None:
    return every_unit(context, UNITS["day"])


@rule("EVERY", "weekly", examples="weekly -> 2026-03-09")
def weekly(context: Context) -> Every | None:
    return every_unit(context, UNITS["week"])


@rule("EVERY", "monthly", examples="monthly -> 2026-04-02")
def monthly(context: Context) -> Every | None:
    return every_unit(context, UNITS["month"])


@rule("EVERY", "every month on the ORD", "[on] the ORD of every month", "monthly on the ORD", "每 PERIODWORD DAY 日", "每 个 PERIODWORD DAY 日", examples="每月5号 -> 2026-03-05; monthly on the 5th -> 2026-03-05")
def every_month_day(context: Context, *words: int | str) -> Every | None:
    day = words[-1]
    found = day_of_month(context, day) if isinstance(day, int) and words[0] in {day, "month"} else None
    return found and Every(_midnight(found), f"FREQ=MONTHLY;BYMONTHDAY={day}")


@rule("EVERY", "every MD", "every year on MD", "每 年 MD", examples="every Jan 3 -> 2027-01-03")
def every_year_day(context: Context, pair: tuple[int, int]) -> Every | None:
    found = month_day(context, *pair)
    return found and Every(_midnight(found), f"FREQ=YEARLY;BYMONTH={pair[0]};BYMONTHDAY={pair[1]}")


@rule("EVERY", "every PART", "每 天 PART", examples="every morning -> 2026-03-03T09:00")
def every_part(context: Context, part: Part) -> Every:
    return Every(_midnight(context.now.date() + DAY) + timedelta(hours=part.start), f"FREQ=DAILY;BYHOUR={part.start}", "hour")


@rule("EVERYAT", "EVERY [,|at] ATTIME", "EVERY PART", "EVERY PART ZHCLOCK|FULLCLOCK|TIME", "EVERY PART at ATTIME", examples="every Monday at 9 -> 2026-03-09T09:00; 每周一上午10点 -> 2026-03-09T10:00")
def every_at(context: Context, every: Every, first: Clock | Part, second: Clock | None = None) -> Every | None:
    clock: Clock | None = first if isinstance(first, Clock) else (in_half(second, first.half) if second else Clock(first.start))
    if clock is None or every.grain != "day":
        return None
    when = moment(context, Day(every.next.date()), clock)
    return Every(when.at, f"{every.rule};BYHOUR={when.at.hour};BYMINUTE={when.at.minute}", when.grain)
