"""The rule of binding: a conversation is about one customer at most."""

from core.actor import Actor, Role
from core.conversations.model import Binding, Place
from core.customers.model import Customer
from core.errors import ConflictError
from core.events.model import Change, EventType, Kind, Ref
from core.records import event_of
from core.work import Work


def bind(work: Work, actor: Actor, place: Place, customer: Customer) -> None:
    """Binds a conversation to a customer, whatever it was bound to. Raises NotAllowedError."""
    actor.require(Role.REP, "bind")
    before = work.bindings.of(actor.workspace_id, place)
    if before and before.customer_id == customer.id:
        return
    work.bindings.put(
        Binding(
            workspace_id=actor.workspace_id,
            place=place,
            customer_id=customer.id,
            bound_by=actor.member_id,
            bound_at=work.now,
        )
    )
    _record(work, actor, place, before.customer_id if before else None, customer.id)


def unbind(work: Work, actor: Actor, place: Place) -> Customer:
    """Unbinds a conversation and returns the customer. Raises ConflictError when it was bound to none that is seen."""
    actor.require(Role.REP, "bind")
    before = bound_customer(work, actor, place)
    if before is None:
        raise ConflictError("not_bound")
    work.bindings.drop(actor.workspace_id, place)
    _record(work, actor, place, before.id, None)
    return before


def bound_customer(work: Work, actor: Actor, place: Place) -> Customer | None:
    """The customer a conversation is about, when this member may see it."""
    binding = work.bindings.of(actor.workspace_id, place)
    return work.customers.by_id(actor.scope, binding.customer_id) if binding else None


def _record(work: Work, actor: Actor, place: Place, old: str | None, new: str | None) -> None:
    about = tuple(Ref(Kind.CUSTOMER, customer) for customer in (old, new) if customer)
    work.events.append(
        event_of(
            work,
            actor,
            EventType.CONVERSATION_BOUND,
            Ref(Kind.CONVERSATION, place.key),
            related=about,
            changes=(Change("customer_id", old, new),),
        )
    )
