"""What stands behind ``digest``: ``daily 9:00``, ``weekly Mon 8:30 team``, ``每周一 9点``, in any order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core import when
from core.digests.model import EVERY_DAY, WORKDAYS, About, Empty, Frequency, Part
from core.errors import InvalidInputError
from core.patterns import late

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZH_DAYS = "一二三四五六日天"
_MORNING = datetime(2026, 1, 5)  # noqa: DTZ001 - any midnight: a clock time alone then is the first one of the day

_OFF = late(r"\b(?:off|stop|cancel)\b|关闭|关掉|停止|停用|取消|关$")
_WEEKLY = late(r"\bweekly\b|\b(?:every|each) week\b|周报|每周(?![一二三四五六日天])|每星期(?![一二三四五六日天])")
_DAILY = late(r"\bdaily\b|\b(?:every|each) ?day\b|每天|每日|日报|天天")
_WORKDAYS = late(
    r"\b(?:on )?(?:every )?(?:week|work|business )days?\b|每?个?工作日"
    r"|\bmon(?:day)? ?(?:-|–|to) ?fri(?:day)?\b|每?周一 ?[至到~-] ?周?五"
)
_EN_DAYS = late(
    r"\b(?:on |every )?(mon|tue|wed|thu|fri|sat|sun)(?:days?|s|sdays?|nesdays?|rs|rsdays?|urdays?)?\b[,/&]?(?: and\b)?"
)
_ZH_WEEK = late(rf"每?(?:个)?(?:周|星期|礼拜)([{_ZH_DAYS}](?:[、,，和及]?(?:周|星期|礼拜)?[{_ZH_DAYS}])*)")
_TEAM = late(r"\b(?:for |of )?(?:the |my )?team\b|团队|全队|小组|部门")
_MINE = late(r"\b(?:for )?(?:mine|myself|me|my own)\b|我自己|我的|个人")
_EMPTY = late(r"\bempty (say|skip)\b|空的?(也发|不发)")
_SILENT = late(r"\bsilent (?:after |for )?(\d{1,4})(?: days?)?\b|沉默\s*(\d{1,4})\s*天")
_PART = late(
    r"\b(without|with) (tasks|deals|customers|done|visits|handed|handovers)\b"
    r"|(不含|不要|包含|含)(任务|商机|客户|拜访|交接)"
)
_PARTS = {
    "tasks": Part.TASKS,
    "任务": Part.TASKS,
    "deals": Part.DEALS,
    "商机": Part.DEALS,
    "customers": Part.CUSTOMERS,
    "客户": Part.CUSTOMERS,
    "done": Part.DONE,
    "visits": Part.DONE,
    "拜访": Part.DONE,
    "handed": Part.HANDED,
    "handovers": Part.HANDED,
    "交接": Part.HANDED,
}
_FILLERS = late(r"\b(?:at|on|to|please|set|in the)\b|[的在于，,。]|发送|推送|发|设置|设为")
_DAY_CHOICES = {"daily": EVERY_DAY, "workdays": WORKDAYS, **{str(day): (day,) for day in EVERY_DAY}}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line asks for: ``fields`` of a digest, and the ``parts`` to put into it (True) or leave out of it."""

    frequency: Frequency | None = None
    off: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    parts: dict[Part, bool] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is asked for, but to see what is set up."""
        return not (self.frequency or self.off or self.fields or self.parts)


class _Line:
    """The text that is not understood yet."""

    def __init__(self, text: str) -> None:
        self.text = text.casefold()

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place where a pattern fits, which is then understood."""
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]} {self.text[found.end() :]}"
        return found

    def take_all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every place where it fits."""
        while found := self.take(pattern):
            yield found

    @property
    def rest(self) -> str:
        """What is left, without the words that say nothing."""
        return " ".join(_FILLERS.sub(" ", self.text).split())


def read_line(text: str, usual: Frequency | None = None) -> Wanted:
    """What a typed line asks for; ``usual`` is how often, where it does not say. Raises InvalidInputError."""
    line = _Line(text)
    off = line.take(_OFF) is not None
    parts = {
        _PARTS[said[2] or said[4]]: said[1] != "without" and said[3] not in {"不含", "不要"}
        for said in line.take_all(_PART)
    }
    found: dict[str, Any] = {}
    if said := line.take(_EMPTY):
        found["empty"] = Empty.SAY if "say" in said[0] or "也发" in said[0] else Empty.SKIP
    if said := line.take(_SILENT):
        found["silent_days"] = int(said[1] or said[2])
    weekly, daily = line.take(_WEEKLY) is not None, line.take(_DAILY) is not None
    days = _days(line)
    found |= {"days": days} if days else {}
    for about, pattern in ((About.TEAM, _TEAM), (About.MINE, _MINE)):
        found |= {"about": about} if line.take(pattern) else {}
    if rest := line.rest:
        found["at"] = read_clock(rest)
    frequency = Frequency.WEEKLY if weekly else Frequency.DAILY if daily else usual or _of_days(days)
    wanted = Wanted(frequency, off, found, parts)
    return wanted if off or wanted.is_nothing or frequency else replace(wanted, frequency=Frequency.DAILY)


def read_clock(text: str) -> str:
    """A clock time as HH:MM. Raises InvalidInputError."""
    said = f"at {text}" if text.isdecimal() else text
    found = when.read(said, _MORNING)
    if found is None or found.kind != "time":
        raise InvalidInputError("at", "unknown_time", value=text)
    return f"{found.start:%H:%M}"


def days_choice(days: tuple[int, ...]) -> str:
    """What a form calls some days; empty when they are none of its choices."""
    return next((choice for choice, each in _DAY_CHOICES.items() if each == days), "")


def days_chosen(choice: str) -> tuple[int, ...]:
    """The days of a form's choice. Raises InvalidInputError."""
    if choice not in _DAY_CHOICES:
        raise InvalidInputError("days", "unknown_choice", value=choice)
    return _DAY_CHOICES[choice]


def _days(line: _Line) -> tuple[int, ...]:
    if line.take(_WORKDAYS):
        return WORKDAYS
    days = {_WEEKDAYS.index(said[1]) + 1 for said in line.take_all(_EN_DAYS)}
    for said in line.take_all(_ZH_WEEK):
        days |= {min(_ZH_DAYS.index(day), 6) + 1 for day in said[1] if day in _ZH_DAYS}
    return tuple(sorted(days))


def _of_days(days: tuple[int, ...]) -> Frequency | None:
    """One day of the week is a weekly one; several are a daily one that rests on the others."""
    if not days:
        return None
    return Frequency.WEEKLY if len(days) == 1 else Frequency.DAILY
