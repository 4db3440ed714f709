"""Which keys a customer or contact is filed under in the index of names."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.contacts.model import Contact
from core.customers.model import Customer
from core.events.model import Kind
from core.names import Key, KeyKind, keys

# As the index sorts them: under one key, what bears it as a name comes before what merely sounds like it.
KEY_KINDS = (
    KeyKind.NAME,
    KeyKind.SHORT,
    KeyKind.EMAIL,
    KeyKind.PHONE,
    KeyKind.DOMAIN,
    KeyKind.PINYIN,
    KeyKind.INITIALS,
)
_NUMBERS = {kind: number for number, kind in enumerate(KEY_KINDS)}


@dataclass(frozen=True, slots=True)
class NameRow:
    """One row of the index. ``key_kind`` is a place in ``KEY_KINDS``."""

    workspace_id: str
    key: str
    key_kind: int
    record_id: str
    record_kind: str
    customer_id: str


def rows_of_customer(customer: Customer) -> set[NameRow]:
    """Under its name, aliases, phone and domain; nothing when it was removed."""
    if customer.removed_at is not None:
        return set()
    found = [key for name in (customer.name, *customer.aliases) for key in keys(name)]
    found += _reached((("phone", customer.phone), ("domain", customer.website)))
    return _rows(found, customer.workspace_id, customer.id, Kind.CUSTOMER.value, customer.id)


def rows_of_contact(contact: Contact) -> set[NameRow]:
    """Under the name, phone and e-mail address; nothing when the contact was removed."""
    if contact.removed_at is not None:
        return set()
    found = [*keys(contact.name, "person"), *_reached((("phone", contact.phone), ("email", contact.email)))]
    return _rows(found, contact.workspace_id, contact.id, Kind.CONTACT.value, contact.customer_id)


def _reached(points: Iterable[tuple[str, str]]) -> list[Key]:
    return [key for kind, text in points if text for key in keys(text, kind)]


def _rows(found: list[Key], workspace_id: str, record_id: str, record_kind: str, customer_id: str) -> set[NameRow]:
    best: dict[str, int] = {}
    for text, kind in found:
        number = _NUMBERS[kind]
        best[text] = min(number, best.get(text, number))
    return {NameRow(workspace_id, text, number, record_id, record_kind, customer_id) for text, number in best.items()}
