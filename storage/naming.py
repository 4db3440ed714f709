"""The rows of the index of names that customers and contacts have."""

from operator import attrgetter

from core.contacts.model import Contact
from core.customers.model import Customer
from core.events.model import Kind
from core.search.filing import Filing, filing_of_contact, filing_of_customer

# A row as the table has it, so that a million of them need no conversion: the workspace, the key, the key's place in
# ``KEY_KINDS``, the record's id and kind, and its customer.
NameRow = tuple[str, str, int, str, str, str]


# What the rows of a record follow from.
customer_names = attrgetter("name", "aliases", "phone", "website", "extra", "removed_at")
contact_names = attrgetter("name", "phone", "email", "customer_id", "removed_at")

_CUSTOMER, _CONTACT = Kind.CUSTOMER.value, Kind.CONTACT.value


def rows_of_customer(customer: Customer, filing: Filing | None = None) -> list[NameRow]:
    """None when it was removed. ``filing`` is the customer's, where it is known: it takes longer than the rest."""
    if customer.removed_at is not None:
        return []
    if filing is None:
        filing = filing_of_customer(customer.name, customer.aliases, customer.phone, customer.website)
    workspace_id, id_ = customer.workspace_id, customer.id
    return [(workspace_id, key, number, id_, _CUSTOMER, id_) for key, number in filing.items()]


def rows_of_contact(contact: Contact) -> list[NameRow]:
    """None when the contact was removed."""
    if contact.removed_at is not None:
        return []
    filing = filing_of_contact(contact.name, contact.phone, contact.email)
    workspace_id, id_, customer_id = contact.workspace_id, contact.id, contact.customer_id
    return [(workspace_id, key, number, id_, _CONTACT, customer_id) for key, number in filing.items()]
