"""A sheet's columns with their meaning, and a row as it was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

# Text from a CSV file; a spreadsheet also has numbers, dates and truth values of its own.
Cell = str | int | float | bool | Decimal | date | datetime | time | None
Row = Sequence[Cell]

# Where a column goes that stands for no field: kept with the customer, or left out on purpose.
EXTRA = ""
LEFT_OUT = "-"
# Before the header of a column that is to be kept under that very header, whatever field it sounds like.
EXTRA_MARK = "extra:"
# The first columns of a file of rejected rows, which mean nothing when it is imported again.
REJECT_HEADERS = ("#line", "#field", "#reason")


class SheetKind(StrEnum):
    """What the rows of a sheet are."""

    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    DEALS = "deals"
    ACTIVITIES = "activities"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the ``field`` its cells go to, ``EXTRA`` or ``LEFT_OUT``. ``sure`` is 0 to 1, and 1 when said so.

    The rest is what the header or the cells say about all cells: whether 3/4 is in April, whether 0.6 is 60 %, and
    the unit of bare amounts: 金额（万元） is ``multiplier`` 10,000 and ``currency`` CNY.
    """

    index: int
    header: str
    field: str = EXTRA
    sure: float = 0.0
    day_first: bool | None = None
    fraction: bool = False
    multiplier: int = 1
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column of a sheet stands for, in the order of the sheet."""

    kind: SheetKind
    columns: tuple[Column, ...]
    missing: tuple[str, ...] = ()
    """Fields without which no row can be read, and which no column stands for."""

    @property
    def extra(self) -> tuple[Column, ...]:
        """The columns that stand for no field of Kith's and are kept as they are."""
        return tuple(column for column in self.columns if column.field == EXTRA)


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why a cell cannot be used. ``reason`` is a key of ``cards/errors.py``; ``value`` is kept out of every log."""

    field: str
    reason: str
    header: str = ""
    limit: int = 0
    value: str = kept(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row's values by field, what else it says by header, and what is wrong with it. An empty cell says nothing."""

    values: dict[str, object]
    extra: dict[str, str]
    errors: tuple[FieldError, ...] = ()
