"""What a captured line holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Generic, TypeVar

from core.amounts import FoundAmount

Value_co = TypeVar("Value_co", covariant=True)


LOOKED_AT = 300  # characters of a line in which a log without a verb shows what it is


@dataclass(frozen=True, slots=True)
class Followup:
    """What is to be done and when: ``text`` is its clause without the date, "" when the date stands alone."""

    date: date
    time: time | None
    text: str
    matched: str


@dataclass(frozen=True, slots=True)
class Part(Generic[Value_co]):
    """What one reader made of a line: a value, how sure it is (0 to 1), and the clause it was read from."""

    value: Value_co | None = None
    sure: float = 0.0
    clause: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """A line and its parts; a part that was not said is None. ``body`` is the whole line, nothing lost.

    ``happened`` is a day before today; ``stage`` is won, lost, quote or negotiation; ``mentions`` keep their ``@``.
    ``confidence`` has an entry, 0 to 1, for each part that was found.
    """

    body: str
    followup: Followup | None
    happened: date | None
    amount: FoundAmount | None
    stage: str | None
    mentions: tuple[str, ...]
    confidence: Mapping[str, float]
