"""Lengths of time: ``3h``, ``an hour and a half``, ``两个半小时``, ``8天20小时``."""

from fractions import Fraction

from core.when.grammar import Context, rule
from core.when.values import Span, Unit

_GRAINS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
_DAY = 86400
_LONGEST = 100 * 366 * _DAY  # longer ones are no plan, and would leave the calendar


def times(count: Fraction, unit: Unit) -> Span | None:
    """``count`` units; a part of a month is days, a part of a day is hours. None when empty or beyond a century."""
    years, months = divmod(unit.months, 12)
    length = count * ((years * 365 + months * 30 + unit.days) * _DAY + unit.seconds)
    if not 0 < length <= _LONGEST:
        return None
    whole_months = int(count * unit.months)
    days = (count * unit.months - whole_months) * 30 + count * unit.days
    seconds = (days - int(days)) * _DAY + count * unit.seconds if not unit.months else Fraction(0)
    grain = "hour" if seconds and unit.days else unit.grain
    return Span(whole_months, int(days), seconds, grain, length, unit.weekdays)


@rule("UNIT", "business|week UNIT")
def working(_context: Context, unit: Unit) -> Unit | None:
    """``in 3 business days`` is 2026-03-05; ``another working day`` is 86400s."""
    return unit._replace(weekdays=True) if unit.grain == "day" else None


@rule("SPAN", "COUNT [-] UNIT", "COUNT ZHUNIT", "COUNT 个 ZHUNIT")
def counted(_context: Context, count: Fraction, unit: Unit) -> Span | None:
    """``3h`` is 10800s; ``30-minutes`` is 1800s; ``3.5years`` is 110376000s; ``一个钟头`` is 3600s."""
    return times(count, unit)


@rule("SPAN", "a|an|one [more] UNIT", "[a|an] all|another [-] UNIT", "all of the UNIT")
def one_unit(_context: Context, unit: Unit) -> Span | None:
    """``an hour`` is 3600s; ``all week`` is 604800s; ``full-day`` is 86400s."""
    return times(Fraction(1), unit) if unit.grain != "second" else None


@rule("SPAN", "a|an|one UNIT and [a] half", "INT UNIT and a half")
def unit_and_a_half(_context: Context, *words: int | Unit) -> Span | None:
    """``an hour and a half`` is 5400s; ``2 weeks and a half`` is 1512000s."""
    unit, count = words[-1], words[0] if len(words) == 2 else 1
    return times(count + Fraction(1, 2), unit) if isinstance(unit, Unit) and isinstance(count, int) else None


@rule("SPAN", "a|an|one UNIT and a quarter")
def unit_and_a_quarter(_context: Context, unit: Unit) -> Span | None:
    """``one year and a quarter`` is 39420000s."""
    return times(Fraction(5, 4), unit)


@rule("SPAN", "INT 个 半 ZHUNIT", "INT 半 ZHUNIT", "INT ZHUNIT 半")
def and_a_half(_context: Context, *words: int | Unit) -> Span | None:
    """``两个半小时`` is 9000s; ``一年半`` is 47304000s."""
    count, unit = words
    return times(count + Fraction(1, 2), unit) if isinstance(count, int) and isinstance(unit, Unit) else None


@rule("SPAN", "COUNT of a|an UNIT")
def part_of_unit(_context: Context, count: Fraction, unit: Unit) -> Span | None:
    """``3/4 of an hour`` is 2700s."""
    return times(count, unit) if count < 1 else None


@rule("SPAN", "INT 个 半 月")
def months_and_a_half(_context: Context, count: int) -> Span | None:
    """``一个半月`` is 3888000s."""
    return times(count + Fraction(1, 2), Unit("month", months=1))


@rule("SPAN", "a UNIT or two")
def one_or_two(_context: Context, unit: Unit) -> Span | None:
    """``a day or two`` is 172800s."""
    return times(Fraction(2), unit)


@rule("SPAN", "INT 分 INT 秒")
def minutes_and_seconds(_context: Context, minutes: int, seconds: int) -> Span | None:
    """``3分20秒`` is 200s."""
    return times(Fraction(60 * minutes + seconds), Unit("second", seconds=1))


@rule("SPAN", "INT h MIN", "INT h INT m", "INT 小时 INT 分")
def hours_and_minutes(_context: Context, hours: int, minutes: int) -> Span | None:
    """``1h30`` is 5400s; ``1h30m`` is 5400s; ``3小时20分`` is 12000s."""
    return times(Fraction(60 * hours + minutes), Unit("minute", seconds=60)) if minutes < 60 else None


@rule("SPAN", "SPAN [and] SPAN", "SPAN [,] 又 SPAN")
def together(_context: Context, first: Span, second: Span) -> Span | None:
    """``2 days 1 month`` is 2764800s; ``一个星期又三天`` is 864000s."""
    if first.grain == second.grain:
        return None
    grain = min(first.grain, second.grain, key=_GRAINS.index)
    sums = (first.months + second.months, first.days + second.days, first.seconds + second.seconds)
    return Span(*sums, grain, first.length + second.length, first.weekdays or second.weekdays)


@rule("SPAN", "SPAN , [and] SPAN")
def enumerated(context: Context, first: Span, second: Span) -> Span | None:
    """``2 hours, 30 minutes`` is 9000s; 聊了半小时，两周后再聊 is two lengths of time."""
    return together(context, first, second) if second.length < first.length else None


@rule(
    "LENGTH",
    "SPAN",
    "more|less|longer|fewer than SPAN",
    "at least|most SPAN",
    "about|nearly|almost|only|over|another SPAN",
    "SPAN or more|less|so",
)
def a_length(_context: Context, span: Span) -> Span:
    """``more than an hour`` is 3600s; ``10 days or so`` is 864000s."""
    return span


@rule("LENGTH", "for the UNIT")
def for_the_unit(_context: Context, unit: Unit) -> Span | None:
    """``for the hour`` is 3600s."""
    return times(Fraction(1), unit) if unit.grain not in {"second", "quarter"} else None


@rule("WEAKLENGTH", "the UNIT")
def the_unit(_context: Context, unit: Unit) -> Span | None:
    """``the hour`` is 3600s."""
    return times(Fraction(1), unit) if unit.grain == "hour" else None


@rule("SHORTSPAN", "INT SHORTUNIT")
def short(_context: Context, count: int, unit: Unit) -> Span | None:
    """``2w`` is 1209600s; ``3d`` is 259200s."""
    return times(Fraction(count), unit)
