"""A contact that a chat platform knows too: found or added here, its customer's tags the same on both sides."""

import json
from dataclasses import dataclass
from datetime import timedelta

from core.actor import Actor, Role
from core.contacts.model import Contact
from core.contacts.service import add_contact, edit_contact
from core.customers.model import Customer
from core.customers.service import add_customer, edit_customer, get_customer
from core.drafts import Draft
from core.events.model import Kind
from core.ids import CustomerId, WorkspaceId
from core.names.normalising import normalise
from core.work import Work

# Heard by whoever keeps a platform's tags: the payload is the workspace and the customer, with a colon between them.
TAGS_TOPIC = "customer-tags"
_REMEMBERED = timedelta(days=3650)
_LOOKED_AT = 200  # contacts of a customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """What the platform says of a person. ``external_id`` is its own id; ``company`` may be empty."""

    external_id: str
    name: str
    company: str = ""
    title: str = ""
    phone: str = ""
    wechat: str = ""
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Acquainted:
    """The contact and the customer that they now are."""

    contact: Contact
    customer: Customer


def keep_acquaintance(work: Work, actor: Actor, known: Acquaintance) -> Acquainted:
    """Finds the contact by the platform's id, else by phone or name at the company, else adds it.

    What is filled in here already is left as it is. Raises NotAllowedError, InvalidInputError.
    """
    actor.require(Role.REP, "add_contact")
    contact = work.contacts.by_external_id(actor.scope, known.external_id)
    if contact is None:
        contact = _tied(work, actor, _customer(work, actor, known), known)
    else:
        contact = edit_contact(work, actor, contact.id, **_missing(contact, known))
    customer = _tagged(work, actor, get_customer(work, actor, contact.customer_id), known)
    if frozenset(customer.tags) != known.tags:
        work.signal(TAGS_TOPIC, f"{actor.workspace_id}:{customer.id}")
    return Acquainted(contact, customer)


def is_known_there(work: Work, workspace_id: WorkspaceId, external_id: str) -> bool:
    """Whether a contact of that external id is one that the platform knows, not one of an imported file."""
    return work.drafts.get(_key(workspace_id, external_id)) is not None


def tags_last_known(work: Work, workspace_id: WorkspaceId, external_id: str) -> frozenset[str]:
    """The tags that the platform was last known to have; what one side has more or less by now, it changed itself."""
    data = work.drafts.get(_key(workspace_id, external_id))
    return frozenset(json.loads(data)) if data else frozenset()


def remember_tags(work: Work, workspace_id: WorkspaceId, external_id: str, tags: frozenset[str]) -> None:
    """The platform has these tags now."""
    data = json.dumps(sorted(tags), ensure_ascii=False)
    work.drafts.put(Draft(_key(workspace_id, external_id), data, work.now + _REMEMBERED))


def _key(workspace_id: WorkspaceId, external_id: str) -> str:
    return f"tags:{workspace_id}:{external_id}"


def _customer(work: Work, actor: Actor, known: Acquaintance) -> Customer:
    """The company, or, of somebody without one, the person: shops sell to people."""
    name = known.company or known.name
    hits = work.names.exact(actor.scope, (name,)).get(name, [])
    of_customers = [hit.customer_id for hit in hits if hit.kind is Kind.CUSTOMER]
    if of_customers:
        return get_customer(work, actor, CustomerId(of_customers[0]))
    return add_customer(work, actor, name=name, even_if_known=True)


def _tied(work: Work, actor: Actor, customer: Customer, known: Acquaintance) -> Contact:
    same = next(
        (
            one
            for one in work.contacts.list_of_customer(actor.scope, customer.id, limit=_LOOKED_AT)
            if one.external_id is None and _is_same(one, known)
        ),
        None,
    )
    if same is not None:
        return edit_contact(work, actor, same.id, external_id=known.external_id, **_missing(same, known))
    values = {name: value for name, value in _values(known).items() if value}
    return add_contact(work, actor, customer, name=known.name, external_id=known.external_id, **values)


def _is_same(contact: Contact, known: Acquaintance) -> bool:
    if known.phone and contact.phone:
        return "".join(filter(str.isdigit, contact.phone))[-11:] == "".join(filter(str.isdigit, known.phone))[-11:]
    return normalise(contact.name) == normalise(known.name)


def _values(known: Acquaintance) -> dict[str, str]:
    return {"title": known.title, "phone": known.phone, "wechat": known.wechat}


def _missing(contact: Contact, known: Acquaintance) -> dict[str, str]:
    """What the platform knows and Kith does not."""
    return {name: value for name, value in _values(known).items() if value and not getattr(contact, name)}


def _tagged(work: Work, actor: Actor, customer: Customer, known: Acquaintance) -> Customer:
    """Both sides' changes since they last were the same: neither takes back what the other has added."""
    last = tags_last_known(work, actor.workspace_id, known.external_id)
    kept = [tag for tag in customer.tags if tag not in last - known.tags]
    new = sorted(known.tags - last - set(kept))
    remember_tags(work, actor.workspace_id, known.external_id, known.tags)
    return edit_customer(work, actor, customer.id, tags=(*kept, *new))
