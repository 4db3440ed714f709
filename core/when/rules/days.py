"""Days: ``tomorrow``, ``next Tue``, ``the 5th``, ``3 weeks from Monday``, ``11月20日``, ``下周二``, ``三天后``."""

from datetime import date, timedelta

from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    day_of_month,
    elapse,
    month_day,
    months_later,
    nth_weekday,
    safe_date,
    shift,
    week_of,
    weekday_from,
    weekday_near,
)  # fmt: skip
from core.when.values import Day, Moment, Span

_RECENT = timedelta(days=31)
_SMALL = frozenset({"second", "minute", "hour"})

Pair = tuple[int, int, bool]


def _fixed(day: date | None, sure: float = 0.95, *, written: bool = False) -> Day | None:
    return day and Day(day, sure=sure, written=written)


# --- relative days


@rule("DATE", "DAYWORD", examples="tomorrow -> 2026-03-03; 大后天 -> 2026-03-05")
def relative_day(context: Context, offset: int) -> Day:
    return Day(context.now.date() + DAY * offset)


@rule("DATE", "[the] day after DATE", "the day after", "[the] next day", "[the] following day", examples="the day after tomorrow -> 2026-03-04")
def day_after(context: Context, day: Day | None = None) -> Day:
    return Day((day.date if day else context.now.date()) + DAY)


@rule("DATE", "[the] day before DATE", "[the] last|past|previous day", "[the] day before", examples="the day before yesterday -> 2026-02-28")
def day_before(context: Context, day: Day | None = None) -> Day:
    return Day((day.date if day else context.now.date()) - DAY)


@rule("NOW", "right|just|as|only now", "now", "atm", "at this|the moment|time", "asap", "NOWZH", "as of now", examples="right now -> 2026-03-02T10:00; 现在 -> 2026-03-02T10:00")
def now(context: Context, _word: None = None) -> Moment:
    return Moment(context.now, "second")


# --- weekdays


@rule("DATE", "WEEKDAY [.]", examples="Friday -> 2026-03-06; 周三 -> 2026-03-04")
def weekday(context: Context, day: int) -> Day:
    return Day(weekday_near(context, day), "week", 0.9)


@rule("DATE", "ZHTHIS [周] WEEKDAY", "[the] upcoming WEEKDAY", "REL upcoming WEEKDAY", examples="这周五 -> 2026-03-06")
def this_weekday(context: Context, *words: int | None) -> Day | None:
    day = words[-1]
    today = context.now.date()
    if day is None:
        return None
    if len(words) == 2 and not context.past:
        return Day(weekday_from(today, day))
    return Day(weekday_near(context, day))


@rule("DATE", "[the] REL [-] WEEKDAY", "REL week WEEKDAY", examples="next Tue -> 2026-03-10; last Friday -> 2026-02-27")
def rel_weekday(context: Context, weeks: int, day: int) -> Day:
    today = context.now.date()
    if weeks == 0:
        return Day(weekday_near(context, day) if context.past else weekday_from(today, day))
    return Day(weekday_from(week_of(context, today, weeks), day))


@rule("DATE", "ZHREL WEEKDAY", examples="下周二 -> 2026-03-10; 上上周三 -> 2026-02-18")
def rel_weekday_zh(context: Context, weeks: int, day: int) -> Day:
    return Day(weekday_from(week_of(context, context.now.date(), weeks), day))


@rule("DATE", "[the] past WEEKDAY", examples="past Wednesday -> 2026-02-25")
def past_weekday(context: Context, day: int) -> Day:
    return Day(weekday_near(context._replace(past=True), day))


@rule("DATE", "[on] [the] WEEKDAY of|from|in|on WEEKOF", "[on] WEEKDAY [,] WEEKOF", "WEEKDAY the|of WEEKOF", examples="Tuesday of next week -> 2026-03-10")
def weekday_of_week(_context: Context, day: int, first: date) -> Day:
    return Day(weekday_from(first, day))


@rule("DATE", "WEEKOF [on|'s|,] [the] WEEKDAY", "WEEKOF 's WEEKDAY", "WEEKOF 的 WEEKDAY", examples="next week on Friday -> 2026-03-13; last week's Sunday -> 2026-03-01")
def week_then_weekday(_context: Context, first: date, day: int) -> Day:
    return Day(weekday_from(first, day))


