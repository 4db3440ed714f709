"""So long from now, or from another day: ``in 2 weeks``, ``two days ago``, ``3 days from Tuesday``, ``三天后``."""

from datetime import date
from fractions import Fraction

from core.when.grammar import SEVERAL, Context, Reading, rule
from core.when.reckoning import DAY, elapse, shift
from core.when.rules.spans import times
from core.when.values import Day, Moment, Span, Unit


def _offset(context: Context, span: Span, sign: int) -> list[Reading]:
    """A day for days and longer; for hours and shorter a moment."""
    if span.seconds:
        grain = "second" if span.grain in {"second", "minute"} else "minute"
        return [("OFFSET", Moment(elapse(context, span, sign), grain, span.sure))]
    return [("DATE", Day(shift(context.now.date(), span, sign), sure=span.sure))]


@rule(SEVERAL, "in|within [about|only|just|another|the] SPAN|SHORTSPAN", "in less|more than SPAN",
      "SPAN|SHORTSPAN later", "SPAN from now", "[in] SPAN ['|'s] time", "SPAN 后", "过 SPAN [后]",
      "SPAN 内", "in SPAN or so")  # fmt: skip
def ahead(context: Context, span: Span) -> list[Reading]:
    """``in 2 weeks`` is 2026-03-16; ``in 5 hours`` is 2026-03-02T15:00; ``过几天`` is 2026-03-05."""
    return _offset(context, span, 1)


@rule(SEVERAL, "in|within the next SPAN")
def within_hours(context: Context, span: Span) -> list[Reading] | None:
    """``within the next 2 hours`` is 2026-03-02T12:00; days are a stretch."""
    return _offset(context, span, 1) if span.seconds else None


@rule(SEVERAL, "INT RI 后|内")
def days_ahead_zh(context: Context, count: int, unit: Unit) -> list[Reading] | None:
    """``三日后`` is 2026-03-05; ``5日内`` is 2026-03-07."""
    span = times(Fraction(count), unit)
    return None if span is None else _offset(context, span, 1)


@rule(SEVERAL, "in|within INT m")
def minutes_ahead(context: Context, count: int) -> list[Reading] | None:
    """``in 30m`` is 2026-03-02T10:30."""
    span = times(Fraction(count), Unit("minute", seconds=60))
    return None if span is None else _offset(context, span, 1)


@rule(SEVERAL, "[about] SPAN|SHORTSPAN ago|back|earlier", "SPAN 前")
def behind(context: Context, span: Span) -> list[Reading]:
    """``two days ago`` is 2026-02-28; ``2分钟前`` is 2026-03-02T09:58."""
    return _offset(context, span, -1)


@rule("DATE", "SPAN from|after|since DATE", "in SPAN since|from|after DATE", "[in] SPAN since|from|after YEAROF")
def after_date(_context: Context, span: Span, day: Day | date) -> Day | None:
    """``three weeks from tomorrow`` is 2026-03-24; ``in two weeks since the year 2011`` is 2011-01-15."""
    start = day.date if isinstance(day, Day) else day
    return None if span.seconds else Day(shift(start, span))


@rule("DATE", "SPAN before DATE")
def before_date(_context: Context, span: Span, day: Day) -> Day | None:
    """``two days before yesterday`` is 2026-02-27."""
    return None if span.seconds else Day(shift(day.date, span, -1))


@rule("DATE", "DATE 后 SPAN")
def after_date_zh(context: Context, day: Day, span: Span) -> Day | None:
    """``国庆后两周`` is 2026-10-15."""
    return after_date(context, span, day)


@rule("DATE", "DATE 前 SPAN")
def before_date_zh(context: Context, day: Day, span: Span) -> Day | None:
    """``国庆前两周`` is 2026-09-17."""
    return before_date(context, span, day)


@rule("DATE", "DATE 后 第 INT 天")
def nth_after(_context: Context, day: Day, nth: int) -> Day | None:
    """``元旦后第一天`` is 2027-01-02."""
    return Day(day.date + DAY * nth) if nth <= 31 else None


@rule("DATE", "upcoming COUNT UNIT", "COUNT upcoming UNIT")
def upcoming(context: Context, count: Fraction, unit: Unit) -> Day | None:
    """``upcoming two days`` is 2026-03-04."""
    span = times(count, unit)
    return None if span is None or span.seconds else Day(shift(context.now.date(), span))
