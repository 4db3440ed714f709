"""The records that an index of names holds, as the database has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.events.model import Kind
from core.ids import WorkspaceId, decode
from core.names.indexing import Form, forms
from core.search.filing import points_of_contact, points_of_customer
from storage.connections import Connection
from storage.name_index.making import Entry
from storage.statements import Query

# Records read with one statement.
PAGE = 20_000
FIRST_ID, LAST_ID = "", "~"


@dataclass(frozen=True, slots=True)
class NamedCustomer:
    """What of a customer is indexed."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    phone: str = ""
    website: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def entry(self) -> Entry:
        """As the index has it."""
        points = points_of_customer(self.phone, self.website, self.extra)
        named = {form.text: form for name in (self.name, *self.aliases) for form in forms(name)}
        addresses = points.addresses + points.mail_hosts
        return Entry(
            decode(self.id), is_contact=False, forms=list(named.values()), addresses=addresses, phones=points.phones
        )


@dataclass(frozen=True, slots=True)
class NamedContact:
    """What of a contact is indexed."""

    id: str
    name: str
    phone: str = ""
    email: str = ""

    def entry(self) -> Entry:
        """As the index has it."""
        points = points_of_contact(self.phone, self.email)
        named: list[Form] = forms(self.name, person=True)
        addresses = points.addresses + points.mail_hosts
        return Entry(decode(self.id), is_contact=True, forms=named, addresses=addresses, phones=points.phones)


_CUSTOMERS = Query("names.LIVE_CUSTOMERS", NamedCustomer)
_CONTACTS = Query("names.LIVE_CONTACTS", NamedContact)
_BY_KIND: dict[str, Query[NamedCustomer] | Query[NamedContact]] = {
    Kind.CUSTOMER.value: _CUSTOMERS,
    Kind.CONTACT.value: _CONTACTS,
}


def named_between(
    connection: Connection, workspace_id: WorkspaceId, kind: str, first: str = FIRST_ID, last: str = LAST_ID
) -> Iterator[list[NamedCustomer] | list[NamedContact]]:
    """The records of one kind from one id to another, page by page."""
    query = _BY_KIND[kind]
    while page := query.all(connection, workspace_id=workspace_id, first=first, last=last, limit=PAGE):
        yield page
        if len(page) < PAGE:
            return
        first = page[-1].id + "0"  # behind it, and before the next: ids are all of one length


def entries_of(records: Iterable[NamedCustomer | NamedContact]) -> list[Entry]:
    """The records as the index has them."""
    return [record.entry() for record in records]


def is_small(connection: Connection, workspace_id: WorkspaceId, most: int) -> bool:
    """Whether a workspace has fewer than ``most`` customers, and fewer contacts."""
    every = {"workspace_id": workspace_id, "first": FIRST_ID, "last": LAST_ID, "limit": most}
    return all(len(query.all(connection, **every)) < most for query in _BY_KIND.values())
