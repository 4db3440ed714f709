"""What a reading gives back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Found:
    """One expression of time in a text, resolved against the moment of speaking.

    ``start`` and ``end`` are naive local times; ``end`` is the first moment after a range, and None otherwise.
    ``seconds`` is the length of a duration (a month counts 30 days, a year 365), and None otherwise.
    ``recurring`` is an RFC 5545 rule (``FREQ=WEEKLY;BYDAY=MO``) whose next occurrence is ``start``, else "".
    """

    start: datetime
    end: datetime | None
    grain: str  # second, minute, hour, day, week, month, quarter, year
    kind: str  # date, time, datetime, duration, range
    matched: str
    span: tuple[int, int]
    confidence: float
    seconds: float | None = None  # whole wherever it can be
    recurring: str = ""
