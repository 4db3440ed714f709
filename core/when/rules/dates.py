"""Days named by the calendar: ``the 5th``, ``Jan 3, 2027``, ``2/15``, ``first Monday of May``, ``11月20日``."""

from collections.abc import Callable
from datetime import date, timedelta

from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    by_closeness,
    day_of_a_year,
    month_day,
    safe_date,
)
from core.when.values import Day, day_or_none

MonthDay = tuple[int, int]
_RECENT = timedelta(days=31)


# --- a day of the year


@rule("DAYNO", "DAY", "[the] ORD", "the DAY")
def day_number(_context: Context, day: int) -> int | None:
    """``Jan 3rd`` is 2027-01-03; ``Jan the third`` is 2027-01-03."""
    return day if 1 <= day <= 31 else None


@rule("MONTHZH", "元月|元月份")
def january_zh(_context: Context) -> int:
    """``元月三号`` is 2027-01-03."""
    return 1


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
    return day_or_none(month_day(context, *pair), "year", 0.9)


@rule("WEAKDATE", "MDBARE")
def yearless_bare(context: Context, pair: MonthDay) -> Day | None:
    """``八月十五`` is 2026-08-15."""
    return day_or_none(month_day(context, *pair), "year", 0.7)


@rule("DATE", "FESTIVAL", "the FESTIVAL")
def festival(context: Context, in_year: Callable[[int], date | None]) -> Day | None:
    """``Thanksgiving`` is 2026-11-26; ``国庆`` is 2026-10-01; ``春节`` is 2027-02-06."""
    return day_or_none(day_of_a_year(context, in_year))


@rule("DATE", "REL FESTIVAL")
def rel_festival(context: Context, years: int, in_year: Callable[[int], date | None]) -> Day | None:
    """``this Christmas`` is 2026-12-25; ``last Christmas`` is 2025-12-25."""
    return day_or_none(in_year(context.now.year + years))


@rule("DATE", "FESTIVAL 期间|假期|长假")
def holidays(context: Context, in_year: Callable[[int], date | None]) -> Day | None:
    """``国庆假期`` is 2026-10-01: from its first day."""
    return festival(context, in_year)


@rule("DATE", "ANYYEAR FESTIVAL", "FESTIVAL [,] YEAR", "YEAROF [的] FESTIVAL", "FESTIVAL YEAROF")
def festival_of_year(
    _context: Context,
    first: int | date | Callable[[int], date | None],
    second: int | date | Callable[[int], date | None],
) -> Day | None:
    """``Christmas 2027`` is 2027-12-25; ``明年中秋`` is 2027-09-15."""
    year, in_year = (second, first) if callable(first) else (first, second)
    number = year.year if isinstance(year, date) else year
    return day_or_none(in_year(number)) if callable(in_year) and isinstance(number, int) else None


@rule("DATE", "MD [.|,|-|/|of] ANYYEAR", "MD , of ANYYEAR")
def year_after(_context: Context, pair: MonthDay, year: int) -> Day | None:
    """``January 12, 2018`` is 2018-01-12; ``fourth of july of 1995`` is 1995-07-04."""
    return day_or_none(safe_date(year, *pair), written=True)


@rule("DATE", "ANYYEAR [,|-|/] MD", "ANYYEAR MDBARE")
def year_before(_context: Context, year: int, pair: MonthDay) -> Day | None:
    """``2015年3月3号`` is 2015-03-03; ``2019/sep/01`` is 2019-09-01."""
    return day_or_none(safe_date(year, *pair), written=True)


@rule("DATE", "MONTH -|/ DAYYEAR")
def month_and_digits(_context: Context, month: int, rest: tuple[int, int]) -> Day | None:
    """``Sep-23-2020`` is 2020-09-23; ``September-2020-23`` is 2020-09-23."""
    return day_or_none(safe_date(rest[1], month, rest[0]), written=True)


@rule("DATE", "DAYYEAR -|/ MONTH")
def digits_and_month(_context: Context, rest: tuple[int, int], month: int) -> Day | None:
    """``2020/23/Sep`` is 2020-09-23."""
    return day_or_none(safe_date(rest[1], month, rest[0]), written=True)


@rule("DATE", "DAY -|/|. MONTH -|/|. INT")
def hyphened_year(_context: Context, day: int, month: int, year: int) -> Day | None:
    """``05-Dec-26`` is 2026-12-05."""
    return day_or_none(safe_date(2000 + year, month, day), written=True) if 10 <= year < 100 else None


