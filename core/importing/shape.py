"""What the engine must be told about one kind of record."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from core.actor import Scope
from core.events.model import EventType, Kind
from core.importing.known import Known
from core.importing.model import ImportRow
from core.records import Record
from core.work import Work

R = TypeVar("R", bound=Record)
Values = dict[str, Any]


class Shape(Generic[R]):
    """One kind of record as a sheet brings it. What a kind does otherwise it says in a class of its own."""

    kind: Kind
    added: EventType
    changed: EventType

    def values(self, row: ImportRow, known: Known) -> Values:
        """The row's values by field of the record. Raises InvalidInputError for what it refers to in vain."""
        raise NotImplementedError

    def new(self, values: Values, known: Known) -> R:
        """A new record."""
        raise NotImplementedError

    def follow(self, _record: R, values: Values, _known: Known) -> Values:
        """``values`` with what follows from them for a record that there is."""
        return values

    def event_type(self, _before: R, _after: R) -> EventType:
        """What happened when a record became another."""
        return self.changed

    def unknown_people(self, _row: ImportRow, _known: Known) -> list[str]:
        """What a row that is taken calls owners and teams who are not here."""
        return []

    def name(self, _values: Values) -> Hashable:
        """What a row without an external id is known by; None where only an external id tells."""
        return None

    def name_of(self, _record: R) -> Hashable:
        """The same of a record."""
        return None

    def twins(self, _work: Work, _scope: Scope, _rows: Sequence[ImportRow]) -> Callable[[Values], R | None]:
        """What finds the record that a row resembles, though neither its id nor its name tells it."""
        return lambda _: None

    def namesakes(self, _work: Work, _scope: Scope, _names: Iterable[str]) -> list[R]:
        """Records that may be known by what the rows call ``name``."""
        return []
