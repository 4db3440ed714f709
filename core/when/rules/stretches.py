"""Weeks, months, quarters and years as stretches of time: ``next week``, ``in Q3``, ``last 30 days``, ``周末``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, days_period, months_later, shift, week_of, weekday_from
from core.when.rules.periods import first_of, named_month
from core.when.values import Period, Span

_SATURDAY = 5


@rule("PERIOD", "[in|by|during|until|within] WEEKOF", "WEEKOF 内")
def week_period(_context: Context, first: date) -> Period:
    """``in the next week`` is 2026-03-09/2026-03-16; ``下周`` is 2026-03-09/2026-03-16."""
    return days_period(first, first + DAY * 7, "week")


@rule("PERIOD", "[in|by|during|until] RELMONTH|WRITTENMONTH", "in|by|before|until|during|since MONTHOF", "RELMONTH 内")
def month_period(_context: Context, first: date) -> Period:
    """``next month`` is 2026-04-01/2026-05-01; ``in May`` is 2026-05-01/2026-06-01."""
    return days_period(first, months_later(first, 1), "month")


@rule("PERIOD", "MONTHZH")
def month_zh(context: Context, month: int) -> Period:
    """``5月`` is 2026-05-01/2026-06-01."""
    return month_period(context, named_month(context, month))


@rule("WEAKPERIOD", "MONTH")
def month_alone(context: Context, month: int) -> Period:
    """``October`` is 2026-10-01/2026-11-01."""
    return month_period(context, named_month(context, month))._replace(sure=0.6)


@rule("PERIOD", "[in|by|during|until] QUARTEROF", "QUARTEROF 内")
def quarter_period(_context: Context, first: date) -> Period:
    """``in Q3`` is 2026-07-01/2026-10-01."""
    return days_period(first, months_later(first, 3), "quarter")


@rule("PERIOD", "[in|by|during|until] YEAROF", "YEAROF 内")
def year_period(_context: Context, first: date) -> Period:
    """``next year`` is 2027-01-01/2028-01-01."""
    return days_period(first, months_later(first, 12), "year")


@rule("PERIOD", "in|by|since|until YEAR")
def in_year(context: Context, year: int) -> Period:
    """``in 2027`` is 2027-01-01/2028-01-01."""
    return year_period(context, date(year, 1, 1))


@rule("PERIOD", "h INT [,|of|/] ANYYEAR", "h INT [of] YEAROF", "[the] ORD half of ANYYEAR")
def half_year(_context: Context, number: int, year: int | date) -> Period | None:
    """``H2 2027`` is 2027-07-01/2028-01-01; ``H1 next year`` is 2027-01-01/2027-07-01."""
    if number not in {1, 2}:
        return None
    first = date(year.year if isinstance(year, date) else year, 6 * number - 5, 1)
    return days_period(first, months_later(first, 6), "month")


@rule("WEAKRANGE", "h INT")
def half_of_this_year(context: Context, number: int) -> Period | None:
    """``H2`` is 2026-07-01/2027-01-01; ``the H2 heading`` is nothing."""
    return half_year(context, number, context.now.year)


@rule("PERIOD", "[YEAROF] 上半年")
def first_half(context: Context, year: date | None = None) -> Period:
    """``明年上半年`` is 2027-01-01/2027-07-01."""
    first = year or first_of(context, "year", 0)
    return days_period(first, first.replace(month=7), "month")


@rule("PERIOD", "[YEAROF] 下半年")
def second_half(context: Context, year: date | None = None) -> Period:
    """``下半年`` is 2026-07-01/2027-01-01."""
    first = (year or first_of(context, "year", 0)).replace(month=7)
    return days_period(first, months_later(first, 6), "month")


@rule("PERIOD", "[over] [this|the] weekend", "[ZHTHIS] 周末")
def weekend(context: Context, _this: int = 0) -> Period:
    """``this weekend`` is 2026-03-07/2026-03-09; ``周末`` is 2026-03-07/2026-03-09."""
    return rel_weekend(context, 0)


@rule("PERIOD", "REL weekend", "ZHREL 周末")
def rel_weekend(context: Context, weeks: int) -> Period:
    """``next weekend`` is 2026-03-14/2026-03-16; ``下周末`` is 2026-03-14/2026-03-16."""
    monday = week_of(context._replace(week_start=0), context.now.date(), weeks)
    saturday = weekday_from(monday, _SATURDAY)
    return days_period(saturday, saturday + DAY * 2, "day")


@rule("PERIOD", "[over|in] [the] next|upcoming SPAN", "未来 SPAN", "ZHTHIS SPAN", "ZHTHIS COUNT 天")
def next_days(context: Context, *words: Span | int) -> Period | None:
    """``the next 3 days`` is 2026-03-02/2026-03-05; ``这两天`` is 2026-03-02/2026-03-04."""
    span, today = words[-1], context.now.date()
    if not isinstance(span, Span) or span.seconds:
        return None
    return days_period(today, shift(today, span), "day")


@rule("PERIOD", "[over|in|for|during] [the] last|past|previous SPAN", "过去 SPAN")
def last_days(context: Context, span: Span) -> Period | None:
    """``last 30 days`` is 2026-01-31/2026-03-02; ``最近两周`` is 2026-02-16/2026-03-02."""
    today = context.now.date()
    return None if span.seconds else days_period(shift(today, span, -1), today, "day")


@rule("PERIOD", "[over|in|for|during] the past PERIODWORD")
def past_period(context: Context, word: str) -> Period:
    """``the past week`` is 2026-02-23/2026-03-02."""
    today = context.now.date()
    months = {"month": 1, "quarter": 3, "year": 12}.get(word, 0)
    return days_period(months_later(today, -months) if months else today - DAY * 7, today, "day")


@rule("PERIOD", "early WEEKOF|THEWEEK", "[the] beginning of|in WEEKOF|THEWEEK", "WEEKOF 初")
def early_week(_context: Context, first: date) -> Period:
    """``early next week`` is 2026-03-09/2026-03-11."""
    monday = weekday_from(first, 0)
    return days_period(monday, monday + DAY * 2, "day", 0.7)


@rule("PERIOD", "mid|middle [-] [of] WEEKOF|THEWEEK", "WEEKOF 中")
def mid_week(_context: Context, first: date) -> Period:
    """``mid next week`` is 2026-03-11/2026-03-12."""
    wednesday = weekday_from(first, 0) + DAY * 2
    return days_period(wednesday, wednesday + DAY, "day", 0.7)


@rule("PERIOD", "late|later WEEKOF|THEWEEK", "towards the end of WEEKOF|THEWEEK", "WEEKOF 后 半")
def late_week(_context: Context, first: date) -> Period:
    """``late next week`` is 2026-03-12/2026-03-14; ``later this week`` is 2026-03-05/2026-03-07."""
    thursday = weekday_from(first, 0) + DAY * 3
    return days_period(thursday, thursday + DAY * 2, "day", 0.7)


@rule("PERIOD", "[in] [the] ORD week of|in MONTHOF|THEMONTH", "MONTHOF [的] 第 INT 周|个星期|个周")
def nth_week(_context: Context, first: date | int, second: date | int) -> Period | None:
    """``first week of April`` is 2026-04-01/2026-04-08; ``5月第二周`` is 2026-05-08/2026-05-15."""
    month, nth = (first, second) if isinstance(first, date) else (second, first)
    if not isinstance(month, date) or not isinstance(nth, int) or not 1 <= nth <= 4:
        return None
    return days_period(month + DAY * 7 * (nth - 1), month + DAY * 7 * nth, "week", 0.8)


@rule("PERIOD", "[the] last week of|in MONTHOF|THEMONTH", "MONTHOF [的] 最后 INT 周|个星期|个周")
def last_week(_context: Context, month: date, _one: int = 1) -> Period:
    """``last week of April`` is 2026-04-24/2026-05-01; ``本月最后一周`` is 2026-03-25/2026-04-01."""
    end = months_later(month, 1)
    return days_period(end - DAY * 7, end, "week", 0.8)


@rule("PERIOD", "[the] ORD half of YEAROF|THEYEAR")
def half_of_year(_context: Context, nth: int, year: date) -> Period | None:
    """``first half of next year`` is 2027-01-01/2027-07-01."""
    middle, end = year.replace(month=7), months_later(year, 12)
    return {1: days_period(year, middle, "month"), 2: days_period(middle, end, "month")}.get(nth)


@rule("WEAKRANGE", "[calendar] week INT", "w|cw|kw|wk INT", "第 INT 周")
def numbered_week(context: Context, number: int) -> Period | None:
    """``week 12`` is 2026-03-16/2026-03-23, as ISO 8601 counts."""
    if not 1 <= number <= 52:
        return None
    monday = date.fromisocalendar(context.now.year, number, 1)
    return days_period(monday, monday + DAY * 7, "week", 0.6)


@rule("PERIOD", "later RELMONTH")
def later_month(context: Context, first: date) -> Period:
    """``later this month`` is 2026-03-02/2026-04-01."""
    return days_period(max(first, context.now.date()), months_later(first, 1), "day", 0.7)
