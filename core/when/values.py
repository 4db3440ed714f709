"""The values that rules build from words: days, clocks, parts of the day, spans and periods."""

from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple


class Day(NamedTuple):
    """One day. ``open`` names what the words left open ("week", "month", "year"), so that a later word may settle it."""

    date: date
    open: str = ""
    sure: float = 0.95
    written: bool = False  # the year was written out, so the style is formal


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
    """A part of the day: hours from and to (to may pass 24), and which half it puts an open clock in."""

    start: int
    end: int
    half: str  # am, pm, noon, night


class Span(NamedTuple):
    """A length of time as calendars count it; ``weekdays`` when only working days count."""

    months: int = 0
    days: int = 0
    seconds: Fraction = Fraction(0)
    grain: str = "day"
    weekdays: bool = False
    sure: float = 0.95
    length: Fraction | None = None  # seconds, where they differ from the calendar's


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


class Unit(NamedTuple):
    """A unit of length: what one of it adds to a span."""

    grain: str
    months: int = 0
    days: int = 0
    seconds: int = 0
    weekdays: bool = False