@rule("DATE", "[the] WEEKDAY after next", examples="friday after next -> 2026-03-13")
def weekday_after_next(context: Context, day: int) -> Day:
    return Day(weekday_near(context, day) + DAY * 7)


@rule("DATE", "a|one week from|on DATE", "DATE week", examples="a week from Tuesday -> 2026-03-10; Friday week -> 2026-03-13")
def week_from_day(_context: Context, day: Day) -> Day | None:
    return Day(day.date + DAY * 7) if day.open in {"week", ""} and not day.written else None


@rule("WEEKDAYNUM", "WEEKDAY", "WEEKDAYS")
def any_weekday(_context: Context, day: int) -> int:
    return day


@rule("DATE", "INT WEEKDAYNUM from now", "INT WEEKDAYNUM later", "INT WEEKDAYNUM hence", "in INT WEEKDAYS", examples="2 sundays from now -> 2026-03-15")
def weekdays_ahead(context: Context, count: int, day: int) -> Day | None:
    ahead = weekday_near(context._replace(past=False), day)
    return Day(ahead + DAY * 7 * (count - 1)) if 0 < count < 100 else None


@rule("DATE", "INT WEEKDAYNUM ago|back", examples="2 thursdays ago -> 2026-02-19")
def weekdays_back(context: Context, count: int, day: int) -> Day | None:
    return Day(weekday_near(context._replace(past=True), day) - DAY * 7 * (count - 1)) if 0 < count < 100 else None


@rule("DATE", "[the] closest|nearest WEEKDAY to DATE", examples="the closest Monday to Oct 5th -> 2026-10-05")
def closest(_context: Context, day: int, target: Day) -> Day:
    return Day(_by_closeness(target.date, day)[0])


@rule("DATE", "[the] ORD closest|nearest WEEKDAY to DATE", examples="the second closest Monday to Oct 5th -> 2026-09-28")
def nth_closest(_context: Context, nth: int, day: int, target: Day) -> Day | None:
    return Day(_by_closeness(target.date, day)[nth - 1]) if nth <= 5 else None


def _by_closeness(target: date, day: int) -> list[date]:
    around = [weekday_from(target, day) + DAY * 7 * week for week in range(-5, 6)]
    return sorted(around, key=lambda each: abs(each - target))


# --- days of the year


@rule("DAYNO", "DAY", "[the] ORD", "the DAY", examples="Jan 3rd -> 2027-01-03")
def day_number(_context: Context, day: int) -> int | None:
    return day if 1 <= day <= 31 else None


@rule("MD", "MONTH [.|-|/|,] DAYNO", "MONTH DAYNO day", "ZHMONTH DAY 日", "MONTH . - DAY", examples="Jan 3 -> 2027-01-03; 11月20日 -> 2026-11-20")
def month_then_day(_context: Context, month: int, day: int) -> tuple[int, int]:
    return month, day


@rule("MD", "DAYNO [.|-|/] MONTH", "DAYNO [day] of MONTH", "DAY 日 MONTH", examples="3rd of May -> 2026-05-03; 14 nov -> 2026-11-14")
def day_then_month(_context: Context, day: int, month: int) -> tuple[int, int]:
    return month, day


@rule("ZHMONTH", "INT 月 [份]", examples="三月一日 -> 2027-03-01")
def month_zh(_context: Context, month: int) -> int | None:
    return month if 1 <= month <= 12 else None


@rule("MDBARE", "ZHMONTH DAY", examples="两千年八月十五 -> 2000-08-15")
def month_day_bare(_context: Context, month: int, day: int) -> tuple[int, int]:
    return month, day


@rule("DATE", "MD", "FESTIVAL", examples="Feb 29 -> 2028-02-29; 元旦 -> 2027-01-01")
def yearless(context: Context, month_and_day: tuple[int, int]) -> Day | None:
    day = month_day(context, *month_and_day)
    return day and Day(day, "year", 0.9)


@rule("WEAKDATE", "MDBARE", examples="八月十五 -> 2026-08-15")
def yearless_bare(context: Context, month_and_day: tuple[int, int]) -> Day | None:
    day = month_day(context, *month_and_day)
    return day and Day(day, "year", 0.7)


