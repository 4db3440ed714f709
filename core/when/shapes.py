"""Digits with marks between them: dates, times and fractions by their shape, and nothing for telephone numbers."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from core.when.grammar import Context, Reading
from core.when.numerals import digit_readings
from core.when.values import Clock, Day

Read = Callable[[re.Match[str], Context], list[Reading]]
_YEARS = range(1950, 2100)  # a written year outside is some other number


def shape(text: str, context: Context) -> list[Reading]:
    """What a run of digits and marks can stand for."""
    if text.isdigit():
        return _compact(text) if len(text) == 8 else digit_readings(text) if len(text) <= 4 else []
    for pattern, read in _SHAPES:
        match = pattern.fullmatch(text)
        if match:
            return read(match, context)
    return []


def full_year(year: int) -> int:
    """The year meant by two digits: up to 68 this century's, as POSIX has it."""
    return year if year > 99 else year + (2000 if year <= 68 else 1900)


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(full_year(year), month, day), written=True)
    except ValueError:
        return None


def _compact(text: str) -> list[Reading]:
    day = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    return [("DATE", day)] if day and day.date.year in _YEARS else []


def _year_first(match: re.Match[str], _context: Context) -> list[Reading]:
    year, first, second = int(match[1]), int(match[3]), int(match[4])
    day = _day(year, first, second) or _day(year, second, first)
    return [("DATE", day)] if day else []


def _three_parts(match: re.Match[str], context: Context) -> list[Reading]:
    """12/11/10 in the order of the locale, or in whichever order is a date."""
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." and len(match[4]) < 2:
        return []  # 2.3.1 is a version
    month_first, day_first, year_first = (third, first, second), (third, second, first), (first, second, third)
    orders = [day_first, month_first] if context.day_first else [month_first, day_first]
    if len(match[4]) <= 2:
        orders.insert((1 if match[2] == "/" else 0) if context.year_first else 2, year_first)
    for order in orders:
        day = _day(*order)
        if day:
            clear = order is not orders[0] or max(first, second) > 12 or first == second
            return [("DATE", day._replace(sure=0.9 if clear else 0.75))]
    return []


def _month_day(match: re.Match[str], context: Context) -> tuple[int, int, bool] | None:
    """Two parts as month and day, and whether only one order makes sense."""
    first, second = int(match[1]), int(match[2])
    for month, day in ((second, first), (first, second)) if context.day_first else ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            return month, day, max(first, second) > 12 or first == second
    return None


def _slashed(match: re.Match[str], context: Context) -> list[Reading]:
    pair = _month_day(match, context)
    first, second = int(match[1]), int(match[2])
    readings: list[Reading] = [("COUNT", Fraction(first, second))] if 0 < first < second <= 4 else []
    if pair and (first, second) != (24, 7):
        # 9/10 is praise, and 3/4 a share, as often as a date
        score = (second in {5, 10} and first <= second) or 0 < first < second <= 4
        readings.append(("SCORE" if score else "SLASHED", pair))
    return readings


def _hyphened(match: re.Match[str], context: Context) -> list[Reading]:
    pair = _month_day(match, context)
    first, second = int(match[1]), int(match[2])
    readings: list[Reading] = [("HYPHENED", pair)] if pair else []
    if first < second <= 31:
        readings.append(("PAIR", (first, second)))
    if first <= 24 and second <= 24:
        readings.append(("HOURS", (first, second)))
    return readings


def _dotted(match: re.Match[str], context: Context) -> list[Reading]:
    pair = _month_day(match, context)
    hour, minute = int(match[1]), int(match[2])
    readings: list[Reading] = [("COUNT", Fraction(match[0]))]
    if pair:
        readings.append(("DOTTED", pair))
    if hour <= 24 and minute <= 59 and len(match[2]) == 2:
        is_open = 1 <= hour <= 12 and match[1][0] != "0"
        readings.append(("HMM", Clock(hour, minute, open=is_open, grain="minute")))
    return readings


def _clock(match: re.Match[str], _context: Context) -> list[Reading]:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return []
    is_open = 1 <= hour <= 12 and match[1][0] != "0"
    return [("TIME", Clock(hour % 24, minute, second, is_open, "second" if match[3] else "minute", hour // 24))]


def _year_and_number(match: re.Match[str], _context: Context) -> list[Reading]:
    year, number = int(match[1]), int(match[2])
    readings: list[Reading] = [("DAYYEAR", (number, year))] if year in _YEARS else []
    if readings and 1 <= number <= 12 and len(match[2]) == 2:
        readings.append(("YEARMONTH", date(year, number, 1)))
    return readings


def _number_and_year(match: re.Match[str], _context: Context) -> list[Reading]:
    number, year = int(match[1]), int(match[2])
    readings: list[Reading] = [("DAYYEAR", (number, year))] if year in _YEARS else []
    if readings and "/" in match[0] and 1 <= number <= 12:
        readings.append(("YEARMONTH", date(year, number, 1)))
    return readings


_SHAPES: tuple[tuple[re.Pattern[str], Read], ...] = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"), _year_first),
    (re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})"), _three_parts),
    (re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?"), _clock),
    (re.compile(r"(\d{1,2})/(\d{1,2})"), _slashed),
    (re.compile(r"(\d{1,2})-(\d{1,2})"), _hyphened),
    (re.compile(r"(\d{1,2})\.(\d{1,2})"), _dotted),
    (re.compile(r"(\d{4})[-/](\d{1,2})"), _year_and_number),
    (re.compile(r"(\d{1,2})[-/](\d{4})"), _number_and_year),
)
