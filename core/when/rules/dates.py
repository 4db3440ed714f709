"""Days named by the calendar: ``the 5th``, ``Jan 3, 2027``, ``2/15``, ``first Monday of May``, ``11月20日``."""

from collections.abc import Callable
from datetime import date, timedelta

from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    by_closeness,
    day_of_a_year,
    day_of_month,
    month_day,
    months_later,
    nth_weekday,
    safe_date,
)
from core.when.values import Day

MonthDay = tuple[int, int]
_RECENT = timedelta(days=31)


def _day(day: date | None, left_open: str = "", sure: float = 0.95, *, written: bool = False) -> Day | None:
    return None if day is None else Day(day, left_open, sure, written)


# --- a day of the year


@rule("DAYNO", "DAY", "[the] ORD", "the DAY")
def day_number(_context: Context, day: int) -> int | None:
    """``Jan 3rd`` is 2027-01-03; ``Jan the third`` is 2027-01-03."""
    return day if 1 <= day <= 31 else None


@rule("MONTHZH", "INT 月|月份")
def month_zh(_context: Context, month: int) -> int | None:
    """``三月一日`` is 2027-03-01; ``十二月份5号`` is 2026-12-05."""
    return month if 1 <= month <= 12 else None


@rule("MD", "MONTH [.|-|/|,] DAYNO", "MONTH DAYNO day", "MONTHZH DAY 日")
def month_then_day(_context: Context, month: int, day: int) -> MonthDay:
    """``May 3`` is 2026-05-03; ``Oct. 2`` is 2026-10-02; ``11月20日`` is 2026-11-20; ``二月十五號`` is 2027-02-15."""
    return month, day


@rule("MD", "DAYNO [.|-|/] MONTH", "DAYNO [day] of MONTH")
def day_then_month(_context: Context, day: int, month: int) -> MonthDay:
    """``3rd of May`` is 2026-05-03; ``14 nov`` is 2026-11-14; ``twenty third day of September`` is 2026-09-23."""
    return month, day


@rule("MDBARE", "MONTHZH DAY")
def month_day_bare(_context: Context, month: int, day: int) -> MonthDay:
    """``两千年八月十五`` is 2000-08-15."""
    return month, day


@rule("DATE", "MD")
def yearless(context: Context, pair: MonthDay) -> Day | None:
    """``Feb 29`` is 2028-02-29; ``Mar 1`` is 2027-03-01."""
    return _day(month_day(context, *pair), "year", 0.9)


@rule("WEAKDATE", "MDBARE")
def yearless_bare(context: Context, pair: MonthDay) -> Day | None:
    """``八月十五`` is 2026-08-15."""
    return _day(month_day(context, *pair), "year", 0.7)


@rule("DATE", "FESTIVAL", "the FESTIVAL")
def festival(context: Context, in_year: Callable[[int], date | None]) -> Day | None:
    """``Thanksgiving`` is 2026-11-26; ``国庆`` is 2026-10-01; ``春节`` is 2027-02-06."""
    return _day(day_of_a_year(context, in_year))


@rule("DATE", "ANYYEAR FESTIVAL", "FESTIVAL [,] YEAR", "YEAROF [的] FESTIVAL", "FESTIVAL YEAROF")
def festival_of_year(
    _context: Context,
    first: int | date | Callable[[int], date | None],
    second: int | date | Callable[[int], date | None],
) -> Day | None:
    """``Christmas 2027`` is 2027-12-25; ``明年中秋`` is 2027-09-15."""
    year, in_year = (second, first) if callable(first) else (first, second)
    number = year.year if isinstance(year, date) else year
    return _day(in_year(number)) if callable(in_year) and isinstance(number, int) else None


@rule("DATE", "MD [.|,|-|/|of] ANYYEAR", "MD , of ANYYEAR")
def year_after(_context: Context, pair: MonthDay, year: int) -> Day | None:
    """``January 12, 2018`` is 2018-01-12; ``fourth of july of 1995`` is 1995-07-04."""
    return _day(safe_date(year, *pair), written=True)


@rule("DATE", "ANYYEAR [,|-|/] MD", "ANYYEAR MDBARE")
def year_before(_context: Context, year: int, pair: MonthDay) -> Day | None:
    """``2015年3月3号`` is 2015-03-03; ``2019/sep/01`` is 2019-09-01."""
    return _day(safe_date(year, *pair), written=True)


@rule("DATE", "MONTH -|/ DAYYEAR")
def month_and_digits(_context: Context, month: int, rest: tuple[int, int]) -> Day | None:
    """``Sep-23-2020`` is 2020-09-23; ``September-2020-23`` is 2020-09-23."""
    return _day(safe_date(rest[1], month, rest[0]), written=True)


