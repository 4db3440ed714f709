"""Times of day in English: ``7:30pm``, ``quarter to seven``, ``8 in the evening``, ``noon``."""

from core.when.grammar import Context, rule
from core.when.reckoning import in_half
from core.when.values import Clock, Part

_LATE_FRENCH = 7  # 15h30 and 9h15 are times, 1h30 is a length


@rule("TIME", "HOUR|HHMM|TIME|HMM [.] MERIDIEM", "HOUR oclock MERIDIEM", "HOUR in the MERIDIEM", "TIME|HHMM AP")
def with_meridiem(_context: Context, clock: Clock, half: str) -> Clock | None:
    """``7pm`` is 2026-03-02T19:00; ``340pm`` is 2026-03-02T15:40; ``3 in the AM`` is 2026-03-03T03:00."""
    return in_half(clock, half) if half == "pm" or clock.hour <= 12 else None


@rule("TIME", "SPELT MERIDIEM")
def spelt_with_meridiem(context: Context, clock: Clock, half: str) -> Clock | None:
    """``seven thirty p.m.`` is 2026-03-02T19:30."""
    return with_meridiem(context, clock._replace(sure=0.95), half)


@rule("APTIME", "HOUR AP")
def short_meridiem(context: Context, clock: Clock, half: str) -> Clock | None:
    """``today at 9a`` is 2026-03-02T09:00."""
    return with_meridiem(context, clock, half) if clock.open else None


@rule("SPELT", "HOUR MIN")
def spelt(_context: Context, clock: Clock, minute: int) -> Clock:
    """``ten forty five`` is 2026-03-02T10:45."""
    return clock._replace(minute=minute, grain="minute", sure=0.6)


@rule("TIME", "HOUR oclock", "HOUR|NOON|TIME [-] ish", "[the] NOON")
def on_the_hour(_context: Context, clock: Clock) -> Clock:
    """``7 o'clock`` is 2026-03-02T19:00; ``11ish`` is 2026-03-02T11:00; ``the midday`` is 2026-03-02T12:00."""
    return clock


@rule("TIME", "HOUR|TIME NOON")
def hour_of_noon(_context: Context, clock: Clock, noon: Clock) -> Clock | None:
    """``12 noon`` is 2026-03-02T12:00; ``1 o'clock midnight`` is 2026-03-03T01:00."""
    return in_half(clock, "night" if noon.days else "noon")


@rule("TIME", "HOUR h MIN")
def french(_context: Context, clock: Clock, minute: int) -> Clock | None:
    """``15h30`` is 2026-03-02T15:30."""
    return clock._replace(minute=minute, grain="minute") if clock.hour >= _LATE_FRENCH else None


@rule("TIME", "HOUR h")
def french_hour(_context: Context, clock: Clock) -> Clock | None:
    """``19h`` is 2026-03-02T19:00."""
    return clock if clock.hour > 12 else None


@rule("WEAKTIME", "at|about HOUR|HHMM|SPELT|APTIME", "at about HOUR|HHMM|SPELT", "by|for|until SPELT|APTIME")
def at_hour(_context: Context, clock: Clock) -> Clock:
    """``at seven`` is 2026-03-02T19:00; ``around 1030`` is 2026-03-02T10:30."""
    return clock._replace(sure=0.6)


@rule("TIME", "at|about|by|before|from|for TIME|WEAKTIME", "at about TIME", "[at] exactly TIME", "[at] HOUR|TIME sharp")
def at_time(_context: Context, clock: Clock) -> Clock:
    """``at about 3pm`` is 2026-03-02T15:00."""
    return clock


@rule("DAYTIME", "[at|about] HMM|SPELT|APTIME", "TIME", "WEAKTIME")
def time_of_a_day(_context: Context, clock: Clock) -> Clock:
    """``Monday at 2.30`` is 2026-03-09T14:30: next to a day, less makes a time."""
    return clock


@rule("BAREPART", "[early|late|mid] PART")
def bare_part(_context: Context, part: Part) -> Part:
    """``8:00 early morning`` is 2026-03-03T08:00."""
    return part


