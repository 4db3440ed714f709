"""What comes again on a day of each month or year: ``every 15th``, ``每月5号``, ``last Friday of every month``."""

from core.when.grammar import Context, rule
from core.when.reckoning import DAY, day_of_month, month_day, months_later, nth_weekday
from core.when.rules.recurring import CODES, on_day
from core.when.values import Every


@rule(
    "EVERY",
    "every month on the ORD",
    "[on] the ORD of every month",
    "monthly on the ORD",
    "every NTH",
    "every NTH of the month",
)
def every_month_day(context: Context, day: int) -> Every | None:
    """``monthly on the 5th`` is 2026-03-05; ``every 15th`` is 2026-03-15."""
    found = day_of_month(context, day)
    return None if found is None else on_day(found, f"FREQ=MONTHLY;BYMONTHDAY={day}")


@rule("EVERY", "每 PERIODWORD [的] DAY 日")
def every_month_day_zh(context: Context, word: str, day: int) -> Every | None:
    """``每月5号`` is 2026-03-05."""
    return every_month_day(context, day) if word == "month" else None


@rule("EVERY", "every month end", "[the] end|last of every month", "[the] last day of every month", "每 月|个月 底",
      "每 月|个月 [的] 最后 INT 天")  # fmt: skip
def every_month_end(context: Context, _one: int = 1) -> Every:
    """``end of every month`` is 2026-03-31; ``每月底`` is 2026-03-31; ``每月最后一天`` is 2026-03-31."""
    end = months_later(context.now.date().replace(day=1), 1) - DAY
    return on_day(end, "FREQ=MONTHLY;BYMONTHDAY=-1")


@rule("EVERY", "每 月|个月 [的] 第 INT [个] WEEKDAY")
def every_nth_weekday_zh(context: Context, nth: int, day: int) -> Every | None:
    """``每月第一个周一`` is 2026-04-06."""
    return every_nth_weekday(context, nth, day)


@rule("EVERY", "[the] last WEEKDAY of every month", "every last WEEKDAY of the month")
def every_last_weekday(context: Context, day: int) -> Every | None:
    """``last Friday of every month`` is 2026-03-27."""
    return every_nth_weekday(context, -1, day)


@rule("EVERY", "每 月|个月 [的] 最后 INT [个] WEEKDAY")
def every_last_weekday_zh(context: Context, _one: int, day: int) -> Every | None:
    """``每月最后一个周五`` is 2026-03-27."""
    return every_nth_weekday(context, -1, day)


@rule("EVERY", "[the] ORD WEEKDAY of every month", "every ORD WEEKDAY", "every ORD WEEKDAY of the month")
def every_nth_weekday(context: Context, nth: int, day: int) -> Every | None:
    """``first Monday of every month`` is 2026-04-06."""
    for months in range(13):
        first = months_later(context.now.date().replace(day=1), months)
        found = nth_weekday(first, day, nth)
        if nth <= 5 and found and found > context.now.date():
            return on_day(found, f"FREQ=MONTHLY;BYDAY={nth}{CODES[day]}")
    return None


@rule("EVERY", "every MD", "every year on MD", "annually on MD", "每 年 [的] MD")
def every_year_day(context: Context, pair: tuple[int, int]) -> Every | None:
    """``every Jan 3`` is 2027-01-03; ``每年3月15日`` is 2026-03-15."""
    found = month_day(context, *pair)
    return None if found is None else on_day(found, f"FREQ=YEARLY;BYMONTH={pair[0]};BYMONTHDAY={pair[1]}")
