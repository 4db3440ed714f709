"""The rules of contacts."""

from typing import Any

from core import records, text
from core.actor import Actor, Role
from core.addresses import READERS, read_address
from core.contacts.model import Contact, Decision
from core.customers.model import Customer
from core.errors import InvalidInputError, NotFoundError
from core.events.model import EventType
from core.ids import ContactId
from core.work import Work


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _clean_one(name, value) for name, value in values.items()}


def _clean_one(name: str, value: Any) -> Any:
    if name == "name":
        return text.required_line(name, value)
    if name == "decision":
        return decision(value)
    return read_address(name, value) if name in READERS else text.line(name, value)


def decision(value: str) -> Decision:
    """The decision power of that name. Raises InvalidInputError for another word."""
    try:
        return Decision(value)
    except ValueError:
        raise InvalidInputError("decision", "unknown_choice", value=value, choices=tuple(Decision)) from None


def get_contact(work: Work, actor: Actor, contact_id: str) -> Contact:
    """The contact. Raises NotFoundError when there is none that this member may see."""
    contact = work.contacts.by_id(actor.scope, contact_id)
    if contact is None:
        raise NotFoundError("contact", contact_id)
    return contact


def add_contact(work: Work, actor: Actor, customer: Customer, *, name: str, **values: Any) -> Contact:
    """Adds a person at a customer. Raises InvalidInputError, NotAllowedError."""
    actor.require(Role.REP, "add_contact")
    contact = Contact(
        id=ContactId(work.new_id()),
        workspace_id=actor.workspace_id,
        customer_id=customer.id,
        created_at=work.now,
        updated_at=work.now,
        **_clean({"name": name, **values}),
    )
    return records.add(work, actor, contact, EventType.CONTACT_ADDED)


def edit_contact(work: Work, actor: Actor, contact_id: str, **values: Any) -> Contact:
    """Changes the named fields. Raises NotFoundError, InvalidInputError, NotAllowedError."""
    actor.require(Role.REP, "edit_contact")
    contact = get_contact(work, actor, contact_id)
    typed = {name: value for name, value in values.items() if value != getattr(contact, name)}
    return records.change(work, actor, contact, EventType.CONTACT_CHANGED, **_clean(typed))
