"""Weeks, months, quarters and years as stretches of time: ``next week``, ``Q3``, ``last 30 days``, ``下半年``."""

from datetime import date

from core.when.grammar import SEVERAL, Context, Reading, rule
from core.when.reckoning import DAY, days_period, months_later, quarter_of, shift, week_of, weekday_from
from core.when.values import Day, Period, Span

_SATURDAY = 5
_NAMES = {"week": "WEEKOF", "month": "RELMONTH", "quarter": "QUARTEROF", "year": "YEAROF"}


def _first(context: Context, word: str, count: int) -> date:
    """The first day of the week, month, quarter or year ``count`` from this one."""
    today = context.now.date()
    if word == "week":
        return week_of(context, today, count)
    if word == "month":
        return months_later(today.replace(day=1), count)
    return quarter_of(today, count) if word == "quarter" else date(today.year + count, 1, 1)


# --- what it is called; the value is its first day


@rule(SEVERAL, "[the] REL [business] PERIODWORD", "ZHREL|ZHTHIS PERIODWORD")
def relative(context: Context, count: int, word: str) -> list[Reading]:
    """``next week`` is 2026-03-09/2026-03-16; ``下个月`` is 2026-04-01; ``last year`` is 2025-01-01."""
    first = _first(context, word, count)
    return [(_NAMES[word], first), ("RELMONTHZH", first)] if word == "month" else [(_NAMES[word], first)]


@rule(SEVERAL, "[the] PERIODWORD after next")
def after_next(context: Context, word: str) -> list[Reading]:
    """``the week after next`` is 2026-03-16."""
    return [(_NAMES[word], _first(context, word, 2))]


@rule("WEEKOF", "[the] week of|beginning|commencing DATE")
def week_with(context: Context, day: Day) -> date:
    """``the week of Mar 18`` is 2026-03-16."""
    return week_of(context, day.date)


@rule("YEAROF", "YEARWORD")
def year_word(context: Context, years: int) -> date:
    """``去年`` is 2025-01-01."""
    return _first(context, "year", years)


@rule("YEAROF", "the year YEAR", "YEAR 年 [度]")
def named_year(_context: Context, year: int) -> date:
    """``2027年`` is 2027-01-01."""
    return date(year, 1, 1)


@rule("THEWEEK", "[the] week")
def the_week(context: Context) -> date:
    """``end of the week`` is 2026-03-06."""
    return _first(context, "week", 0)


@rule("THEMONTH", "[the] month", "the current month")
def the_month(context: Context) -> date:
    """``end of the month`` is 2026-03-31."""
    return _first(context, "month", 0)


@rule("THEQUARTER", "[the] quarter")
def the_quarter(context: Context) -> date:
    """``end of quarter`` is 2026-03-31."""
    return _first(context, "quarter", 0)


@rule("THEYEAR", "[the] year")
def the_year(context: Context) -> date:
    """``end of the year`` is 2026-12-31."""
    return _first(context, "year", 0)


@rule("MONTHOF", "MONTH|MONTHZH")
def named_month(context: Context, month: int) -> date:
    """``first friday of july`` is 2026-07-03: a month not over yet, or in a tale of the past one begun."""
    this = context.now.date().replace(day=1)
    first = this.replace(month=month)
    if context.past:
        return first if first <= this else months_later(first, -12)
    return first if first >= this else months_later(first, 12)


@rule("MONTHOF", "WRITTENMONTH|RELMONTH")
def month_is_month(_context: Context, first: date) -> date:
    """``first Friday of March 2027`` is 2027-03-05."""
    return first


@rule("WRITTENMONTH", "MONTH [,|of] ANYYEAR", "YEARMONTH")
def month_and_year(_context: Context, month: int | date, year: int = 0) -> date:
    """``March 2027`` is 2027-03-01; ``2026-07`` is 2026-07-01."""
    return month if isinstance(month, date) else date(year, month, 1)


@rule("WRITTENMONTH", "MONTH [,|of] YEAROF")
def month_of_year(_context: Context, month: int, year: date) -> date:
    """``March next year`` is 2027-03-01."""
    return year.replace(month=month)


@rule("WRITTENMONTH", "YEAROF [的] MONTHZH")
def month_of_year_zh(_context: Context, year: date, month: int) -> date:
    """``明年3月`` is 2027-03-01; ``2027年3月`` is 2027-03-01."""
    return year.replace(month=month)


