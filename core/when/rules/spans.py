"""Lengths of time: ``3h``, ``an hour and a half``, ``两个半小时``, ``8天20小时``."""

from fractions import Fraction

from core.when.grammar import Context, rule
from core.when.reckoning import length
from core.when.values import Span, Unit

_GRAINS = ("second", "minute", "hour", "day", "week", "month", "quarter", "year")


def times(count: Fraction, unit: Unit) -> Span | None:
    """``count`` units; parts of a month are days, parts of a day are hours."""
    if not count:
        return None
    year = unit.months * 365 // 12 if unit.months % 12 == 0 else unit.months * 30
    exact = count * (year * 86400 + unit.days * 86400 + unit.seconds)
    months = int(count * unit.months)
    days = (count * unit.months - months) * 30 + count * unit.days
    seconds = (days - int(days)) * 86400 + count * unit.seconds
    if abs(months) > 12000 or abs(days) > 400000 or abs(seconds) > 10**9:
        return None
    grain = "hour" if seconds and _GRAINS.index(unit.grain) > 2 and not unit.months else unit.grain
    if unit.months:
        days, seconds = Fraction(round(days)), Fraction(0)
    return Span(months, int(days), seconds, grain, unit.weekdays, length=exact)


@rule("SPAN", "COUNT [-] UNIT", examples="3h -> 10800; 30-minutes -> 1800; 3.5years -> 110376000")
def counted(_context: Context, count: Fraction, unit: Unit) -> Span | None:
    return times(count, unit)


@rule("SPAN", "a|an|one UNIT", "all|another [-] UNIT", "all|another [-] of the UNIT", examples="an hour -> 3600; all week -> 604800")
def one_unit(_context: Context, unit: Unit) -> Span | None:
    return times(Fraction(1), unit) if unit.grain != "second" else None


@rule("UNIT", "business|working|week UNIT", examples="another business day -> 86400; in 3 business days -> 2026-03-05")
def working(_context: Context, unit: Unit) -> Unit | None:
    return unit._replace(weekdays=True) if unit.grain == "day" else None


@rule("SPAN", "a|an|one UNIT and a half", "one UNIT and half", examples="an hour and a half -> 5400")
def unit_and_a_half(_context: Context, unit: Unit) -> Span | None:
    return times(Fraction(3, 2), unit)


@rule("SPAN", "a|one UNIT and a quarter", examples="one year and a quarter -> 39420000")
def unit_and_a_quarter(_context: Context, unit: Unit) -> Span | None:
    return times(Fraction(5, 4), unit)


@rule("SPAN", "COUNT ZHUNIT", "COUNT 个 ZHUNIT", "整 COUNT ZHUNIT", examples="5 小时 -> 18000; 一个钟头 -> 3600; 半个月 -> 1296000")
def counted_zh(_context: Context, count: Fraction, unit: Unit) -> Span | None:
    return times(count, unit)


@rule("COUNT", "半", "半 个", examples="半小时 -> 1800")
def half_zh(_context: Context) -> Fraction:
    return Fraction(1, 2)


@rule("SPAN", "INT 个 半 ZHUNIT", "INT 半 ZHUNIT", examples="两个半小时 -> 9000")
def and_a_half_zh(_context: Context, count: int, unit: Unit) -> Span | None:
    return times(count + Fraction(1, 2), unit)


@rule("SPAN", "INT ZHUNIT 半", examples="一年半 -> 47304000")
def unit_and_a_half_zh(_context: Context, count: int, unit: Unit) -> Span | None:
    return times(count + Fraction(1, 2), unit) if unit.grain not in {"second", "minute"} else None


@rule("SPAN", "INT 分 INT 秒", "INT 分 钟 INT 秒", examples="3分20秒 -> 200")
def minutes_seconds(_context: Context, minutes: int, seconds: int) -> Span:
    return Span(seconds=Fraction(60 * minutes + seconds), grain="second")


@rule("SPAN", "SPAN [,] [and] SPAN", "SPAN [又] SPAN", "SPAN , 又 SPAN", examples="2 days 1 month -> 2764800; 一个星期又三天 -> 864000")
def together(_context: Context, first: Span, second: Span) -> Span | None:
    if first.grain == second.grain:
        return None
    grain = min(first.grain, second.grain, key=_GRAINS.index)
    both = length(first) + length(second)
    return Span(first.months + second.months, first.days + second.days, first.seconds + second.seconds, grain,
                first.weekdays or second.weekdays, length=both)  # fmt: skip


@rule("LENGTH", "more|less|longer|fewer than SPAN", "at least|most SPAN", "SPAN or more|less|so", "about|nearly|almost|only|over SPAN", "for the UNIT",
      examples="more than an hour -> 3600; less than a couple of days -> 172800")  # fmt: skip
def bounded(_context: Context, span: Span | Unit) -> Span | None:
    return times(Fraction(1), span) if isinstance(span, Unit) else span


@rule("LENGTH", "SPAN", examples="3 months -> 7776000")
def bare(_context: Context, span: Span) -> Span:
    return span


@rule("WEAKLENGTH", "the UNIT", "INT SHORTUNIT", examples="2w -> 1209600")
def doubtful(_context: Context, *parts: Unit | int) -> Span | None:
    if len(parts) == 1:
        return times(Fraction(1), parts[0]) if isinstance(parts[0], Unit) and parts[0].grain == "hour" else None
    return times(Fraction(parts[0]), parts[1]) if isinstance(parts[1], Unit) and isinstance(parts[0], int) else None
