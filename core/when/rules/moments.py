"""A day with a time of it: ``next Tue 3pm``, ``tonight at 7``, ``EOD Friday``, ``周五下班前``, ``今晚八点``."""


from core.when.grammar import Context, rule
from core.when.reckoning import DAY, day_of_month, day_period, moment
from core.when.rules.clocks import in_half
from core.when.values import Clock, Day, Moment, Part, Period

_OFF_WORK = Clock(18, sure=0.8)
_LAST_SECOND = Clock(23, 59, 59, grain="second", sure=0.85)
_TONIGHT = Part(20, 24, "night")


def _today(context: Context) -> Day:
    return Day(context.now.date())


@rule("DAYISH", "DATE", "WEAKDATE")
def dayish(_context: Context, day: Day) -> Day:
    return day


@rule("LONEDAY", "DAY", examples="15 at 8:00 -> 2026-03-15T08:00")
def lone_day(context: Context, day: int) -> Day | None:
    found = day_of_month(context, day)
    return found and Day(found, "month", 0.6)


@rule("RELDAY", "DAYWORD", examples="9 tomorrow -> 2026-03-03T09:00")
def relative_day(context: Context, offset: int) -> Day:
    return Day(context.now.date() + DAY * offset)


@rule("MOMENT", "DAYISH [,|-|t|:|;] ATTIME", "DAYISH , - ATTIME", "DAYISH 的 TIME|ZHCLOCK", "DAYISH ) - ATTIME", "BAREDATE TIME", "DAYISH from|by TIME", "ONDAY ATTIME", "LONEDAY at ATTIME",
      "DAYISH 在 TIME", "DAYISH , by|from TIME", examples="next Tue 3pm -> 2026-03-10T15:00; 明天下午三点 -> 2026-03-03T15:00; May/22(Fri)-11:30 AM -> 2026-05-22T11:30")  # fmt: skip
def day_then_time(context: Context, day: Day, clock: Clock) -> Moment:
    return moment(context, day, clock)


@rule("MOMENT", "ATTIME [,|-|on|of] DAYISH", "ATTIME , on DAYISH", "ATTIME|HOUR ONDAY", "HOUR [,|on] RELDAY", examples="3pm on Friday -> 2026-03-06T15:00; 9 tomorrow -> 2026-03-03T09:00")
def time_then_day(context: Context, clock: Clock, day: Day) -> Moment:
    return moment(context, day, clock)


@rule("DAYPARTOF", "DAYISH [,] INPART|BAREPART", "DAYISH in [the] PART", "DAYISH [的] PART", "DAYISH [的] SHORTPART", examples="tomorrow morning -> 2026-03-03T09:00; 周五下午 -> 2026-03-06T14:00")
def day_and_part(_context: Context, day: Day, part: Part) -> tuple[Day, Part]:
    return day, part


@rule("DAYPARTOF", "INPART|BAREPART [of|on|,] DAYISH", examples="morning of Mar 5 -> 2026-03-05T09:00")
def part_and_day(_context: Context, part: Part, day: Day) -> tuple[Day, Part]:
    return day, part


@rule("DAYPARTOF", "this PART", "TONIGHT", examples="this morning -> 2026-03-02T09:00; tonight -> 2026-03-02T20:00")
def part_of_today(context: Context, part: Part) -> tuple[Day, Part]:
    return _today(context), part


@rule("DAYPARTOF", "REL PART", examples="last night -> 2026-03-01T20:00")
def part_of_other_day(context: Context, days: int, part: Part) -> tuple[Day, Part] | None:
    return Day(context.now.date() + DAY * days), part


@rule("DAYPARTOF", "DAYPART", examples="明早 -> 2026-03-03T09:00")
def day_part_word(context: Context, word: tuple[int, Part]) -> tuple[Day, Part]:
    return Day(context.now.date() + DAY * word[0]), word[1]


