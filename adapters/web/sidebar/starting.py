"""The page to begin with: search, the customers one was at last, and whom the conversation may be about."""

from dataclasses import dataclass
from datetime import timedelta

import msgspec

from adapters.hosts.model import Seat
from adapters.web.faces import Face, face
from adapters.web.room_clues import WHY
from adapters.web.sidebar.access import Looker
from cards import labels
from core.conversations.service import bound_customer
from core.conversations.suggesting import Clues, suggest_customers
from core.customers.model import Customer
from core.drafts import Draft
from core.search.service import by_customer
from core.work import Work

_SHOWN = 8
QUERY_LIMIT = 200
_REMEMBERED = timedelta(days=400)
_MOST_REMEMBERED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A customer to open; ``detail`` tells it from its like, ``why`` is what suggests it."""

    id: str
    name: str
    face: Face
    detail: str
    why: str = ""


def choices(work: Work, looker: Looker, query: str) -> tuple[Choice, ...]:
    """The customers that ``query`` may mean, best first; without one those that were touched last."""
    scope = looker.actor.scope
    if not query.strip():
        return tuple(_choice(customer, looker) for customer in work.customers.list_recent(scope, limit=_SHOWN))
    hits = by_customer(work.names.find(scope, query[:QUERY_LIMIT], limit=_SHOWN, wide=True))
    found = (work.customers.by_id(scope, hit.customer_id) for hit in hits)
    return tuple(_choice(customer, looker) for customer in found if customer)


def _choice(customer: Customer, looker: Looker, why: str = "") -> Choice:
    stage = looker.words(labels.LIFECYCLE[customer.stage])
    detail = " · ".join(filter(None, (stage, customer.industry, customer.region)))
    return Choice(id=customer.id, name=customer.name, face=face(customer.id, customer.name), detail=detail, why=why)


def bound_here(work: Work, looker: Looker) -> Customer | None:
    """The customer of the conversation, if there is one and the member may see it."""
    place = looker.seat.place
    return bound_customer(work, looker.actor, place) if place else None


def suggestions(work: Work, looker: Looker, clues: Clues) -> tuple[Choice, ...]:
    """Whom the conversation may be about; nobody where it is bound already."""
    # Bound to one that is not theirs to see is bound, too: nothing is offered over a colleague's head.
    if looker.seat.place is None or work.bindings.of(looker.workspace.id, looker.seat.place):
        return ()
    refused = frozenset(_refused(work, looker))
    found = suggest_customers(work, looker.actor, clues, not_these=refused)
    return tuple(_choice(each.customer, looker, looker.words(WHY[each.because], said=each.said)) for each in found)


def refuse(work: Work, looker: Looker, customer_id: str) -> None:
    """Remembers that the conversation is not about this customer, so that the member is not asked again."""
    known = [customer_id, *(each for each in _refused(work, looker) if each != customer_id)][:_MOST_REMEMBERED]
    kept = msgspec.json.encode(known).decode()
    work.drafts.put(Draft(_key(looker), kept, work.now + _REMEMBERED))


def _refused(work: Work, looker: Looker) -> list[str]:
    kept = work.drafts.get(_key(looker))
    return msgspec.json.decode(kept, type=list[str]) if kept else []


def _key(looker: Looker) -> str:
    seat: Seat = looker.seat
    place = seat.place.key if seat.place else ""
    return f"unlike:{looker.workspace.id}:{looker.member.id}:{place}"
