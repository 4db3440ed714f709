"""A day with a time or a part of it: ``next Tue 3pm``, ``tonight at 7``, ``EOD Friday``, ``周五下班前``."""

from datetime import UTC

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, day_period, elapse, in_half, moment
from core.when.rules.clocks import off_work
from core.when.values import Clock, Day, Moment, Part, Period, Span

_HALVES = {"am": Part(9, 12, "am"), "pm": Part(14, 18, "pm")}
_FIRST_THING = Clock(9, sure=0.8)
_LAST_SECOND = Clock(23, 59, 59, grain="second", sure=0.85)


# --- a part of a day


@rule("DAYPARTOF", "DAYISH [,] INPART|BAREPART", "DAYISH [的] PART|SHORTPART", "DAYISH in [the] PART")
def day_and_part(_context: Context, day: Day, part: Part) -> tuple[Day, Part]:
    """``tomorrow morning`` is 2026-03-03T09:00; ``周五下午`` is 2026-03-06T14:00/2026-03-06T18:00."""
    return day, part


@rule("DAYPARTOF", "INPART|BAREPART [of|on|,] DAYISH")
def part_and_day(_context: Context, part: Part, day: Day) -> tuple[Day, Part]:
    """``morning of Mar 5`` is 2026-03-05T09:00."""
    return day, part


@rule("DAYPARTOF", "early DAYISH")
def early_on(_context: Context, day: Day) -> tuple[Day, Part]:
    """``early tomorrow`` is 2026-03-03T08:00."""
    return day, Part(8, 10, "am")


@rule("DAYPARTOF", "late DAYISH")
def late_on(_context: Context, day: Day) -> tuple[Day, Part]:
    """``late Friday`` is 2026-03-06T16:00."""
    return day, Part(16, 18, "pm")