@rule("DATE", "DAYYEAR -|/ MONTH")
def digits_and_month(_context: Context, rest: tuple[int, int], month: int) -> Day | None:
    """``2020/23/Sep`` is 2020-09-23."""
    return _day(safe_date(rest[1], month, rest[0]), written=True)


@rule("DATE", "YEAR MM DAY")
def spaced(_context: Context, year: int, month: int, day: int) -> Day | None:
    """``2026 03 20`` is 2026-03-20."""
    return _day(safe_date(year, month, day), written=True)


@rule("DATE", "YEAROF [的] MD|MDBARE")
def of_relative_year(_context: Context, first: date, pair: MonthDay) -> Day | None:
    """``明年5月3日`` is 2027-05-03."""
    return _day(safe_date(first.year, *pair))


@rule("DATE", "MD [,|of|in] YEAROF")
def in_relative_year(_context: Context, pair: MonthDay, first: date) -> Day | None:
    """``May 3 next year`` is 2027-05-03."""
    return _day(safe_date(first.year, *pair))


@rule("NOTHING", "农历|阴历|旧历 MD|MDBARE", "农历|阴历|旧历 [的] YEAROF MD|MDBARE")
def lunar(_context: Context, *_date: object) -> bool:
    """``农历八月十五`` is nothing: a date of the lunar calendar must not be taken for one of ours."""
    return True


# --- in digits only


