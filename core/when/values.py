"""The values that rules build from words: days, clocks, parts of the day, spans and periods.

``sure`` is a confidence from 0 to 1, handed on to what is found.
"""

from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

Entries = dict[str, list[tuple[str, Any]]]
"""A lexicon: words, each with its readings as category and value."""


class Day(NamedTuple):
    """One day. ``open`` names what the words left open: "week", "month", "year" or nothing."""

    date: date
    open: str = ""
    sure: float = 0.95
    written: bool = False  # the year was written out, so the style is formal


def day_or_none(day: date | None, left_open: str = "", sure: float = 0.95, *, written: bool = False) -> Day | None:
    """A day where the calendar has one."""
    return None if day is None else Day(day, left_open, sure, written)


class Clock(NamedTuple):
    """A time of day. ``open`` when the words do not tell morning from evening; ``days`` after the day it is said of."""

    hour: int
    minute: int = 0
    second: int = 0
    open: bool = False
    grain: str = "hour"
    days: int = 0
    sure: float = 0.95


class Part(NamedTuple):
    """A part of the day: hours from and up to, and the half it puts an open clock in (am, pm, noon, night)."""

    start: int
    end: int
    half: str


class Unit(NamedTuple):
    """What one of a unit of time adds to a span."""

    grain: str
    months: int = 0
    days: int = 0
    seconds: int = 0
    weekdays: bool = False  # only working days count


class Span(NamedTuple):
    """A length of time as calendars count it, and its ``length`` in seconds (30 days to the month, 365 to the year)."""

    months: int
    days: int
    seconds: Fraction
    grain: str
    length: Fraction
    weekdays: bool = False
    sure: float = 0.95


class Moment(NamedTuple):
    """A day and a time of it."""

    at: datetime
    grain: str = "minute"
    sure: float = 0.95


class Period(NamedTuple):
    """A stretch of time up to, not including, ``end``."""

    start: datetime
    end: datetime
    grain: str
    sure: float = 0.9


class Every(NamedTuple):
    """Something that recurs: its next occurrence and its RFC 5545 rule."""

    next: datetime
    rule: str
    grain: str = "day"


def listed(*lines: str) -> frozenset[str]:
    """The words of some lines: a table that is read rather than parsed."""
    return frozenset(word for line in lines for word in line.split())
