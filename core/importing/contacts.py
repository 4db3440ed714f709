"""Contacts from a sheet."""

from collections.abc import Hashable, Iterable

from core.actor import Scope
from core.contacts.model import Contact
from core.events.model import EventType, Kind
from core.importing.known import Known
from core.importing.model import ImportRow
from core.importing.shape import Shape, Values
from core.names.folding import fold
from core.work import Work


class ContactShape(Shape[Contact]):
    """Known by customer and name."""

    kind = Kind.CONTACT
    added = EventType.CONTACT_ADDED
    changed = EventType.CONTACT_CHANGED

    def values(self, row: ImportRow, known: Known) -> Values:
        """The customer as its id."""
        values = dict(row.values)
        values["customer_id"] = known.customer(values.pop("customer")).id
        return values

    def new(self, values: Values, known: Known) -> Contact:
        """A contact at the customer."""
        return Contact(**known.base(), **values)

    def name(self, values: Values) -> Hashable:
        """Whose contact it is, and what they are called, however it is spelt."""
        return values["customer_id"], fold(values["name"])

    def name_of(self, record: Contact) -> Hashable:
        """See ``name``."""
        return record.customer_id, fold(record.name)

    def namesakes(self, work: Work, scope: Scope, names: Iterable[str]) -> list[Contact]:
        """See ``Shape``."""
        return work.contacts.list_named(scope, names)