@rule("DATE", "MD [,|-|/|of] ANYYEAR", "MD , of ANYYEAR", "MD [.|-] INT", examples="January 12, 2018 -> 2018-01-12")
def with_year(_context: Context, month_and_day: tuple[int, int], year: int) -> Day | None:
    if year < 100:
        return None
    return _fixed(safe_date(year, *month_and_day), written=True) if 1000 <= year < 2200 else None


@rule("DATE", "ANYYEAR [,|-|/] MD", "ANYYEAR MDBARE", examples="2015年3月3号 -> 2015-03-03")
def after_year(_context: Context, year: int, month_and_day: tuple[int, int]) -> Day | None:
    return _fixed(safe_date(year, *month_and_day), written=True)


@rule("DATE", "MONTH -|/ DAYYEAR", examples="Sep-23-2020 -> 2020-09-23; September-2020-23 -> 2020-09-23")
def month_and_digits(_context: Context, month: int, rest: tuple[int, int]) -> Day | None:
    return _fixed(safe_date(rest[1], month, rest[0]), written=True)


@rule("DATE", "DAYYEAR -|/ MONTH", examples="2020/23/Sep -> 2020-09-23")
def digits_and_month(_context: Context, rest: tuple[int, int], month: int) -> Day | None:
    return _fixed(safe_date(rest[1], month, rest[0]), written=True)


@rule("DATE", "YEAR MM DAY", examples="2026 03 20 -> 2026-03-20")
def spaced(_context: Context, year: int, month: int, day: int) -> Day | None:
    return _fixed(safe_date(year, month, day), written=True)


@rule("DATE", "YEAROF MD|FESTIVAL", "YEAROF 的 MD|FESTIVAL", "YEAROF MDBARE", examples="明年5月3日 -> 2027-05-03")
def day_of_year(_context: Context, first: date, month_and_day: tuple[int, int]) -> Day | None:
    return _fixed(safe_date(first.year, *month_and_day))


@rule("DATE", "MD [,|of|in] YEAROF", examples="May 3 next year -> 2027-05-03")
def day_in_year(_context: Context, month_and_day: tuple[int, int], first: date) -> Day | None:
    return _fixed(safe_date(first.year, *month_and_day))


@rule("DATE", "SLASHED", "SLASHED 日", "DOTTED 日", "HYPHENED 日", "on|by|until|since DOTTED", "on|by|until|since HYPHENED", "INT / DAY",
      examples="2/15 -> 2027-02-15; on 4.22 -> 2026-04-22")  # fmt: skip
def numeric(context: Context, pair: Pair | int, second: int = 0) -> Day | None:
    if isinstance(pair, int):
        pair = (pair, second, False)
        if pair[0] > 12:
            return None
    day = month_day(context, pair[0], pair[1])
    return day and Day(day, "year", 0.85 if pair[2] else 0.7)


@rule("BAREDATE", "HYPHENED", "DOTTED", examples="2-15 -> 2027-02-15")
def numeric_bare(context: Context, pair: Pair) -> Day | None:
    day = month_day(context, pair[0], pair[1])
    return day and Day(day, "year", 0.6)


@rule("DATE", "REL SLASHED", examples="this 3/12 -> 2026-03-12; next 3/12 -> 2027-03-12")
def rel_numeric(context: Context, years: int, pair: Pair) -> Day | None:
    return _fixed(safe_date(context.now.year + years, pair[0], pair[1]), 0.7)


# --- weekdays with a date


@rule("DATE", "WEEKDAY [.] [,] DATE", "REL WEEKDAY [,] DATE", "WEEKDAY , the DATE", "WEEKDAY ( DATE )", examples="Fri, Jul 18 -> 2026-07-18")
def weekday_then_date(context: Context, *words: int | Day) -> Day | None:
    day, weekday_named = words[-1], words[-2]
    return _agreeing(context, weekday_named, day) if isinstance(day, Day) and isinstance(weekday_named, int) else None


@rule("DATE", "WEEKDAY BAREDATE", "REL WEEKDAY BAREDATE", examples="Friday 7.6 -> 2026-07-06")
def weekday_then_bare(context: Context, *words: int | Day) -> Day | None:
    return weekday_then_date(context, *words)


@rule("DATE", "DATE [,] WEEKDAY", "DATE ( WEEKDAY )", "DATE 的 WEEKDAY", examples="Jul 18, Fri -> 2026-07-18; 10月12号，星期一 -> 2026-10-12")
def date_then_weekday(context: Context, day: Day, weekday_named: int) -> Day | None:
    return _agreeing(context, weekday_named, day)


