"""How people write when they want to be reminded, and when they work."""

import re
from collections.abc import Iterator
from datetime import time

from core.errors import InvalidInputError
from core.patterns import late
from core.reminders.hours import WorkingHours, check_hours
from core.reminders.model import LONGEST_LEAD, OFF
from core.text import clean_line

_NEVER = frozenset({"off", "no", "none", "never", "关", "关闭", "不", "不提醒", "无"})
_USUAL = frozenset({"default", "usual", "默认"})
_AT_ONCE = frozenset({"on time", "at the time", "when due", "准时", "到期时", "到点"})
_UNITS: dict[int, tuple[str, ...]] = {
    1: ("", "m", "min", "mins", "minute", "minutes", "分", "分钟"),
    60: ("h", "hr", "hrs", "hour", "hours", "小时", "个小时", "钟头"),
}
_UNITS |= {24 * 60: ("d", "day", "days", "天", "日")}
_MINUTES = {unit: minutes for minutes, units in _UNITS.items() for unit in units}
_NUMBERS = {
    "an": 1.0,
    "a": 1.0,
    "one": 1.0,
    "two": 2.0,
    "half": 0.5,
    "half an": 0.5,
    "半": 0.5,
    "一": 1.0,
    "两": 2.0,
    "二": 2.0,
    "三": 3.0,
}
_LEAD = late(
    r"(?P<number>\d{1,6}(?:\.\d{1,6})?|half an|half|an|a|one|two|[半一二两三])"
    r"\s*(?P<unit>[a-z]*|个?小时|分钟?|天|日|钟头)\s*(?:before|earlier|ahead|前|之前|提前)?",
    re.IGNORECASE,
)


def read_lead(typed: str, field: str = "remind") -> int | None:
    """Minutes before something is due, ``OFF``, or None for as usual. Raises InvalidInputError."""
    text = clean_line(typed).casefold().removeprefix("提前").strip()
    if text in _NEVER:
        return OFF
    if text in _USUAL or not text:
        return None
    if text in _AT_ONCE:
        return 0
    found = _LEAD.fullmatch(text)
    if found is None or found["unit"] not in _MINUTES:
        raise InvalidInputError(field, "unknown_lead", value=clean_line(typed))
    number = _NUMBERS.get(found["number"]) or float(found["number"])
    minutes = round(number * _MINUTES[found["unit"]])
    if minutes > LONGEST_LEAD:
        raise InvalidInputError(field, "unknown_lead", value=clean_line(typed))
    return minutes


def lead_text(minutes: int | None) -> str:
    """The same as it can be typed; empty for as usual."""
    return "" if minutes is None else "off" if minutes == OFF else f"{minutes} min"


_CLOCK = r"(\d{1,2})(?:[:：点.](\d{2})?)?\s*(am|pm)?"
_HOURS = late(rf"{_CLOCK}\s*(?:-|–|—|~|to|until|till|到|至)\s*{_CLOCK}(.*)", re.IGNORECASE)
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HAN = "一二三四五六日"
_DAY = late(r"(?P<latin>mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:周|星期|礼拜)?(?P<han>[一二三四五六日天])", re.IGNORECASE)
_BETWEEN = late(r"\s*(?:-|–|—|~|to|到|至)\s*", re.IGNORECASE)
_EVERY = {"every day": range(7), "daily": range(7), "每天": range(7), "weekdays": range(5), "工作日": range(5)}


def read_hours(typed: str) -> str:
    """Working hours as they are kept: ``9:00-18:00 Mon-Fri``, ``9点到18点 周一至周六``. Raises InvalidInputError."""
    text = clean_line(typed)
    if text.casefold() in _USUAL:
        return ""
    found = _HOURS.fullmatch(text)
    if found is None:
        raise InvalidInputError("hours", "unknown_hours", value=text)
    try:
        starts, ends = _clock(*found.groups()[:3]), _clock(*found.groups()[3:6])
        days = tuple(_days(found[7])) or WorkingHours().days
    except ValueError:
        raise InvalidInputError("hours", "unknown_hours", value=text) from None
    if starts >= ends:
        raise InvalidInputError("hours", "unknown_hours", value=text)
    return check_hours(WorkingHours(starts, ends, tuple(sorted(set(days)))).text)


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    afternoon = (half or "").casefold() == "pm" and int(hour) < 12
    return time(int(hour) + 12 * afternoon, int(minute or 0))


def _days(text: str) -> Iterator[int]:
    """The days a text names; ValueError for words that are none."""
    rest = text.strip(" ,，点").casefold()
    if rest in _EVERY:
        yield from _EVERY[rest]
        return
    while rest:
        first, rest = _day(rest)
        if between := _BETWEEN.match(rest):
            last, rest = _day(rest[between.end() :])
            yield from ((first + count) % 7 for count in range((last - first) % 7 + 1))
        else:
            yield first
        rest = rest.lstrip(" ,，、")


def _day(text: str) -> tuple[int, str]:
    found = _DAY.match(text)
    if found is None:
        raise ValueError(text)
    day = _NAMES.index(found["latin"][:3]) if found["latin"] else _HAN.index(found["han"].replace("天", "日"))
    return day, text[found.end() :]