@rule("MOMENT", "DAYPARTOF [,|的] ATTIME", "DAYPARTOF , at ATTIME", "DAYPARTOF HOUR", examples="tonight at 7 -> 2026-03-02T19:00; 今晚八点 -> 2026-03-02T20:00; tomorrow morning at 7 -> 2026-03-03T07:00")
def part_then_time(context: Context, day_part: tuple[Day, Part], clock: Clock) -> Moment | None:
    day, part = day_part
    half = "pm" if part.half == "night" and 5 <= clock.hour < 12 else part.half
    settled = in_half(clock, half)
    if settled is None:
        return None
    if part.start >= 18 and clock.hour == 12 and clock.open:
        settled = Clock(0, clock.minute, clock.second, grain=clock.grain, days=1)
    return moment(context, day, settled)


@rule("MOMENT", "ATTIME|HOUR [,|-|in] DAYPARTOF", examples="10, tonight -> 2026-03-02T22:00; five-thirty tomorrow evening -> 2026-03-03T17:30")
def time_then_part(context: Context, clock: Clock, day_part: tuple[Day, Part]) -> Moment | None:
    return part_then_time(context, day_part, clock)


@rule("MOMENT", "HOUR - MIN DAYPARTOF", "HOUR - MIN DAYISH")
def hyphened_time(context: Context, clock: Clock, minute: int, where: tuple[Day, Part] | Day) -> Moment | None:
    clock = clock._replace(minute=minute, grain="minute")
    return moment(context, where, clock) if isinstance(where, Day) else part_then_time(context, where, clock)


@rule("PERIOD", "[by] DAYPARTOF", examples="tomorrow afternoon -> 2026-03-03T14:00")
def part_period(_context: Context, day_part: tuple[Day, Part]) -> Period:
    day, part = day_part
    return day_period(day.date, part.start, part.end)


@rule("PERIOD", "ZHPART", examples="下午 -> 2026-03-02T14:00")
def part_alone(context: Context, part: Part) -> Period:
    return day_period(context.now.date(), part.start, part.end)._replace(sure=0.7)


@rule("OFFWORKTIME", "cob", "close of business|play", "OFFWORK", "eod business")
def off_work(_context: Context, _word: None = None) -> Clock:
    return _OFF_WORK


@rule("DAYEND", "eod", "[the] end of [the] day", "day end")
def day_end(_context: Context) -> Clock:
    return _LAST_SECOND


@rule("MOMENT", "[by|at] OFFWORKTIME|DAYEND", "[by|at] [the] OFFWORKTIME|DAYEND", examples="EOD -> 2026-03-02T23:59:59; 下班前 -> 2026-03-02T18:00")
def end_of_today(context: Context, clock: Clock) -> Moment:
    return moment(context, _today(context), clock)


@rule("MOMENT", "[by] OFFWORKTIME|DAYEND [of|on|,] DAYISH", examples="EOD Friday -> 2026-03-06T23:59:59; COB Friday -> 2026-03-06T18:00")
def end_then_day(context: Context, clock: Clock, day: Day) -> Moment:
    return moment(context, day, clock)


@rule("MOMENT", "DAYISH [,|by|at] OFFWORKTIME|DAYEND", "DAYISH 的 OFFWORKTIME", examples="周五下班前 -> 2026-03-06T18:00; tomorrow EOD -> 2026-03-03T23:59:59")
def day_then_end(context: Context, day: Day, clock: Clock) -> Moment:
    return moment(context, day, clock)


@rule("MOMENT", "[the] end of [the] DAYISH", examples="end of tomorrow -> 2026-03-03T23:59:59")
def end_of_day(context: Context, day: Day) -> Moment:
    return moment(context, day, _LAST_SECOND)


@rule("MOMENT", "OFFSET", "DAYWORD [,] OFFSET", "NOW", examples="today in one hour -> 2026-03-02T11:00")
def offset(_context: Context, *words: Moment | int) -> Moment | None:
    return words[-1] if isinstance(words[-1], Moment) else None


@rule("MOMENT", "[on] MOMENT", "by|until|since|before MOMENT")
def introduced(_context: Context, when: Moment) -> Moment:
    return when