def _agreeing(context: Context, weekday_named: int, day: Day) -> Day | None:
    if day.open == "week" or day.date.weekday() == weekday_named:
        return day._replace(open="") if day.open != "week" else None
    if day.open == "year":
        for year in (context.now.year, context.now.year + 1):
            other = safe_date(year, day.date.month, day.date.day)
            if other and other.weekday() == weekday_named and other >= context.now.date() - _RECENT:
                return Day(other)
    return day._replace(sure=0.6)


@rule("DATE", "DATE [,] on WEEKDAY", examples="in 3 days on Thursday -> 2026-03-05")
def date_on_weekday(_context: Context, day: Day, weekday_named: int) -> Day | None:
    return Day(_by_closeness(day.date, weekday_named)[0]) if not day.open else None


@rule("DATE", "DAYWORD [,] DATE", "DAYWORD [,] the DATE", "DAYWORD ( DATE )", examples="tomorrow, 13/04/21 -> 2021-04-13; today Friday -> 2026-03-02")
def date_said_twice(context: Context, offset: int, day: Day) -> Day:
    return day if day.open in {"", "year"} else Day(context.now.date() + DAY * offset)


# --- days of a month


@rule("DATE", "DAY 日", "on|by|until|since|for [the] ORD", examples="29日 -> 2026-03-29; on the 15th -> 2026-03-15")
def of_month(context: Context, day: int) -> Day | None:
    found = day_of_month(context, day)
    return found and Day(found, "month", 0.85)


@rule("WEAKDATE", "the ORD", "ORD", examples="the 5th -> 2026-03-05")
def the_nth(context: Context, day: int) -> Day | None:
    return of_month(context, day)


@rule("ONDAY", "on [the] DAY", examples="seven on 15 -> 2026-03-15T07:00")
def on_day(context: Context, day: int) -> Day | None:
    return of_month(context, day)


@rule("DATE", "WEEKDAY [.] [,] DAY|ORD", examples="Monday 21 -> 2026-09-21")
def weekday_and_number(context: Context, weekday_named: int, day: int) -> Day | None:
    found = day_of_month(context, day, weekday_named)
    return found and Day(found)


@rule("DATE", "WEEKDAY [,] the ORD", examples="Friday the 13th -> 2026-03-13")
def weekday_the_nth(context: Context, weekday_named: int, day: int) -> Day | None:
    here = safe_date(context.now.year, context.now.month, day)
    found = here if here and here.weekday() == weekday_named else day_of_month(context, day, weekday_named)
    return found and Day(found)


@rule("DATE", "[the] DAYNO [day] of|in RELMONTH", "[the] DAYNO RELMONTH", "RELMONTH [on] the ORD", "RELMONTH [on] ORD", examples="20th of next month -> 2026-04-20")
def day_of_relative_month(_context: Context, first: int | date, second: int | date) -> Day | None:
    month, day = (second, first) if isinstance(first, int) else (first, second)
    return _fixed(safe_date(month.year, month.month, day)) if isinstance(month, date) and isinstance(day, int) else None


@rule("DATE", "RELMONTH [的] DAY 日", "ZHRELMONTH DAY", "RELMONTH 的 第 DAY 天", examples="下个月5号 -> 2026-04-05")
def day_of_relative_month_zh(_context: Context, month: date, day: int) -> Day | None:
    return _fixed(safe_date(month.year, month.month, day))


@rule("DATE", "[the] ORD WEEKDAY of|in|from MONTHOF", "[the] ORD WEEKDAY MONTHOF", examples="first Monday of next month -> 2026-04-06")
def nth_weekday_of(context: Context, nth: int, weekday_named: int, month: date) -> Day | None:
    return _fixed(nth_weekday(month, weekday_named, nth))


@rule("DATE", "[the] ORD WEEKDAY", examples="third Tuesday -> 2026-03-17")
def nth_weekday_bare(context: Context, nth: int, weekday_named: int) -> Day | None:
    first = context.now.date().replace(day=1)
    return _fixed(nth_weekday(first, weekday_named, nth), 0.6) if nth <= 5 else None


@rule("DATE", "[the] last WEEKDAY of|in MONTHOF", examples="last Friday of March -> 2026-03-27")
def last_weekday_of(_context: Context, weekday_named: int, month: date) -> Day | None:
    return _fixed(nth_weekday(month, weekday_named, -1))


