"""Days that are written like days and are none: 31 Feb, 31/11, 2月30日."""

import calendar
import re

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WRITTEN = (
    re.compile(rf"(?<![\w.]){_DAY}\s+(?:of\s+)?{_MONTH}(?!\w)", re.IGNORECASE),
    re.compile(rf"(?<![\w.]){_MONTH}\s+{_DAY}(?![\w:])", re.IGNORECASE),
    re.compile(r"(?<!\d)\d{4}-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?(?!\d)"),
    re.compile(r"(?<![\w/.])(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\w/])"),
    re.compile(r"(?<![\w/.])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\w/])"),
)
_LEAP_YEAR = 2028  # the day need not be in every year
_LONGEST_MONTH = 31


def impossible_days(text: str) -> list[tuple[int, int]]:
    """Where a text says a day that no month has; 31/11 is none whichever number is the month."""
    spans = [(match.span(), _is_a_day(match)) for pattern in _WRITTEN for match in pattern.finditer(text)]
    possible = {span for span, is_a_day in spans if is_a_day}
    return sorted({span for span, is_a_day in spans if is_a_day is False and span not in possible})


def _is_a_day(match: re.Match[str]) -> bool | None:
    """Whether the month has the day; None where the numbers are no month and day at all."""
    said, day = match["month"], int(match["day"])
    month = int(said) if said.isdigit() else _MONTHS.index(said[:3].lower()) + 1
    if not 1 <= month <= len(_MONTHS) or not 1 <= day <= _LONGEST_MONTH:
        return None if not said.isdigit() or "/" in match[0] else False
    return day <= calendar.monthrange(_LEAP_YEAR, month)[1]
