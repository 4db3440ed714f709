"""Parts of a month as stretches: ``second half of May``, ``下月中旬``, ``上半月``."""

from datetime import date

from core.when.grammar import Context, rule
from core.when.reckoning import days_period, months_later
from core.when.values import Period

MonthPart = tuple[int, int]  # the first day, and the day it ends before; 0 is the month's end


@rule("PERIOD", "MONTHOF [的] MONTHPART")
def part_of_month(_context: Context, month: date, part: MonthPart) -> Period:
    """``5月上旬`` is 2026-05-01/2026-05-11; ``下月中旬`` is 2026-04-11/2026-04-21."""
    first, end = part
    return days_period(month.replace(day=first), month.replace(day=end) if end else months_later(month, 1), "day")


@rule("PERIOD", "MONTHPART")
def coming_part(context: Context, part: MonthPart) -> Period:
    """``下旬`` is 2026-03-21/2026-04-01: this month's, or the next month's when that is over."""
    month = context.now.date().replace(day=1)
    here = part_of_month(context, month, part)
    return here if context.past or here.end > context.now else part_of_month(context, months_later(month, 1), part)


@rule("PERIOD", "[the] ORD half of MONTHOF|THEMONTH")
def half_month(context: Context, nth: int, month: date) -> Period | None:
    """``second half of May`` is 2026-05-16/2026-06-01."""
    halves: dict[int, MonthPart] = {1: (1, 16), 2: (16, 0)}
    return part_of_month(context, month, halves[nth]) if nth in halves else None
