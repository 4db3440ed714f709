"""What a field of a sheet is: how its cells are read, and what to do when several columns stand for it."""

from dataclasses import dataclass
from enum import Enum, auto

from core.text import LINE_LIMIT


class Reads(Enum):
    """How a cell is read."""

    LINE = auto()
    PARAGRAPH = auto()
    NAMES = auto()  # several, parted by ; or 、
    TAGS = auto()  # several, parted by commas as well
    PHONE = auto()
    EMAIL = auto()
    WEB = auto()
    AMOUNT = auto()
    CURRENCY = auto()
    PERCENT = auto()
    DAY = auto()
    MOMENT = auto()  # has happened
    DUE = auto()  # a day, or a day and a time, to come
    CHOICE = auto()
    YES_NO = auto()


class Several(Enum):
    """What to do when several columns stand for one field."""

    NO = auto()  # the surest column stands for it, the others are extra
    FIRST = auto()  # the first that is filled in; what differs is kept beside it
    JOIN = auto()


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field, how its cells are read, and the headers under which it comes, the most telling first."""

    name: str
    headers: str
    reads: Reads = Reads.LINE
    ends: str = ""
    several: Several = Several.NO
    required: bool = False
    limit: int = LINE_LIMIT
    """Characters of a line."""
