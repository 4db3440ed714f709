"""Weeks, months, quarters and years, and their beginnings and ends: ``next week``, ``Q3``, ``end of month``, ``月底``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, days_period, months_later, shift, week_of, weekday_from
from core.when.values import Day, Period, Span

_FRIDAY, _SATURDAY = 4, 5
_DOUBTFUL = {3, 5}  # march and may are verbs


def _month(context: Context, months: int) -> date:
    return months_later(context.now.date().replace(day=1), months)


def _quarter(day: date, quarters: int = 0) -> date:
    return months_later(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), 3 * quarters)


# --- what a period is called


@rule("WEEKOF", "[the] REL week", "[the] REL business|working week", "the week", examples="next week -> 2026-03-09")
def rel_week(context: Context, weeks: int = 0) -> date:
    return week_of(context, context.now.date(), weeks)


@rule("WEEKOF", "[the] week after next", examples="the week after next -> 2026-03-16")
def week_after_next(context: Context) -> date:
    return week_of(context, context.now.date(), 2)


@rule("WEEKOF", "[the] week of DATE", "[the] week beginning DATE", examples="the week of Mar 18 -> 2026-03-16")
def week_with(context: Context, day: Day) -> date:
    return week_of(context, day.date)


@rule("RELMONTH", "[the] REL month", "the month", examples="next month -> 2026-04-01")
def rel_month(context: Context, months: int = 0) -> date:
    return _month(context, months)


@rule("RELMONTH", "[the] month after next", examples="the month after next -> 2026-05-01")
def month_after_next(context: Context) -> date:
    return _month(context, 2)


@rule("QUARTEROF", "[the] REL quarter", "the quarter", examples="next quarter -> 2026-04-01")
def rel_quarter(context: Context, quarters: int = 0) -> date:
    return _quarter(context.now.date(), quarters)


@rule("YEAROF", "[the] REL year", "the year", "YEARWORD", examples="next year -> 2027-01-01; 去年 -> 2025-01-01")
def rel_year(context: Context, years: int = 0) -> date:
    return date(context.now.year + years, 1, 1)


@rule("YEAROF", "the year YEAR", "YEAR 年 [度]", examples="2027年 -> 2027-01-01")
def named_year(_context: Context, year: int) -> date:
    return date(year, 1, 1)


@rule("*", "ZHREL PERIODWORD", examples="下周 -> 2026-03-09; 下个月 -> 2026-04-01")
def rel_period_zh(context: Context, count: int, word: str) -> list[tuple[str, date]]:
    today = context.now.date()
    if word == "week":
        return [("WEEKOF", week_of(context, today, count))]
    if word == "month":
        return [("RELMONTH", _month(context, count)), ("ZHRELMONTH", _month(context, count))]
    if word == "quarter":
        return [("QUARTEROF", _quarter(today, count))]
    return [("YEAROF", date(context.now.year + count, 1, 1))]


@rule("*", "ZHTHIS PERIODWORD", "ZHTHIS 个 PERIODWORD", examples="这个月 -> 2026-03-01")
def this_period_zh(context: Context, _this: None, word: str) -> list[tuple[str, date]]:
    return rel_period_zh(context, 0, word)


@rule("MONTHOF", "MONTH", "ZHMONTH", examples="")
def named_month(context: Context, month: int) -> date:
    today = context.now.date()
    year = today.year + (month < today.month) - (context.past and month < today.month)
    return date(year - (context.past and month > today.month), month, 1)


@rule("MONTHOF", "MONTH [,|of] ANYYEAR", "MONTH [,|of] YEAROF", examples="first Friday of March 2027 -> 2027-03-05")
def month_of_year(_context: Context, month: int, year: int | date) -> date:
    return date(year.year if isinstance(year, date) else year, month, 1)


@rule("MONTHOF", "YEAROF [的] ZHMONTH", "ANYYEAR ZHMONTH", examples="明年3月 -> 2027-03-01")
def month_of_year_zh(_context: Context, year: date | int, month: int) -> date:
    return date(year.year if isinstance(year, date) else year, month, 1)


@rule("MONTHOF", "[the] REL MONTH", examples="last October -> 2025-10-01; next May -> 2026-05-01")
def rel_named_month(context: Context, years: int, month: int) -> date:
    first = date(context.now.year, month, 1)
    this = context.now.date().replace(day=1)
    if years > 0:
        return first if first > this else months_later(first, 12)
    if years < 0:
        return first if first < this else months_later(first, -12)
    return first


@rule("MONTHOF", "RELMONTH")
def relative_is_month(_context: Context, first: date) -> date:
    return first


@rule("QUARTEROF", "q INT [,|of] [ANYYEAR]", "q INT YEAROF", "INT q [ANYYEAR]", examples="Q3 -> 2026-07-01; Q3 2027 -> 2027-07-01")
def quarter(context: Context, number: int, year: int | date | None = None) -> date | None:
    if not 1 <= number <= 4:
        return None
    if year is not None:
        return date(year.year if isinstance(year, date) else year, 3 * number - 2, 1)
    first = date(context.now.year, 3 * number - 2, 1)
    return first if months_later(first, 3) > context.now.date() or context.past else months_later(first, 12)


@rule("QUARTEROF", "[the] ORD quarter", "[the] ORD quarter of ANYYEAR|YEAROF", "第 INT PERIODWORD", "INT PERIODWORD", examples="第三季度 -> 2026-07-01; third quarter -> 2026-07-01")
def spelt_quarter(context: Context, number: int, other: str | int | date = "quarter") -> date | None:
    if isinstance(other, str):
        return quarter(context, number) if other == "quarter" else None
    return quarter(context, number, other)


@rule("QUARTEROF", "ANYYEAR q INT", "YEAROF q INT", "YEAROF 第 INT PERIODWORD", "ANYYEAR 第 INT PERIODWORD", examples="明年第一季度 -> 2027-01-01")
def quarter_of_year(context: Context, year: int | date, number: int, word: str = "quarter") -> date | None:
    return quarter(context, number, year) if word == "quarter" else None


# --- periods as ranges


@rule("PERIOD", "[in|by|during] WEEKOF", examples="next week -> 2026-03-09")
def week_period(_context: Context, first: date) -> Period:
    return days_period(first, first + DAY * 7, "week")


@rule("PERIOD", "[in|by|during] RELMONTH", "in|by|until|during|since|for MONTHOF", "WRITTENMONTH|YEARMONTH", examples="next month -> 2026-04-01; in March -> 2026-03-01")
def month_period(_context: Context, first: date) -> Period:
    return days_period(first, months_later(first, 1), "month")


@rule("WRITTENMONTH", "MONTH [,|of] ANYYEAR", examples="March 2027 -> 2027-03-01")
def month_and_year(_context: Context, month: int, year: int) -> date:
    return date(year, month, 1)


@rule("WRITTENMONTH", "YEAROF [的] ZHMONTH", "ANYYEAR ZHMONTH", examples="2027年3月 -> 2027-03-01")
def year_and_month_zh(context: Context, year: date | int, month: int) -> date:
    return month_of_year_zh(context, year, month)


@rule("WRITTENMONTH", "[the] REL MONTH", examples="next May -> 2026-05-01")
def rel_month_written(context: Context, years: int, month: int) -> date:
    return rel_named_month(context, years, month)


@rule("WRITTENMONTH", "ZHMONTH", examples="5月 -> 2026-05-01")
def month_written_zh(context: Context, month: int) -> date:
    return named_month(context, month)


@rule("WEAKPERIOD", "MONTH", examples="October -> 2026-10-01")
def month_alone(context: Context, month: int) -> Period | None:
    if month in _DOUBTFUL:
        return None
    first = named_month(context, month)
    return days_period(first, months_later(first, 1), "month", 0.6)


@rule("PERIOD", "[in|by|during] QUARTEROF", examples="Q3 -> 2026-07-01")
def quarter_period(_context: Context, first: date) -> Period:
    return days_period(first, months_later(first, 3), "quarter")


@rule("PERIOD", "[in|by|during] YEAROF", "in|by|since|until YEAR", examples="next year -> 2027-01-01; in 2027 -> 2027-01-01")
def year_period(_context: Context, first: date | int) -> Period:
    first = date(first, 1, 1) if isinstance(first, int) else first
    return days_period(first, months_later(first, 12), "year")


@rule("PERIOD", "h INT [ANYYEAR]", examples="H2 -> 2026-07-01")
def half_year(context: Context, number: int, year: int | None = None) -> Period | None:
    first = date(year or context.now.year, 6 * number - 5, 1) if number in {1, 2} else None
    return first and days_period(first, months_later(first, 6), "month")


@rule("PERIOD", "[YEAROF] 上半年", examples="上半年 -> 2026-01-01")
def first_half(context: Context, year: date | None = None) -> Period:
    first = year or date(context.now.year, 1, 1)
    return days_period(first, months_later(first, 6), "month")


@rule("PERIOD", "[YEAROF] 下半年", examples="明年下半年 -> 2027-07-01")
def second_half(context: Context, year: date | None = None) -> Period:
    first = (year or date(context.now.year, 1, 1)).replace(month=7)
    return days_period(first, months_later(first, 6), "month")


@rule("PERIOD", "this weekend", "[the] weekend", "周末", "ZHTHIS 周末", "over the weekend", examples="this weekend -> 2026-03-07; 周末 -> 2026-03-07")
def weekend(context: Context, _word: None = None) -> Period:
    saturday = weekday_from(context.now.date() - DAY, _SATURDAY)
    return days_period(saturday, saturday + DAY * 2, "day")


@rule("PERIOD", "REL weekend", "ZHREL 周末", examples="next weekend -> 2026-03-14; 下周末 -> 2026-03-14")
def rel_weekend(context: Context, weeks: int) -> Period:
    saturday = weekday_from(week_of(context._replace(week_start=0), context.now.date(), weeks), _SATURDAY)
    return days_period(saturday, saturday + DAY * 2, "day")


@rule("PERIOD", "[the] next|upcoming SPAN", "[over|in] the next|upcoming SPAN", "未来 SPAN", examples="the next 3 days -> 2026-03-02")
def next_span(context: Context, span: Span) -> Period | None:
    if span.seconds:
        return None
    return days_period(context.now.date(), shift(context, context.now.date(), span), "day")


@rule("PERIOD", "[the] last|past|previous SPAN", "[over|in|for] the last|past|previous SPAN", "过去 SPAN", examples="last 3 days -> 2026-02-27; 最近两周 -> 2026-02-16")
def last_span(context: Context, span: Span) -> Period | None:
    if span.seconds:
        return None
    return days_period(shift(context, context.now.date(), span, -1), context.now.date(), "day")


@rule("PERIOD", "later WEEKOF", "later RELMONTH")
def later_in(context: Context, first: date) -> Period:
    return week_period(context, first)


# --- their beginnings, middles and ends


@rule("DATE", "[the] end of|in WEEKOF", "eow", "end of week", "[the] REL week end", examples="end of next week -> 2026-03-13; EOW -> 2026-03-06")
def week_end(context: Context, first: date | None = None) -> Day:
    return Day(weekday_from(first or week_of(context, context.now.date()), _FRIDAY), sure=0.8)


@rule("DATE", "[the] end of|in MONTHOF", "eom", "end of month", "month end", "MONTHOF end", "MONTHOF 底", "底.", "ZHREL 底.", "ZHTHIS 底.", "YEAROF ZHMONTH 底",
      examples="end of month -> 2026-03-31; 月底 -> 2026-03-31; 下月底 -> 2026-04-30; 3月底 -> 2026-03-31")  # fmt: skip
def month_end(context: Context, first: date | int | None = None, month: int | None = None) -> Day:
    if isinstance(first, date) and month:
        first = first.replace(month=month)
    start = first if isinstance(first, date) else _month(context, first or 0)
    return Day(months_later(start, 1) - DAY, sure=0.9)


@rule("DATE", "[the] beginning of|in MONTHOF", "MONTHOF 初", "月初", "ZHREL 月初", "ZHTHIS 月初", "early MONTHOF", examples="beginning of next month -> 2026-04-01; 下月初 -> 2026-04-01")
def month_beginning(context: Context, first: date | int | None = None) -> Day:
    if first is None:
        return Day(_month(context, 0 if context.past or context.now.day == 1 else 1), sure=0.7)
    return Day(first if isinstance(first, date) else _month(context, first), sure=0.8)


@rule("DATE", "[the] middle of|in MONTHOF", "middle [-] MONTHOF", "MONTHOF 中", "月中", "ZHREL 月中", "ZHTHIS 月中", "mid month", examples="mid March -> 2026-03-15; 月中 -> 2026-03-15")
def month_middle(context: Context, first: date | int | None = None) -> Day:
    start = first if isinstance(first, date) else _month(context, first or 0)
    return Day(start.replace(day=15), sure=0.7)


@rule("DATE", "[the] end of|in QUARTEROF", "eoq", "end of quarter", "quarter end", "季度末", "季末", "季度底", "QUARTEROF 底", "QUARTEROF end", examples="end of quarter -> 2026-03-31; EOQ -> 2026-03-31")
def quarter_end(context: Context, first: date | None = None) -> Day:
    return Day(months_later(first or _quarter(context.now.date()), 3) - DAY, sure=0.9)


@rule("DATE", "[the] end of|in YEAROF", "eoy", "end of year", "year end", "年底", "年末", "YEAROF 底", "YEAROF 年底", "end of YEAR", examples="end of year -> 2026-12-31; 年底 -> 2026-12-31; 明年底 -> 2027-12-31")
def year_end(context: Context, first: date | int | None = None) -> Day:
    year = first.year if isinstance(first, date) else first or context.now.year
    return Day(date(year, 12, 31), sure=0.9)


@rule("DATE", "[the] beginning of|in YEAROF", "年初", "YEAROF 初", "YEAROF 年初", "beginning of YEAR", "[the] first day of YEAROF", examples="beginning of next year -> 2027-01-01; 年初 -> 2027-01-01")
def year_beginning(context: Context, first: date | int | None = None) -> Day:
    if first is None:
        return Day(date(context.now.year + (not context.past), 1, 1), sure=0.7)
    return Day(date(first.year if isinstance(first, date) else first, 1, 1), sure=0.8)


@rule("PERIOD", "MONTHOF 上旬", examples="5月上旬 -> 2026-05-01")
def first_ten_days(_context: Context, first: date) -> Period:
    return days_period(first, first.replace(day=11), "day")


@rule("PERIOD", "MONTHOF 中旬", examples="5月中旬 -> 2026-05-11")
def middle_ten_days(_context: Context, first: date) -> Period:
    return days_period(first.replace(day=11), first.replace(day=21), "day")


@rule("PERIOD", "MONTHOF 下旬", examples="下月下旬 -> 2026-04-21")
def last_ten_days(_context: Context, first: date) -> Period:
    return days_period(first.replace(day=21), months_later(first, 1), "day")