@rule("INPART", "in [the] BAREPART", "at|of the BAREPART")
def in_part(_context: Context, part: Part) -> Part:
    """``8 in the evening`` is 2026-03-02T20:00."""
    return part


@rule("INPART", "at|over lunch")
def at_lunch(_context: Context) -> Part:
    """``at lunch tomorrow`` is 2026-03-03T12:00/2026-03-03T14:00."""
    return Part(12, 14, "noon")


@rule("INPART", "after lunch")
def after_lunch(_context: Context) -> Part:
    """``Friday after lunch`` is 2026-03-06T13:00."""
    return Part(13, 15, "pm")


@rule("INPART", "at night")
def at_night(_context: Context) -> Part:
    """``8 at night`` is 2026-03-02T20:00."""
    return Part(20, 24, "night")


@rule("TIME", "CLOCKISH INPART", "TIME [in] BAREPART", "WEAKTIME INPART")
def clock_in_part(_context: Context, clock: Clock, part: Part) -> Clock | None:
    """``half past seven in the morning`` is 2026-03-03T07:30; ``3:20 in afternoon`` is 2026-03-02T15:20."""
    return in_half(clock, part.half)


@rule("TIME", "INPART|BAREPART [,] DAYTIME")
def part_then_clock(_context: Context, part: Part, clock: Clock) -> Clock | None:
    """``in the morning at 7`` is 2026-03-03T07:00; ``afternoon 7:00`` is 2026-03-02T19:00."""
    return in_half(clock, part.half)


@rule("TIME", "[at] HHMM|TIME hours|hrs", "t TIME", "TIME h")
def military(_context: Context, clock: Clock) -> Clock:
    """``1400 hours`` is 2026-03-02T14:00."""
    return clock._replace(open=False)


@rule("TIME", "[at] HHMM|HMM h")
def continental(_context: Context, clock: Clock) -> Clock | None:
    """``1530h`` is 2026-03-02T15:30; ``17.30 h`` is 2026-03-02T17:30; ``1.30 h`` is 4680s."""
    return clock._replace(open=False) if clock.hour > 12 or not clock.open else None


@rule("TIME", "W - W MERIDIEM")
def spelt_hyphened(context: Context, hour: int, minute: int, half: str) -> Clock | None:
    """``six-thirty pm`` is 2026-03-02T18:30."""
    clock = Clock(hour, minute, open=True, grain="minute")
    return with_meridiem(context, clock, half) if hour <= 12 and minute in {15, 30, 40, 45, 50} else None


@rule("TIME", "MERIDIEM TIME")
def meridiem_first(context: Context, half: str, clock: Clock) -> Clock | None:
    """``am 9:00`` is 2026-03-03T09:00; ``PM 3:30`` is 2026-03-02T15:30."""
    return with_meridiem(context, clock, half) if clock.open else None


@rule("TIME", "mid [-] day")
def mid_day(_context: Context) -> Clock:
    """``mid-day`` is 2026-03-02T12:00."""
    return Clock(12)


@rule("TIME", "mid [-] morning")
def mid_morning(_context: Context) -> Clock:
    """``mid morning`` is 2026-03-02T10:00."""
    return Clock(10, sure=0.7)


@rule("TIME", "mid [-] afternoon")
def mid_afternoon(_context: Context) -> Clock:
    """``mid-afternoon`` is 2026-03-02T15:00."""
    return Clock(15, sure=0.7)


@rule("TIME", "cob", "close|end of business|play", "OFFWORK")
def off_work(_context: Context, _word: None = None) -> Clock:
    """``COB`` is 2026-03-02T18:00; ``下班前`` is 2026-03-02T18:00."""
    return Clock(18, sure=0.8)


@rule("DAYTIME", "eod", "[the] end of [the] [business] day")
def day_end(_context: Context) -> Clock:
    """``EOD Friday`` is 2026-03-06T23:59:59; ``Friday end of day`` is 2026-03-06T23:59:59."""
    return Clock(23, 59, 59, grain="second", sure=0.85)
