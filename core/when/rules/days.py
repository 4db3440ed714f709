"""Days named from today: ``tomorrow``, ``next Tue``, ``Friday week``, ``下周二``, ``上上周三``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import (
    DAY,
    by_closeness,
    months_later,
    shift,
    week_of,
    weekday_from,
    weekday_near,
    workdays_later,
)
from core.when.values import Day, Moment, Span


@rule("DATE", "DAYWORD")
def relative_day(context: Context, offset: int) -> Day:
    """``tomorrow`` is 2026-03-03; ``tmrw`` is 2026-03-03; ``大后天`` is 2026-03-05."""
    return Day(context.now.date() + DAY * offset)


@rule("DATE", "[the] day after DATE")
def day_after(_context: Context, day: Day) -> Day:
    """``the day after tomorrow`` is 2026-03-04."""
    return Day(day.date + DAY)


@rule("DATE", "[the] day before DATE")
def day_before(_context: Context, day: Day) -> Day:
    """``the day before yesterday`` is 2026-02-28."""
    return Day(day.date - DAY)


@rule("DATE", "DATE 当天")
def that_very_day(_context: Context, day: Day) -> Day:
    """``元旦当天`` is 2027-01-01."""
    return day


@rule("DATE", "第 INT 天")
def second_day(context: Context, nth: int) -> Day | None:
    """``第二天`` is 2026-03-03."""
    return Day(context.now.date() + DAY) if nth == 2 else None


@rule("NOTHING", "第 INT ZHUNIT", "INT quarters of", "a|one quarter of")
def nth_unit(_context: Context, *_words: object) -> bool:
    """``第三天`` is nothing: counted from what? ``three quarters of the team`` is nothing, either."""
    return True


@rule("DATE", "前 INT 天")
def one_day_before(context: Context, count: int) -> Day | None:
    """``前一天`` is 2026-03-01."""
    return Day(context.now.date() - DAY) if count == 1 else None


@rule("DATE", "后 INT 天")
def one_day_after(context: Context, count: int) -> Day | None:
    """``后一天`` is 2026-03-03."""
    return Day(context.now.date() + DAY) if count == 1 else None


@rule("DATE", "this day")
def this_day(context: Context) -> Day:
    """``this day`` is 2026-03-02."""
    return Day(context.now.date())


@rule("DATE", "the day after", "[the] next|following day")
def next_day(context: Context) -> Day:
    """``the next day`` is 2026-03-03."""
    return Day(context.now.date() + DAY)


@rule("DATE", "[the] next|following business day", "ZHREL 工作日|个工作日")
def next_workday(context: Context, count: int = 1) -> Day | None:
    """``next business day`` is 2026-03-03; ``下个工作日`` is 2026-03-03."""
    return Day(workdays_later(context.now.date(), count)) if count else None


@rule("DATE", "[the] last|past|previous day", "the day before")
def last_day(context: Context) -> Day:
    """``past day`` is 2026-03-01."""
    return Day(context.now.date() - DAY)


@rule("NOW", "just|as|only now", "now", "atm", "at this|the moment|time", "asap", "as soon as possible", "NOWWORD")
def now(context: Context, _word: None = None) -> Moment:
    """``right now`` is 2026-03-02T10:00; ``现在`` is 2026-03-02T10:00."""
    return Moment(context.now, "second")


@rule("DATE", "WEEKDAY [.]")
def weekday(context: Context, day: int) -> Day:
    """``Friday`` is 2026-03-06; ``周三`` is 2026-03-04; ``Monday`` is 2026-03-09."""
    return Day(weekday_near(context, day), "week", 0.9)


@rule("DATE", "ZHTHIS WEEKDAY")
def this_weekday_zh(context: Context, _this: int, day: int) -> Day:
    """``这周五`` is 2026-03-06; ``這禮拜一`` is 2026-03-02: 这 points at the nearest to come, today included."""
    return Day(weekday_near(context, day) if context.past else weekday_from(context.now.date(), day))


@rule("DATE", "[the] upcoming WEEKDAY", "this upcoming WEEKDAY")
def coming_weekday(context: Context, day: int) -> Day:
    """``coming Thursday`` is 2026-03-05; ``this coming Monday`` is 2026-03-09."""
    return Day(weekday_near(context._replace(past=False), day))


@rule("DATE", "[the] past WEEKDAY", "this past WEEKDAY")
def past_weekday(context: Context, day: int) -> Day:
    """``past Wednesday`` is 2026-02-25."""
    return Day(weekday_near(context._replace(past=True), day))


@rule("DATE", "[the] REL [-] WEEKDAY")
def rel_weekday(context: Context, weeks: int, day: int) -> Day:
    """``next Tue`` is 2026-03-10: that of next week; ``last Friday`` is 2026-02-27; ``this Friday`` is 2026-03-06."""
    if not weeks:
        return this_weekday_zh(context, 0, day)
    return Day(weekday_from(week_of(context, context.now.date(), weeks), day))


@rule("DATE", "ZHREL WEEKDAY")
def rel_weekday_zh(context: Context, weeks: int, day: int) -> Day:
    """``下周二`` is 2026-03-10; ``本周五`` is 2026-03-06; ``上上周三`` is 2026-02-18."""
    return Day(weekday_from(week_of(context, context.now.date(), weeks), day))


@rule("DATE", "[on] [the] WEEKDAY of|from|in|on WEEKOF", "[on] WEEKDAY [,] WEEKOF")
def weekday_of_week(_context: Context, day: int, first: date) -> Day:
    """``Tuesday of next week`` is 2026-03-10; ``wednesday next week`` is 2026-03-11."""
    return Day(weekday_from(first, day))


@rule("DATE", "WEEKOF [on|'s|,|的] WEEKDAY")
def week_then_weekday(_context: Context, first: date, day: int) -> Day:
    """``next week on Friday`` is 2026-03-13; ``last week's Sunday`` is 2026-03-01."""
    return Day(weekday_from(first, day))


