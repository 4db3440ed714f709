"""Days of a month: ``the 5th``, ``Monday 20``, ``20th of next month``, ``last Friday of March``, ``下个月5号``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, day_of_month, months_later, nth_weekday, safe_date, weekday_from, workdays_later
from core.when.values import Day, day_or_none


@rule("DATE", "DAY 日", "on|by|before|until|since|for [the] NTH")
def of_month(context: Context, day: int) -> Day | None:
    """``29日`` is 2026-03-29; ``by the 15th`` is 2026-03-15; ``5号`` is 2026-03-05."""
    return day_or_none(day_of_month(context, day), "month", 0.85)


@rule("WEAKDATE", "the ORD", "NTH", "on|for the ORD")
def the_nth(context: Context, day: int) -> Day | None:
    """``the 5th`` is 2026-03-05."""
    return of_month(context, day)


@rule("WEAKDATE", "on DAY")
def on_number(context: Context, day: int) -> Day | None:
    """``on 15`` is 2026-03-15; up to twelve it may be anything."""
    return of_month(context, day) if day > 12 else None


@rule("ONDAY", "on [the] DAY")
def on_day(context: Context, day: int) -> Day | None:
    """``seven on 15`` is 2026-03-15T07:00."""
    return of_month(context, day)


@rule("LONEDAY", "DAY")
def lone_day(context: Context, day: int) -> Day | None:
    """``15 at 8:00`` is 2026-03-15T08:00."""
    return of_month(context, day)


@rule("DATE", "WEEKDAY [.] [,] DAY|ORD", "WEEKDAY [,] DAY 日")
def weekday_and_number(context: Context, weekday: int, day: int) -> Day | None:
    """``Monday 20`` is 2026-04-20; ``周二15号`` is 2026-09-15."""
    return day_or_none(day_of_month(context, day, weekday))


@rule("DATE", "WEEKDAY [,] the ORD")
def weekday_the_nth(context: Context, weekday: int, day: int) -> Day | None:
    """``Friday the 13th`` is 2026-03-13; ``Sunday the 1st`` is 2026-03-01: this month's, if that agrees."""
    here = safe_date(context.now.year, context.now.month, day)
    return day_or_none(here if here and here.weekday() == weekday else day_of_month(context, day, weekday))


@rule("DATE", "[the] DAYNO [day] of|in THEMONTH")
def day_of_the_month(context: Context, day: int, _month: date) -> Day | None:
    """``the first of the month`` is 2026-04-01: the next one."""
    return of_month(context, day)


@rule("DATE", "[the] last business day of|in MONTHOF|THEMONTH", "MONTHOF 最后 INT 工作日|个工作日")
def last_workday(_context: Context, month: date, _one: int = 1) -> Day:
    """``last working day of May`` is 2026-05-29; ``本月最后一个工作日`` is 2026-03-31."""
    return Day(workdays_later(months_later(month, 1), -1))


@rule("DATE", "[the] ORD business day of|in MONTHOF|THEMONTH", "MONTHOF [的] 第 INT 工作日|个工作日")
def nth_workday(_context: Context, first: int | date, second: int | date) -> Day | None:
    """``first business day of May`` is 2026-05-01; ``五月第三个工作日`` is 2026-05-05."""
    nth, month = (first, second) if isinstance(first, int) else (second, first)
    if not isinstance(month, date) or not isinstance(nth, int) or nth > 20:
        return None
    return Day(workdays_later(month - DAY, nth))


@rule("DATE", "[the] DAYNO [day] of|in RELMONTH", "[the] DAYNO RELMONTH")
def day_of_rel_month(_context: Context, day: int, month: date) -> Day | None:
    """``20th of next month`` is 2026-04-20; ``5th next month`` is 2026-04-05."""
    return day_or_none(safe_date(month.year, month.month, day))