@rule("DATE", "YEAR MM DAY")
def spaced(_context: Context, year: int, month: int, day: int) -> Day | None:
    """``2026 03 20`` is 2026-03-20."""
    return day_or_none(safe_date(year, month, day), written=True)


@rule("DATE", "YEAROF [的] MD|MDBARE")
def of_relative_year(_context: Context, first: date, pair: MonthDay) -> Day | None:
    """``明年5月3日`` is 2027-05-03."""
    return day_or_none(safe_date(first.year, *pair))


@rule("DATE", "MD [,|of|in] YEAROF")
def in_relative_year(_context: Context, pair: MonthDay, first: date) -> Day | None:
    """``May 3 next year`` is 2027-05-03."""
    return day_or_none(safe_date(first.year, *pair))


@rule("NOTHING", "农历|阴历|旧历 MD|MDBARE", "农历|阴历|旧历 [的] YEAROF MD|MDBARE")
def lunar(_context: Context, *_date: object) -> bool:
    """``农历八月十五`` is nothing: a date of the lunar calendar must not be taken for one of ours."""
    return True


# --- in digits only


@rule("DATE", "SLASHED", "SLASHED|SCORE|DOTTED|HYPHENED 日", "on|by|before|until|since SCORE|DOTTED|HYPHENED")
def numeric(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``2/15`` is 2027-02-15; ``on 4.22`` is 2026-04-22; ``5.3号`` is 2026-05-03."""
    return day_or_none(month_day(context, pair[0], pair[1]), "year", 0.85 if pair[2] else 0.7)


@rule("DATE", "INT / DAY")
def numeric_spaced(context: Context, month: int, day: int) -> Day | None:
    """``3 / 15`` is 2026-03-15."""
    return day_or_none(month_day(context, month, day), "year", 0.6)


@rule("WEAKDATE", "SCORE")
def numeric_or_score(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``9/10`` is 2026-09-10."""
    return day_or_none(month_day(context, pair[0], pair[1]), "year", 0.6)


@rule("DOTTEDDATE", "DOTTED")
def dotted(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``Friday 7.6`` is 2026-07-06; ``4.15`` is 2026-04-15."""
    return day_or_none(month_day(context, pair[0], pair[1]), "year", 0.6)


@rule("BAREDATE", "HYPHENED")
def hyphened(context: Context, pair: tuple[int, int, bool]) -> Day | None:
    """``4-15`` is 2026-04-15."""
    return day_or_none(month_day(context, pair[0], pair[1]), "year", 0.6)


@rule("DATE", "REL SLASHED|SCORE")
def rel_numeric(context: Context, years: int, pair: tuple[int, int, bool]) -> Day | None:
    """``this 3/12`` is 2026-03-12; ``next 3/12`` is 2027-03-12."""
    return day_or_none(safe_date(context.now.year + years, pair[0], pair[1]), sure=0.7)


# --- a day with its weekday


@rule("DATE", "WEEKDAY [.] [,] DATE|DOTTEDDATE|WEAKDATE", "WEEKDAY , the DATE", "WEEKDAY ( DATE )", "WEEKDAY 的 DATE")
def weekday_then_date(context: Context, weekday: int, day: Day) -> Day | None:
    """``Fri, Jul 18`` is 2026-07-18; ``Sunday, Feb 10`` is 2027-02-10."""
    return _agreeing(context, weekday, day)


@rule("DATE", "WEEKDAY [,] BAREDATE")
def weekday_then_hyphened(_context: Context, weekday: int, day: Day) -> Day | None:
    """``Sunday 4-12`` is 2026-04-12: where the weekday disagrees it is hours."""
    return day._replace(open="", sure=0.9) if day.date.weekday() == weekday else None


@rule(
    "DATE", "REL WEEKDAY [,] DATE|DOTTEDDATE|WEAKDATE", "ZHREL|ZHTHIS WEEKDAY [,] DATE", "ZHREL|ZHTHIS WEEKDAY ( DATE )"
)
def rel_weekday_then_date(context: Context, _rel: int, weekday: int, day: Day) -> Day | None:
    """``this Friday 3/6`` is 2026-03-06; ``下周二（3月10日）`` is 2026-03-10."""
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
