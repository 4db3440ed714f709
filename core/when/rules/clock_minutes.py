"""Minutes past and to the hour: ``quarter to seven``, ``half past 4``, ``20 past 3pm``, ``an hour before noon``."""

from core.when.grammar import Context, rule
from core.when.reckoning import minutes_later
from core.when.values import Clock, Span

_HALF_DAY = 12 * 3600


@rule("QUARTERS", "[a|one] quarter")
def a_quarter(_context: Context) -> int:
    """``quarter past seven`` is 2026-03-02T19:15."""
    return 15


@rule("QUARTERS", "half")
def half(_context: Context) -> int:
    """``half past seven`` is 2026-03-02T19:30."""
    return 30


@rule("QUARTERS", "three quarters")
def three_quarters(_context: Context) -> int:
    """``three quarters past 9pm`` is 2026-03-02T21:45."""
    return 45


@rule("QUARTERS", "SPAN")
def minutes_spelt(_context: Context, span: Span) -> int | None:
    """``20 minutes past 3pm`` is 2026-03-02T15:20."""
    return int(span.seconds // 60) if span.grain == "minute" and span.length < 3600 else None


@rule("FIVES", "INT")
def fives(_context: Context, count: int) -> int | None:
    """``10 past 9`` is 2026-03-02T21:10."""
    return count if count in range(5, 60, 5) else None


@rule("CLOCKISH", "HOUR|TIME|SPELT")
def clockish(_context: Context, clock: Clock) -> Clock:
    """``three minutes to five thirty`` is 2026-03-02T17:27."""
    return clock


@rule("TIME", "[for] QUARTERS past|after CLOCKISH", "FIVES past|after TIME")
def past_the_hour(_context: Context, minutes: int, clock: Clock) -> Clock:
    """``a quarter past noon`` is 2026-03-02T12:15; ``20 after 3pm`` is 2026-03-02T15:20."""
    return minutes_later(clock, minutes)


@rule("TIME", "QUARTERS to|before|of CLOCKISH", "FIVES to|before|of TIME")
def to_the_hour(_context: Context, minutes: int, clock: Clock) -> Clock | None:
    """``a quarter to seven`` is 2026-03-02T18:45; ``15 to noon`` is 2026-03-02T11:45."""
    return minutes_later(clock, -minutes) if clock.minute % 30 == 0 else None


@rule("WEAKTIME", "FIVES past|after HOUR")
def fives_past(_context: Context, minutes: int, clock: Clock) -> Clock:
    """``10 past 9`` is 2026-03-02T21:10."""
    return minutes_later(clock, minutes)._replace(sure=0.7)


@rule("WEAKTIME", "FIVES to HOUR")
def fives_to(_context: Context, minutes: int, clock: Clock) -> Clock:
    """``ten to five`` is 2026-03-02T16:50."""
    return minutes_later(clock, -minutes)._replace(sure=0.6)


@rule("WEAKTIME", "half HOUR")
def half_hour(_context: Context, clock: Clock) -> Clock | None:
    """``half three`` is 2026-03-02T15:30."""
    return minutes_later(clock, 30)._replace(sure=0.6) if clock.open else None


@rule("TIME", "SPAN before TIME")
def before_the_hour(_context: Context, span: Span, clock: Clock) -> Clock | None:
    """``an hour before noon`` is 2026-03-02T11:00."""
    return minutes_later(clock, -int(span.seconds // 60)) if 0 < span.length < _HALF_DAY else None


@rule("TIME", "SPAN after TIME")
def after_the_hour(_context: Context, span: Span, clock: Clock) -> Clock | None:
    """``two hours after noon`` is 2026-03-02T14:00."""
    return minutes_later(clock, int(span.seconds // 60)) if 0 < span.length < _HALF_DAY else None