@rule("DATE", "RELMONTH [on|,] [the] ORD", "RELMONTH [的] DAY 日", "RELMONTHZH DAY", "COMINGMONTH DAY 日")
def rel_month_day(_context: Context, month: date, day: int) -> Day | None:
    """``next month on the 5th`` is 2026-04-05; ``下个月5号`` is 2026-04-05; ``下月5`` is 2026-04-05."""
    return day_or_none(safe_date(month.year, month.month, day))


@rule("DATE", "[the] ORD WEEKDAY of|in|from MONTHOF|THEMONTH", "[the] ORD WEEKDAY MONTHOF")
def nth_weekday_of(_context: Context, nth: int, weekday: int, month: date) -> Day | None:
    """``first Monday of next month`` is 2026-04-06; ``third tuesday of september 2026`` is 2026-09-15."""
    return day_or_none(nth_weekday(month, weekday, nth)) if nth <= 5 else None


@rule("DATE", "[the] ORD WEEKDAY")
def nth_weekday_bare(context: Context, nth: int, weekday: int) -> Day | None:
    """``third Tuesday`` is 2026-03-17."""
    first = context.now.date().replace(day=1)
    return day_or_none(nth_weekday(first, weekday, nth), sure=0.6) if nth <= 5 else None


@rule("DATE", "[the] last WEEKDAY of|in MONTHOF|THEMONTH")
def last_weekday_of(_context: Context, weekday: int, month: date) -> Day | None:
    """``last Friday of March`` is 2026-03-27; ``the last Friday of the month`` is 2026-03-27."""
    return day_or_none(nth_weekday(month, weekday, -1))


@rule("DATE", "[the] ORD WEEKDAY of|in YEAROF|THEYEAR")
def nth_weekday_of_year(_context: Context, nth: int, weekday: int, year: date) -> Day:
    """``first Monday of next year`` is 2027-01-04."""
    return Day(weekday_from(year, weekday) + DAY * 7 * (nth - 1))


@rule("DATE", "[the] last WEEKDAY of|in YEAROF|THEYEAR")
def last_weekday_of_year(_context: Context, weekday: int, year: date) -> Day | None:
    """``last Monday of the year`` is 2026-12-28."""
    return day_or_none(nth_weekday(year.replace(month=12), weekday, -1))


@rule("DATE", "MONTHOF [的] 第 INT [个] WEEKDAY")
def nth_weekday_zh(_context: Context, month: date, nth: int, weekday: int) -> Day | None:
    """``十月第一个星期一`` is 2026-10-05; ``下个月第二个周五`` is 2026-04-10."""
    return day_or_none(nth_weekday(month, weekday, nth)) if 1 <= nth <= 5 else None


@rule("DATE", "MONTHOF [的] 最后 INT [个] WEEKDAY")
def last_weekday_zh(_context: Context, month: date, _one: int, weekday: int) -> Day | None:
    """``三月最后一个周五`` is 2026-03-27."""
    return day_or_none(nth_weekday(month, weekday, -1))


@rule("DATE", "[the] last day of|in MONTHOF|THEMONTH")
def last_day_of(_context: Context, month: date) -> Day:
    """``last day of October`` is 2026-10-31."""
    return Day(months_later(month, 1) - DAY)


@rule("DATE", "MONTHOF [的] 最后 INT 天")
def last_day_zh(context: Context, month: date, _one: int) -> Day:
    """``下个月最后一天`` is 2026-04-30."""
    return last_day_of(context, month)


@rule("DATE", "[the] first day of|in MONTHOF|YEAROF|THEMONTH", "MONTHOF|YEAROF [的] 第 INT 天")
def first_day_of(_context: Context, first: date, nth: int = 1) -> Day | None:
    """``first day of next month`` is 2026-04-01; ``明年第一天`` is 2027-01-01."""
    return Day(first + DAY * (nth - 1)) if 1 <= nth <= 31 else None


@rule("DATE", "[the] ORD last day of MONTHOF|THEMONTH", "[the] ORD to last day of MONTHOF|THEMONTH")
def nth_last_day(_context: Context, nth: int, month: date) -> Day | None:
    """``the 5th last day of May`` is 2026-05-27."""
    return Day(months_later(month, 1) - DAY * nth) if nth <= 28 else None
