"""The rules of duplicates: who may merge, and how a pair leaves the queue."""

from dataclasses import dataclass

from core.actor import Actor, Role
from core.customers.model import Customer
from core.duplicates.merging import DECIDED, join, pair_of
from core.duplicates.model import Decision
from core.errors import ConflictError, NotFoundError
from core.events.model import Change, EventType
from core.records import event_of, ref
from core.work import Work


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that was made, and how many records of each kind went along."""

    survivor: Customer
    loser: Customer
    moved: dict[str, int]


def merge(work: Work, actor: Actor, loser: Customer, survivor: Customer) -> Merged:
    """Merges the first into the second. Raises NotFoundError, ConflictError, NotAllowedError.

    Needs the right to write both. One that is somebody else's changes hands by it, which is a manager's to do unless it
    stays with its owner.
    """
    actor.require(Role.REP, "merge")
    for customer in (loser, survivor):
        seen = work.customers.by_id(actor.scope, customer.id)
        if seen is None or seen.id != customer.id:
            raise NotFoundError("customer", customer.name)
    if loser.id == survivor.id:
        raise ConflictError("same_customer", about=survivor.name)
    if loser.owner_id not in (survivor.owner_id, actor.member_id, None):
        actor.require(Role.MANAGER, "merge")
    whole = join(work, actor, loser, survivor)
    return Merged(whole, loser, work.duplicates.moved(actor.workspace_id, work.events.recorded[-1].id))


def keep_apart(work: Work, actor: Actor, one: Customer, other: Customer) -> None:
    """Decides that two customers are not the same: they are not offered again. Raises NotAllowedError."""
    actor.require(Role.REP, "merge")
    if one.id == other.id:
        raise ConflictError("same_customer", about=one.name)
    pair = pair_of(work, actor, one.id, other.id, Decision.DIFFERENT)
    known = work.duplicates.decided(actor.workspace_id, pair.first_id, pair.second_id)
    if known is not None and known.decision is Decision.DIFFERENT:
        return
    work.duplicates.decide(pair)
    changes = (Change(DECIDED, None, other.name),)
    event = event_of(work, actor, EventType.CUSTOMER_KEPT_APART, ref(one), related=(ref(other),), changes=changes)
    work.events.append(event)