@rule("DATE", "[the] WEEKDAY after next")
def weekday_after_next(context: Context, day: int) -> Day:
    """``friday after next`` is 2026-03-13."""
    return Day(weekday_near(context, day) + DAY * 7)


@rule("DATE", "[the] WEEKDAY after DATE")
def weekday_after(_context: Context, weekday_named: int, day: Day) -> Day:
    """``the Monday after Easter`` is 2026-04-06."""
    return Day(weekday_from(day.date + DAY, weekday_named))


@rule("DATE", "the WEEKDAY before DATE")
def weekday_before(_context: Context, weekday_named: int, day: Day) -> Day:
    """``the Friday before Christmas`` is 2026-12-18."""
    return Day(weekday_from(day.date - DAY * 7, weekday_named))


@rule("DATE", "a|one week from|on DATE")
def week_from_day(_context: Context, day: Day) -> Day:
    """``a week from Tuesday`` is 2026-03-10; ``a week on Friday`` is 2026-03-13."""
    return Day(day.date + DAY * 7)


@rule("DATE", "SPAN DAYNAME")
def span_from_day(_context: Context, span: Span, day: Day) -> Day | None:
    """``a week tomorrow`` is 2026-03-10; ``two weeks today`` is 2026-03-16."""
    return Day(shift(day.date, span)) if span.grain == "week" and span.months == 0 else None


@rule("DATE", "SPAN ago [on] WEEKDAY")
def weekday_ago(context: Context, span: Span, weekday_named: int) -> Day | None:
    """``a week ago Friday`` is 2026-02-20: a week before the last one."""
    last = weekday_near(context._replace(past=True), weekday_named)
    return Day(shift(last, span, -1)) if span.grain == "week" else None


@rule("DATE", "SPAN 后 的 WEEKDAY")
def weekday_ahead(context: Context, span: Span, weekday_named: int) -> Day | None:
    """``两周后的周五`` is 2026-03-20."""
    first = week_of(context, shift(context.now.date(), span))
    return Day(weekday_from(first, weekday_named)) if span.grain == "week" else None


@rule("DATE", "[the] same|this day [of] WEEKOF", "WEEKOF [的] 今天")
def same_weekday(context: Context, first: date) -> Day:
    """``same day next week`` is 2026-03-09; ``下周的今天`` is 2026-03-09."""
    today = context.now.date()
    return Day(first + (today - week_of(context, today)))


@rule("DATE", "[the] same|this day [of] RELMONTH", "RELMONTH [的] 今天")
def same_day_of_month(context: Context, first: date) -> Day:
    """``same day next month`` is 2026-04-02; ``下个月的今天`` is 2026-04-02."""
    today = context.now.date()
    return Day(months_later(today, (first.year - today.year) * 12 + first.month - today.month))


@rule("DATE", "[the] same|this day [of] YEAROF", "YEAROF [的] 今天")
def same_day_of_year(context: Context, first: date) -> Day:
    """``this day next year`` is 2027-03-02; ``明年的今天`` is 2027-03-02."""
    today = context.now.date()
    return Day(months_later(today, 12 * (first.year - today.year)))


@rule("DATE", "WEEKDAY week")
def weekday_week(context: Context, day: int) -> Day:
    """``Friday week`` is 2026-03-13."""
    return Day(weekday_near(context, day) + DAY * 7)


@rule("WEEKDAYNAME", "WEEKDAY|WEEKDAYS")
def any_weekday(_context: Context, day: int) -> int:
    """``2 monday later`` is 2026-03-16; ``2 sundays from now`` is 2026-03-15."""
    return day


@rule("DATE", "INT WEEKDAYNAME from now", "INT WEEKDAYNAME later", "in INT WEEKDAYS")
def weekdays_ahead(context: Context, count: int, day: int) -> Day | None:
    """``three fridays from now`` is 2026-03-20."""
    ahead = weekday_near(context._replace(past=False), day)
    return Day(ahead + DAY * 7 * (count - 1)) if 0 < count < 100 else None


@rule("DATE", "INT WEEKDAYNAME ago|back")
def weekdays_back(context: Context, count: int, day: int) -> Day | None:
    """``2 thursdays ago`` is 2026-02-19."""
    back = weekday_near(context._replace(past=True), day)
    return Day(back - DAY * 7 * (count - 1)) if 0 < count < 100 else None


@rule("DATE", "[the] closest WEEKDAY to DATE")
def closest(_context: Context, weekday_named: int, day: Day) -> Day:
    """``the closest Monday to Oct 5th`` is 2026-10-05."""
    return Day(by_closeness(day.date, weekday_named)[0])


@rule("DATE", "[the] ORD closest WEEKDAY to DATE")
def nth_closest(_context: Context, nth: int, weekday_named: int, day: Day) -> Day | None:
    """``the second closest Monday to Oct 5th`` is 2026-09-28."""
    return Day(by_closeness(day.date, weekday_named)[nth - 1]) if nth <= 5 else None
