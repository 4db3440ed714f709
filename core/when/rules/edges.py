"""Where weeks, months, quarters and years begin and end: ``end of month``, ``EOQ``, ``mid-April``, ``月底``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, months_later, quarter_of, week_of, weekday_from
from core.when.values import Day

_FRIDAY = 4
_MIDDLE = 15


def _month(context: Context, months: int = 0) -> date:
    return months_later(context.now.date().replace(day=1), months)


@rule("DATE", "[the] end of|in WEEKOF|THEWEEK", "WEEKOF end", "WEEKOF 底")
def week_end(_context: Context, first: date) -> Day:
    """``end of next week`` is 2026-03-13: a week of work ends on Friday."""
    return Day(weekday_from(first, _FRIDAY), sure=0.8)


@rule("DATE", "eow", "week [-] end")
def this_week_end(context: Context) -> Day:
    """``EOW`` is 2026-03-06."""
    return week_end(context, week_of(context, context.now.date()))


@rule("DATE", "[the] end of|in MONTHOF|THEMONTH", "MONTHOF [-] end", "MONTHOF [月] 底")
def month_end(_context: Context, first: date) -> Day:
    """``end of next month`` is 2026-04-30; ``3月底`` is 2026-03-31; ``下月底`` is 2026-04-30."""
    return Day(months_later(first, 1) - DAY, sure=0.9)


@rule("DATE", "eom", "month [-] end", "月 底")
def this_month_end(context: Context) -> Day:
    """``EOM`` is 2026-03-31; ``month end`` is 2026-03-31; ``月底`` is 2026-03-31."""
    return month_end(context, _month(context))


@rule("DATE", "[the] beginning of|in MONTHOF|THEMONTH", "early MONTHOF", "MONTHOF [月] 初")
def month_beginning(_context: Context, first: date) -> Day:
    """``beginning of next month`` is 2026-04-01; ``early May`` is 2026-05-01; ``下月初`` is 2026-04-01."""
    return Day(first, sure=0.8)


@rule("DATE", "月 初")
def this_month_beginning(context: Context) -> Day:
    """``月初`` is 2026-04-01: the next one."""
    return Day(_month(context, 0 if context.past or context.now.day == 1 else 1), sure=0.7)


@rule("DATE", "[the] mid [-] [of] MONTHOF|THEMONTH", "MONTHOF [月] 中")
def month_middle(_context: Context, first: date) -> Day:
    """``mid-April`` is 2026-04-15; ``middle of next month`` is 2026-04-15; ``4月中`` is 2026-04-15."""
    return Day(first.replace(day=15), sure=0.7)


@rule("DATE", "月 中")
def this_month_middle(context: Context) -> Day:
    """``月中`` is 2026-03-15: the next one."""
    return month_middle(context, _month(context, 0 if context.past or context.now.day <= _MIDDLE else 1))


@rule("DATE", "late MONTHOF")
def late_month(_context: Context, first: date) -> Day:
    """``late April`` is 2026-04-25."""
    return Day(first.replace(day=25), sure=0.6)


@rule("DATE", "[the] end of|in QUARTEROF|THEQUARTER", "QUARTEROF [-] end", "QUARTEROF 底")
def quarter_end(_context: Context, first: date) -> Day:
    """``end of Q2`` is 2026-06-30; ``end of the quarter`` is 2026-03-31; ``第三季度末`` is 2026-09-30."""
    return Day(months_later(first, 3) - DAY, sure=0.9)


@rule("DATE", "eoq", "quarter [-] end", "季|季度 底")
def this_quarter_end(context: Context) -> Day:
    """``EOQ`` is 2026-03-31; ``季度末`` is 2026-03-31."""
    return quarter_end(context, quarter_of(context.now.date()))


@rule("DATE", "[the] beginning of|in QUARTEROF|THEQUARTER", "QUARTEROF 初", "early QUARTEROF")
def quarter_beginning(_context: Context, first: date) -> Day:
    """``start of Q3`` is 2026-07-01."""
    return Day(first, sure=0.8)


@rule("DATE", "[the] end of|in YEAROF|THEYEAR", "YEAROF [-] end", "YEAROF [年] 底")
def year_end(_context: Context, first: date) -> Day:
    """``end of next year`` is 2027-12-31; ``明年底`` is 2027-12-31; ``今年年底`` is 2026-12-31."""
    return Day(first.replace(month=12, day=31), sure=0.9)


@rule("DATE", "eoy", "year [-] end", "年 底")
def this_year_end(context: Context) -> Day:
    """``EOY`` is 2026-12-31; ``年底`` is 2026-12-31."""
    return year_end(context, context.now.date())


@rule("DATE", "late QUARTEROF")
def late_quarter(_context: Context, first: date) -> Day:
    """``late Q3`` is 2026-09-01."""
    return Day(months_later(first, 2), sure=0.6)


@rule("DATE", "early YEAR")
def early_year(_context: Context, year: int) -> Day:
    """``early 2027`` is 2027-01-01."""
    return Day(date(year, 1, 1), sure=0.6)


@rule("DATE", "mid [-] YEAR", "mid [-] YEAROF")
def middle_of_year(_context: Context, year: int | date) -> Day:
    """``mid-2027`` is 2027-07-01; ``mid next year`` is 2027-07-01."""
    return Day(date(year.year if isinstance(year, date) else year, 7, 1), sure=0.6)


@rule("DATE", "late YEAR", "late YEAROF")
def late_year(_context: Context, year: int | date) -> Day:
    """``late 2027`` is 2027-10-01; ``late next year`` is 2027-10-01."""
    return Day(date(year.year if isinstance(year, date) else year, 10, 1), sure=0.6)


@rule("DATE", "[the] end of YEAR")
def written_year_end(_context: Context, year: int) -> Day:
    """``end of 2027`` is 2027-12-31."""
    return Day(date(year, 12, 31), sure=0.9)


@rule("DATE", "[the] beginning of|in YEAROF|THEYEAR", "early YEAROF", "YEAROF [年] 初")
def year_beginning(_context: Context, first: date) -> Day:
    """``beginning of next year`` is 2027-01-01; ``明年初`` is 2027-01-01."""
    return Day(first, sure=0.8)


@rule("DATE", "年 初")
def next_year_beginning(context: Context) -> Day:
    """``年初`` is 2027-01-01."""
    return Day(date(context.now.year + (not context.past), 1, 1), sure=0.6)