@rule("DATE", "SLASHED", "SLASHED|SCORE|DOTTED|HYPHENED 日", "on|by|before|until|since SCORE|DOTTED|HYPHENED")
def numeric(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``2/15`` is 2027-02-15; ``on 4.22`` is 2026-04-22; ``5.3号`` is 2026-05-03."""
    return _day(month_day(context, pair[0], pair[1]), "year", 0.85 if pair[2] else 0.7)


@rule("DATE", "INT / DAY")
def numeric_spaced(context: Context, month: int, day: int) -> Day | None:
    """``3 / 15`` is 2026-03-15."""
    return _day(month_day(context, month, day), "year", 0.6)


@rule("WEAKDATE", "SCORE")
def numeric_or_score(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``9/10`` is 2026-09-10."""
    return _day(month_day(context, pair[0], pair[1]), "year", 0.6)


@rule("BAREDATE", "HYPHENED|DOTTED")
def numeric_bare(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``4-15`` is 2026-04-15; ``4.15`` is 2026-04-15."""
    return _day(month_day(context, pair[0], pair[1]), "year", 0.6)


@rule("DATE", "REL SLASHED|SCORE")
def rel_numeric(context: Context, years: int, pair: tuple[int, int, bool]) -> Day | None:
    """``this 3/12`` is 2026-03-12; ``next 3/12`` is 2027-03-12."""
    return _day(safe_date(context.now.year + years, pair[0], pair[1]), sure=0.7)


# --- a day with its weekday


@rule("DATE", "WEEKDAY [.] [,] DATE|BAREDATE", "WEEKDAY , the DATE", "WEEKDAY ( DATE )", "WEEKDAY 的 DATE")
def weekday_then_date(context: Context, weekday: int, day: Day) -> Day | None:
    """``Fri, Jul 18`` is 2026-07-18; ``Sunday, Feb 10`` is 2027-02-10; ``Friday 7.6`` is 2026-07-06."""
    return _agreeing(context, weekday, day)


@rule("DATE", "REL WEEKDAY [,] DATE|BAREDATE")
def rel_weekday_then_date(context: Context, _rel: int, weekday: int, day: Day) -> Day | None:
    """``this Friday 3/6`` is 2026-03-06."""
    return _agreeing(context, weekday, day)


@rule("DATE", "DATE [,] WEEKDAY", "DATE ( WEEKDAY )")
def date_then_weekday(context: Context, day: Day, weekday: int) -> Day | None:
    """``Jul 18, Fri`` is 2026-07-18; ``10月12号，星期一`` is 2026-10-12."""
    return _agreeing(context, weekday, day)


def _agreeing(context: Context, weekday: int, day: Day) -> Day | None:
    """A date whose weekday was said: the year in which they agree, lately or soon; else the date, less surely."""
    if day.open == "week":
        return None
    if day.date.weekday() == weekday:
        return day._replace(open="", sure=0.95)
    for year in (context.now.year, context.now.year + 1) if day.open == "year" else ():
        other = safe_date(year, day.date.month, day.date.day)
        if other and other.weekday() == weekday and other >= context.now.date() - _RECENT:
            return Day(other)
    return day._replace(sure=0.6)


@rule("DATE", "DATE [,] on WEEKDAY")
def date_on_weekday(_context: Context, day: Day, weekday: int) -> Day | None:
    """``in 3 days on Friday`` is 2026-03-06."""
    return None if day.open else Day(by_closeness(day.date, weekday)[0])


@rule("DATE", "DAYWORD [,] DATE", "DAYWORD [,] the DATE", "DAYWORD ( DATE )")
def said_twice(context: Context, offset: int, day: Day) -> Day:
    """``tomorrow, 13/04/21`` is 2021-04-13; ``today Monday`` is 2026-03-02."""
    return day if day.open in {"", "year"} else Day(context.now.date() + DAY * offset)


# --- a day of the month


@rule("DATE", "DAY 日", "on|by|before|until|since|for [the] NTH")
def of_month(context: Context, day: int) -> Day | None:
    """``29日`` is 2026-03-29; ``by the 15th`` is 2026-03-15; ``5号`` is 2026-03-05."""
    return _day(day_of_month(context, day), "month", 0.85)


@rule("WEAKDATE", "the ORD", "NTH", "on|for the ORD", "on DAY")
def the_nth(context: Context, day: int) -> Day | None:
    """``the 5th`` is 2026-03-05; ``on 15`` is 2026-03-15."""
    return of_month(context, day)


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
    return _day(day_of_month(context, day, weekday))


@rule("DATE", "WEEKDAY [,] the ORD")
def weekday_the_nth(context: Context, weekday: int, day: int) -> Day | None:
    """``Friday the 13th`` is 2026-03-13; ``Sunday the 1st`` is 2026-03-01: this month's, if that agrees."""
    here = safe_date(context.now.year, context.now.month, day)
    return _day(here if here and here.weekday() == weekday else day_of_month(context, day, weekday))


@rule("DATE", "[the] DAYNO [day] of|in RELMONTH", "[the] DAYNO RELMONTH")
def day_of_rel_month(_context: Context, day: int, month: date) -> Day | None:
    """``20th of next month`` is 2026-04-20; ``5th next month`` is 2026-04-05."""
    return _day(safe_date(month.year, month.month, day))


@rule("DATE", "RELMONTH [on|,] [the] ORD", "RELMONTH [的] DAY 日", "RELMONTHZH DAY")
def rel_month_day(_context: Context, month: date, day: int) -> Day | None:
    """``next month on the 5th`` is 2026-04-05; ``下个月5号`` is 2026-04-05; ``下月5`` is 2026-04-05."""
    return _day(safe_date(month.year, month.month, day))


@rule("DATE", "[the] ORD WEEKDAY of|in|from MONTHOF|THEMONTH", "[the] ORD WEEKDAY MONTHOF")
def nth_weekday_of(_context: Context, nth: int, weekday: int, month: date) -> Day | None:
    """``first Monday of next month`` is 2026-04-06; ``third tuesday of september 2026`` is 2026-09-15."""
    return _day(nth_weekday(month, weekday, nth)) if nth <= 5 else None


@rule("DATE", "[the] ORD WEEKDAY")
def nth_weekday_bare(context: Context, nth: int, weekday: int) -> Day | None:
    """``third Tuesday`` is 2026-03-17."""
    first = context.now.date().replace(day=1)
    return _day(nth_weekday(first, weekday, nth), sure=0.6) if nth <= 5 else None


@rule("DATE", "[the] last WEEKDAY of|in MONTHOF|THEMONTH")
def last_weekday_of(_context: Context, weekday: int, month: date) -> Day | None:
    """``last Friday of March`` is 2026-03-27; ``the last Friday of the month`` is 2026-03-27."""
    return _day(nth_weekday(month, weekday, -1))


@rule("DATE", "MONTHOF [的] 第 INT [个] WEEKDAY")
def nth_weekday_zh(_context: Context, month: date, nth: int, weekday: int) -> Day | None:
    """``十月第一个星期一`` is 2026-10-05; ``下个月第二个周五`` is 2026-04-10."""
    return _day(nth_weekday(month, weekday, nth)) if 1 <= nth <= 5 else None


@rule("DATE", "MONTHOF [的] 最后 INT [个] WEEKDAY")
def last_weekday_zh(_context: Context, month: date, _one: int, weekday: int) -> Day | None:
    """``三月最后一个周五`` is 2026-03-27."""
    return _day(nth_weekday(month, weekday, -1))


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