@rule("DATE", "MONTHOF [的] 第 INT [个] WEEKDAY", examples="十月第一个星期一 -> 2026-10-05")
def nth_weekday_zh(_context: Context, month: date, nth: int, weekday_named: int) -> Day | None:
    return _fixed(nth_weekday(month, weekday_named, nth))


@rule("DATE", "MONTHOF [的] 最后 INT [个] WEEKDAY", examples="三月最后一个周五 -> 2026-03-27")
def last_weekday_zh(_context: Context, month: date, _one: int, weekday_named: int) -> Day | None:
    return _fixed(nth_weekday(month, weekday_named, -1))


@rule("DATE", "[the] last day of|in MONTHOF", "MONTHOF [的] 最后 INT 天", examples="last day of October -> 2026-10-31")
def last_day(_context: Context, month: date, _one: int = 1) -> Day:
    return Day(months_later(month, 1) - DAY)


@rule("DATE", "[the] first day of|in MONTHOF", examples="first day of next month -> 2026-04-01")
def first_day(_context: Context, month: date) -> Day:
    return Day(month)


@rule("DATE", "[the] ORD [to] last day of MONTHOF", examples="the 5th last day of May -> 2026-05-27")
def nth_last_day(_context: Context, nth: int, month: date) -> Day | None:
    return Day(months_later(month, 1) - DAY * nth) if nth <= 28 else None


# --- offsets


@rule("*", "in|within [about|only|just] SPAN", "in less|more than SPAN", "SPAN later|hence", "SPAN from now", "SPAN 后",
      "过 SPAN [后]", "SPAN 内", examples="in 2 weeks -> 2026-03-16; 三天后 -> 2026-03-05; in 5 hours -> 2026-03-02T15:00")  # fmt: skip
def ahead(context: Context, span: Span) -> list[tuple[str, Day | Moment]] | None:
    return _offset(context, span, 1)


@rule("*", "[about] SPAN ago|back|earlier", "SPAN 前", examples="two days ago -> 2026-02-28; 2分钟前 -> 2026-03-02T09:58")
def behind(context: Context, span: Span) -> list[tuple[str, Day | Moment]] | None:
    return _offset(context, span, -1)


def _offset(context: Context, span: Span, sign: int) -> list[tuple[str, Day | Moment]] | None:
    if not 1 < context.now.year + sign * (span.months // 12 + span.days // 365) < 9000:
        return None
    if span.seconds:
        grain = "minute" if span.grain in {"hour", "day", "week"} else "second"
        return [("OFFSET", Moment(elapse(context, span, sign), grain))]
    return [("DATE", Day(shift(context, context.now.date(), span, sign)))]


@rule("DATE", "SPAN from|after|since DATE", "in SPAN since|from|after DATE", "DATE 后 SPAN", "DATE SPAN 后", examples="three weeks from tomorrow -> 2026-03-24")
def after_date(context: Context, first: Span | Day, second: Span | Day) -> Day | None:
    span, day = (first, second) if isinstance(first, Span) else (second, first)
    usable = isinstance(span, Span) and isinstance(day, Day) and not span.seconds
    return Day(shift(context, day.date, span)) if usable else None


@rule("DATE", "SPAN before DATE", examples="two days before yesterday -> 2026-02-27")
def before_date(context: Context, span: Span, day: Day) -> Day | None:
    return Day(shift(context, day.date, span, -1)) if not span.seconds else None


@rule("DATE", "[in] SPAN since|from|after YEAROF", examples="in two weeks since the year 2011 -> 2011-01-15")
def after_year_began(context: Context, span: Span, first: date) -> Day | None:
    return Day(shift(context, first, span)) if not span.seconds else None


@rule("DATE", "upcoming COUNT UNIT", "COUNT upcoming UNIT", examples="upcoming two days -> 2026-03-04")
def upcoming(context: Context, count: object, unit: object) -> Day | None:
    from core.when.rules.spans import times

    span = times(count, unit)
    return Day(shift(context, context.now.date(), span)) if span and not span.seconds else None


@rule("DATE", "[on] the DATE", "on|by|until|since|for DATE", "sometime [on] DATE", "about DATE", examples="on Friday -> 2026-03-06")
def introduced(_context: Context, day: Day) -> Day:
    return day