@rule("WRITTENMONTH", "[the] REL MONTH")
def rel_named_month(context: Context, years: int, month: int) -> date:
    """``next May`` is 2026-05-01; ``last October`` is 2025-10-01."""
    this = context.now.date().replace(day=1)
    first = this.replace(month=month)
    if years * (first - this).days > 0 or not years:
        return first
    return months_later(first, 12 * years)


@rule("QUARTEROF", "q INT", "[the] ORD quarter", "第 INT PERIODWORD", "INT PERIODWORD")
def quarter(context: Context, number: int, word: str = "quarter") -> date | None:
    """``Q3`` is 2026-07-01/2026-10-01; ``third quarter`` is 2026-07-01; ``第三季度`` is 2026-07-01."""
    if word != "quarter" or not 1 <= number <= 4:
        return None
    first = date(context.now.year, 3 * number - 2, 1)
    return first if context.past or months_later(first, 3) > context.now.date() else months_later(first, 12)


@rule("QUARTEROF", "q INT [,|of|/|-] ANYYEAR", "[the] ORD quarter of|, ANYYEAR", "INT q ANYYEAR")
def quarter_of_written_year(context: Context, number: int, year: int) -> date | None:
    """``Q3 2027`` is 2027-07-01."""
    return quarter_in(context, date(year, 1, 1), number)


@rule("QUARTEROF", "q INT [of] YEAROF", "[the] ORD quarter of YEAROF")
def quarter_of_rel_year(context: Context, number: int, year: date) -> date | None:
    """``Q1 next year`` is 2027-01-01."""
    return quarter_in(context, year, number)


@rule("QUARTEROF", "YEAROF [的] q INT", "YEAROF [的] 第 INT PERIODWORD", "YEAROF INT PERIODWORD")
def quarter_in(_context: Context, year: date, number: int, word: str = "quarter") -> date | None:
    """``明年第一季度`` is 2027-01-01."""
    return year.replace(month=3 * number - 2) if word == "quarter" and 1 <= number <= 4 else None


@rule("QUARTEROF", "YEAR q INT")
def year_and_quarter(context: Context, year: int, number: int) -> date | None:
    """``2026Q3`` is 2026-07-01."""
    return quarter_in(context, date(year, 1, 1), number)


# --- as stretches of time


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


@rule("PERIOD", "h INT [,|of] [ANYYEAR]")
def half_year(context: Context, number: int, year: int | None = None) -> Period | None:
    """``H2`` is 2026-07-01/2027-01-01."""
    first = date(year or context.now.year, 6 * number - 5, 1) if number in {1, 2} else None
    return None if first is None else days_period(first, months_later(first, 6), "month")


@rule("PERIOD", "[YEAROF] 上半年")
def first_half(context: Context, year: date | None = None) -> Period:
    """``明年上半年`` is 2027-01-01/2027-07-01."""
    first = year or _first(context, "year", 0)
    return days_period(first, first.replace(month=7), "month")


@rule("PERIOD", "[YEAROF] 下半年")
def second_half(context: Context, year: date | None = None) -> Period:
    """``下半年`` is 2026-07-01/2027-01-01."""
    first = (year or _first(context, "year", 0)).replace(month=7)
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


@rule("PERIOD", "early WEEKOF|THEWEEK")
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


@rule("PERIOD", "later RELMONTH")
def later_month(context: Context, first: date) -> Period:
    """``later this month`` is 2026-03-02/2026-04-01."""
    return days_period(max(first, context.now.date()), months_later(first, 1), "day", 0.7)


@rule("PERIOD", "MONTHOF 上旬")
def first_ten_days(_context: Context, first: date) -> Period:
    """``5月上旬`` is 2026-05-01/2026-05-11."""
    return days_period(first, first.replace(day=11), "day")


@rule("PERIOD", "MONTHOF [的] 中旬")
def second_ten_days(_context: Context, first: date) -> Period:
    """``下月中旬`` is 2026-04-11/2026-04-21."""
    return days_period(first.replace(day=11), first.replace(day=21), "day")


@rule("PERIOD", "MONTHOF 下旬")
def last_ten_days(_context: Context, first: date) -> Period:
    """``下月下旬`` is 2026-04-21/2026-05-01."""
    return days_period(first.replace(day=21), months_later(first, 1), "day")