@rule("DAYPARTOF", "early DAYPARTOF")
def early_part(_context: Context, day_part: tuple[Day, Part]) -> tuple[Day, Part]:
    """``early tomorrow afternoon`` is 2026-03-03T14:00/2026-03-03T16:00."""
    day, part = day_part
    return day, part._replace(end=(part.start + part.end) // 2)


@rule("DAYPARTOF", "late DAYPARTOF")
def late_part(_context: Context, day_part: tuple[Day, Part]) -> tuple[Day, Part]:
    """``late tomorrow afternoon`` is 2026-03-03T16:00/2026-03-03T18:00."""
    day, part = day_part
    return day, part._replace(start=(part.start + part.end) // 2)


@rule("DAYHALF", "DAYISH MERIDIEM")
def day_and_meridiem(_context: Context, day: Day, half: str) -> tuple[Day, Part]:
    """``tmrw pm`` is 2026-03-03T14:00; ``Monday am`` is 2026-03-09T09:00; ``3 Dec 2pm`` is 2026-12-03T14:00."""
    return day, _HALVES[half]


@rule("DAYPARTOF", "DAYNAME MERIDIEM")
def named_day_and_meridiem(context: Context, day: Day, half: str) -> tuple[Day, Part]:
    """``3 tomorrow pm`` is 2026-03-03T15:00: no number that belongs to the half stands before it."""
    return day_and_meridiem(context, day, half)


@rule("DAYNAME", "DAYWORD")
def day_word(context: Context, offset: int) -> Day:
    """``9 tomorrow`` is 2026-03-03T09:00."""
    return Day(context.now.date() + DAY * offset)


@rule("DAYPARTOF", "REL|ZHTHIS PART")
def part_of_today(context: Context, days: int, part: Part) -> tuple[Day, Part]:
    """``this morning`` is 2026-03-02T09:00; ``last night`` is 2026-03-01T20:00."""
    return Day(context.now.date() + DAY * days), part


@rule("DAYPARTOF", "TONIGHT")
def tonight(context: Context, part: Part) -> tuple[Day, Part]:
    """``tonight`` is 2026-03-02T20:00."""
    return Day(context.now.date()), part


@rule("DAYPARTOF", "DAYPART")
def day_part_word(context: Context, word: tuple[int, Part]) -> tuple[Day, Part]:
    """``明早`` is 2026-03-03T09:00."""
    return Day(context.now.date() + DAY * word[0]), word[1]


@rule("PERIOD", "[by|before|until] DAYPARTOF|DAYHALF")
def part_period(_context: Context, day_part: tuple[Day, Part]) -> Period:
    """``tomorrow afternoon`` is 2026-03-03T14:00/2026-03-03T18:00."""
    day, part = day_part
    return day_period(day.date, part.start, part.end)


@rule("PARTALONE", "PARTZH")
def part_zh(context: Context, part: Part) -> Period:
    """``下午`` is 2026-03-02T14:00."""
    return day_period(context.now.date(), part.start, part.end)._replace(sure=0.7)


# --- a time of a day


@rule("DAYISH", "DATE|WEAKDATE")
def dayish(_context: Context, day: Day) -> Day:
    """``the 5th at 3pm`` is 2026-03-05T15:00."""
    return day


@rule("MOMENT", "DAYISH [,|-|t|:|;|'s|的|在] DAYTIME|HOURZH", "DAYISH , - DAYTIME", "DAYISH ) - DAYTIME",
      "DAYISH for TIME", "BAREDATE|DOTTEDDATE TIME", "ONDAY [,] DAYTIME", "LONEDAY at DAYTIME", "LONEDAY at HOUR|HHMM",
      "DAYNAME HHMM")  # fmt: skip
def day_then_time(context: Context, day: Day, clock: Clock) -> Moment:
    """``next Tue 3pm`` is 2026-03-10T15:00; ``3月5日9点`` is 2026-03-05T09:00;
    ``May/22(Fri)-11:30 AM`` is 2026-05-22T11:30.
    """
    return moment(context, day, clock)


@rule("MOMENT", "DAYTIME [,|-|on|of] DAYISH", "DAYTIME , on DAYISH", "DAYTIME ONDAY", "HOUR|HHMM [,|on] DAYNAME")
def time_then_day(context: Context, clock: Clock, day: Day) -> Moment:
    """``3pm on Friday`` is 2026-03-06T15:00; ``1530 tomorrow`` is 2026-03-03T15:30."""
    return moment(context, day, clock)


@rule("MOMENT", "HOUR ONDAY")
def hour_on_day(context: Context, clock: Clock, day: Day) -> Moment | None:
    """``seven on 15`` is 2026-03-15T07:00, and 1 on 1 a talk."""
    return moment(context, day, clock) if day.date.day > 12 else None


@rule("MOMENT", "DAYPARTOF|DAYHALF [,|的] DAYTIME|HOUR|HOURZH", "DAYPARTOF|DAYHALF , at DAYTIME")
def part_then_time(context: Context, day_part: tuple[Day, Part], clock: Clock) -> Moment | None:
    """``tonight at 7`` is 2026-03-02T19:00; ``今晚八点`` is 2026-03-02T20:00."""
    day, part = day_part
    midnight = part.start >= 18 and clock.hour == 12 and clock.open
    settled = in_half(clock, "night" if midnight else part.half)
    return None if settled is None else moment(context, day, settled)


@rule("MOMENT", "DAYTIME|HOUR [,|-|in] DAYPARTOF")
def time_then_part(context: Context, clock: Clock, day_part: tuple[Day, Part]) -> Moment | None:
    """``10, tonight`` is 2026-03-02T22:00; ``8 tonight`` is 2026-03-02T20:00."""
    return part_then_time(context, day_part, clock)


@rule("DAYTIME", "HOUR - MIN")
def hyphened(_context: Context, clock: Clock, minute: int) -> Clock:
    """``five-thirty tomorrow evening`` is 2026-03-03T17:30."""
    return clock._replace(minute=minute, grain="minute", sure=0.7)


@rule("MOMENT", "first thing [on|in] [the] DAYISH", "first thing DAYPARTOF", "DAYISH first thing")
def first_thing(context: Context, day: Day | tuple[Day, Part]) -> Moment:
    """``first thing Monday`` is 2026-03-09T09:00."""
    return moment(context, day if isinstance(day, Day) else day[0], _FIRST_THING)


@rule("MOMENT", "first thing in the PART")
def first_thing_next(context: Context, _part: Part) -> Moment:
    """``first thing in the morning`` is 2026-03-03T09:00."""
    return first_thing(context, Day(context.now.date() + DAY))


@rule("MOMENT", "last thing [on] [the] DAYISH")
def last_thing(context: Context, day: Day) -> Moment:
    """``last thing Friday`` is 2026-03-06T18:00."""
    return moment(context, day, off_work(context))


@rule("MOMENT", "SPAN before MOMENT")
def earlier(context: Context, span: Span, when: Moment) -> Moment | None:
    """``an hour before tomorrow 3pm`` is 2026-03-03T14:00."""
    return _beside(context, when, span, -1)


@rule("MOMENT", "SPAN after MOMENT")
def after(context: Context, span: Span, when: Moment) -> Moment | None:
    """``two hours after tomorrow noon`` is 2026-03-03T14:00."""
    return _beside(context, when, span, 1)


def _beside(context: Context, when: Moment, span: Span, sign: int) -> Moment | None:
    """A moment that many hours from another; days are counted from dates."""
    if not span.seconds:
        return None
    return when._replace(at=elapse(context._replace(now=when.at), span, sign))


@rule("MOMENT", "[by|at|before] [the] eod", "[by|at|before] [the] end of [the] [business] day")
def end_of_today(context: Context) -> Moment:
    """``EOD`` is 2026-03-02T23:59:59."""
    return moment(context, Day(context.now.date()), _LAST_SECOND)


@rule("MOMENT", "[the] end of [the] DAYISH")
def end_of_day(context: Context, day: Day) -> Moment:
    """``end of tomorrow`` is 2026-03-03T23:59:59."""
    return moment(context, day, _LAST_SECOND)


@rule("MOMENT", "MOMENT z")
def in_utc(context: Context, when: Moment) -> Moment:
    """``2026-12-05T21:00:00Z`` is 2026-12-05T21:00: by the member's clock, where their zone is known."""
    if context.zone is None:
        return when
    return when._replace(at=when.at.replace(tzinfo=UTC).astimezone(context.zone).replace(tzinfo=None))


@rule("MOMENT", "OFFSET|NOW")
def offset(_context: Context, when: Moment) -> Moment:
    """``in an hour`` is 2026-03-02T11:00."""
    return when


@rule("MOMENT", "DAYWORD [,] OFFSET")
def offset_of_day(context: Context, offset_days: int, when: Moment) -> Moment | None:
    """``today in one hour`` is 2026-03-02T11:00."""
    return when if when.at.date() == context.now.date() + DAY * offset_days else None


@rule("MOMENT", "later DAYNAME", "DAYNAME later")
def later_on(context: Context, day: Day) -> Moment:
    """``later today`` is 2026-03-02T23:59:59."""
    return moment(context, day, _LAST_SECOND)._replace(sure=0.6)
