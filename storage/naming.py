"""Which keys a customer or contact is filed under in the index of names."""

from operator import attrgetter

from core.contacts.model import Contact
from core.customers.model import Customer
from core.events.model import Kind
from core.names import Key, KeyKind, keys, phone_digits

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
# Tells phones from names of digits alone.
_BACKWARDS = "#"
_NUMBERS = {kind: number for number, kind in enumerate(KEY_KINDS)}


# A row as the table has it, so that a million of them need no conversion: the workspace, the key, the key's place in
# ``KEY_KINDS``, the record's id and kind, and its customer.
NameRow = tuple[str, str, int, str, str, str]


# What the rows of a record follow from.
customer_names = attrgetter("name", "aliases", "phone", "website", "removed_at")
contact_names = attrgetter("name", "phone", "email", "customer_id", "removed_at")


def rows_of_customer(customer: Customer) -> set[NameRow]:
    """Under its name, aliases, phone and domain; nothing when it was removed."""
    if customer.removed_at is not None:
        return set()
    found = [key for name in (customer.name, *customer.aliases) for key in keys(name)]
    found += [*_phone(customer.phone), *(keys(customer.website, "domain") if customer.website else ())]
    return _rows(found, customer.workspace_id, customer.id, Kind.CUSTOMER.value, customer.id)


def rows_of_contact(contact: Contact) -> set[NameRow]:
    """Under the name, phone and e-mail address; nothing when the contact was removed."""
    if contact.removed_at is not None:
        return set()
    found = [*keys(contact.name, "person"), *_phone(contact.phone)]
    found += keys(contact.email, "email") if contact.email else ()
    return _rows(found, contact.workspace_id, contact.id, Kind.CONTACT.value, contact.customer_id)


def phone_key(digits: str) -> str:
    """A phone's key, or the beginning of the keys of all phones that end in ``digits``: they stand there backwards."""
    return _BACKWARDS + digits[::-1]


def digits_of_key(key: str) -> str:
    """The digits of a phone's key."""
    return key[:0:-1]


def _phone(text: str) -> list[Key]:
    digits = phone_digits(text) if text else ""
    return [Key(phone_key(digits), KeyKind.PHONE)] if digits else []


def _rows(found: list[Key], workspace_id: str, record_id: str, record_kind: str, customer_id: str) -> set[NameRow]:
    best: dict[str, int] = {}
    for text, kind in found:
        number = _NUMBERS[kind]
        if number < best.get(text, len(KEY_KINDS)):
            best[text] = number
    return {(workspace_id, text, number, record_id, record_kind, customer_id) for text, number in best.items()}
