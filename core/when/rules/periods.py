"""What weeks, months, quarters and years are called: ``next week``, ``Q3``, ``March next year``, ``下个月``."""

from datetime import date

from core.when.grammar import SEVERAL, Context, Reading, rule
from core.when.reckoning import months_later, quarter_of, week_of
from core.when.values import Day

# The category of each; its value is the first day.
_NAMES = {"week": "WEEKOF", "month": "RELMONTH", "quarter": "QUARTEROF", "year": "YEAROF"}


def first_of(context: Context, word: str, count: int) -> date:
    """The first day of the week, month, quarter or year ``count`` from this one."""
    today = context.now.date()
    if word == "week":
        return week_of(context, today, count)
    if word == "month":
        return months_later(today.replace(day=1), count)
    return quarter_of(today, count) if word == "quarter" else date(today.year + count, 1, 1)


@rule(SEVERAL, "[the] REL [business] PERIODWORD", "ZHREL|ZHTHIS PERIODWORD")
def relative(context: Context, count: int, word: str) -> list[Reading]:
    """``next week`` is 2026-03-09/2026-03-16; ``下个月`` is 2026-04-01; ``last year`` is 2025-01-01."""
    first = first_of(context, word, count)
    return [(_NAMES[word], first), ("RELMONTHZH", first)] if word == "month" else [(_NAMES[word], first)]


@rule(SEVERAL, "[the] PERIODWORD after next")
def after_next(context: Context, word: str) -> list[Reading]:
    """``the week after next`` is 2026-03-16."""
    return [(_NAMES[word], first_of(context, word, 2))]


@rule("COMINGMONTH", "次月")
def coming_month_zh(context: Context) -> date:
    """``次月5日`` is 2026-04-05; alone it may be a count: 两次月会."""
    return first_of(context, "month", 1)


@rule(SEVERAL, "[the] upcoming PERIODWORD")
def coming(context: Context, word: str) -> list[Reading]:
    """``the coming week`` is 2026-03-09/2026-03-16."""
    return relative(context, 1, word)


@rule("WEEKOF", "[the] week of|beginning|commencing DATE", "w / c DATE")
def week_with(context: Context, day: Day) -> date:
    """``the week of Mar 18`` is 2026-03-16."""
    return week_of(context, day.date)


@rule("WEEKOF", "[the] week after DATE")
def week_following(context: Context, day: Day) -> date:
    """``the week after Easter`` is 2026-04-06."""
    return week_of(context, day.date, 1)


@rule("WEEKOF", "[the] week before DATE")
def week_preceding(context: Context, day: Day) -> date:
    """``the week before Christmas`` is 2026-12-14."""
    return week_of(context, day.date, -1)


@rule("YEAROF", "YEARWORD")
def year_word(context: Context, years: int) -> date:
    """``去年`` is 2025-01-01."""
    return first_of(context, "year", years)


@rule("YEAROF", "the year YEAR", "YEAR 年 [度]", "fy YEAR")
def named_year(_context: Context, year: int) -> date:
    """``2027年`` is 2027-01-01."""
    return date(year, 1, 1)


@rule("YEAROF", "fy INT")
def financial_year(_context: Context, year: int) -> date | None:
    """``FY27`` is 2027-01-01/2028-01-01: as the calendar has it, for no company's own is known."""
    return date(2000 + year, 1, 1) if 10 <= year < 100 else None


@rule("THEWEEK", "[the] week")
def the_week(context: Context) -> date:
    """``end of the week`` is 2026-03-06."""
    return first_of(context, "week", 0)


@rule("THEMONTH", "[the] month", "the current month")
def the_month(context: Context) -> date:
    """``end of the month`` is 2026-03-31."""
    return first_of(context, "month", 0)


@rule("THEQUARTER", "[the] quarter")
def the_quarter(context: Context) -> date:
    """``end of quarter`` is 2026-03-31."""
    return first_of(context, "quarter", 0)


@rule("THEYEAR", "[the] year")
def the_year(context: Context) -> date:
    """``end of the year`` is 2026-12-31."""
    return first_of(context, "year", 0)


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


@rule("QUARTEROF", "q INT [of] YEAROF", "[the] ORD quarter [of] YEAROF")
def quarter_of_rel_year(context: Context, number: int, year: date) -> date | None:
    """``Q1 next year`` is 2027-01-01."""
    return quarter_in(context, year, number)


@rule("QUARTEROF", "YEAROF [的] q INT", "YEAROF [的] 第 INT PERIODWORD", "YEAROF INT PERIODWORD")
def quarter_in(_context: Context, year: date, number: int, word: str = "quarter") -> date | None:
    """``明年第一季度`` is 2027-01-01."""
    return year.replace(month=3 * number - 2) if word == "quarter" and 1 <= number <= 4 else None


@rule("QUARTEROF", "q DAYYEAR")
def quarter_slash_year(context: Context, pair: tuple[int, int]) -> date | None:
    """``Q3/2027`` is 2027-07-01."""
    return quarter_in(context, date(pair[1], 1, 1), pair[0])


@rule("QUARTEROF", "YEAR q INT")
def year_and_quarter(context: Context, year: int, number: int) -> date | None:
    """``2026Q3`` is 2026-07-01."""
    return quarter_in(context, date(year, 1, 1), number)
