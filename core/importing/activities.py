"""Activities from a sheet."""

from core.activities.model import Activity, ActivityKind
from core.events.model import EventType, Kind
from core.importing.known import Known
from core.importing.model import ImportRow
from core.importing.shape import Shape, Values


class ActivityShape(Shape[Activity]):
    """Known by its external id alone."""

    kind = Kind.ACTIVITY
    added = EventType.ACTIVITY_LOGGED
    changed = EventType.ACTIVITY_CHANGED

    def values(self, row: ImportRow, known: Known) -> Values:
        """Customer, contacts, deal and author as ids."""
        values = dict(row.values)
        customer = known.customer(values.pop("customer"))
        values["customer_id"] = customer.id
        if "author" in values:
            values["author_id"] = known.people.member("author", values.pop("author")).id
        if "deal" in values:
            values["deal_id"] = known.deal(customer, values.pop("deal")).id
        if "contacts" in values:
            values["contact_ids"] = tuple(known.contact(customer, name) for name in values.pop("contacts"))
        return values

    def new(self, values: Values, known: Known) -> Activity:
        """A note of now unless the sheet says otherwise."""
        return Activity(**{"kind": ActivityKind.NOTE, "happened_at": known.now, **values}, **known.base())
