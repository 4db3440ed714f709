"""A row on its way in, how the caller wants things done, and what became of the rows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from core.search.filing import Filing
from core.sheets.model import FieldError, Row


class ImportRow(NamedTuple):
    """The row on ``line`` of a file, and what was read from it: values by field, the rest by header, what is wrong.

    ``filing`` is that of a customer who is added, where whoever read the row has made it.
    """

    line: int
    cells: Row
    values: dict[str, Any]
    extra: dict[str, str]
    errors: tuple[FieldError, ...] = ()
    filing: Filing | None = None


class Rejected(NamedTuple):
    """A row that was not taken, and why."""

    row: ImportRow
    errors: tuple[FieldError, ...]


class Alike(StrEnum):
    """What becomes of a row that resembles a customer who is there already under another name or id."""

    ADD = "add"
    CHANGE = "change"  # that customer gets what the row says
    SKIP = "skip"


class Resembling(NamedTuple):
    """The row on ``line``, what it calls its customer, and what the one is called that it resembles."""

    line: int
    name: str
    known: str


@dataclass(frozen=True, slots=True)
class Options:
    """What to do with names that nobody bears yet; without these a row that names one is rejected.

    ``alike`` is what becomes of rows that resemble a customer who is there already.
    """

    create_customers: bool = False
    create_contacts: bool = False
    alike: Alike = Alike.ADD


@dataclass(slots=True)
class Tally:
    """How many rows became what. ``customers`` and ``contacts`` were added because rows of another kind name them.

    ``alike`` are those among the rows that resemble a customer who was there already.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    customers: int = 0
    contacts: int = 0
    alike: int = 0

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.added + self.changed + self.unchanged + self.rejected

    @property
    def written(self) -> int:
        """How many records were added or changed."""
        return self.added + self.changed + self.customers + self.contacts

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


class Taken(NamedTuple):
    """A row on ``line`` that was taken, the id of the record it is about, and whether it changed it."""

    line: int
    record_id: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some rows. ``unknown_people`` are cells that name owners and teams who are not here."""

    tally: Tally
    rejected: tuple[Rejected, ...]
    alike: tuple[Resembling, ...] = ()
    taken: tuple[Taken, ...] = ()
    unknown_people: tuple[str, ...] = ()
