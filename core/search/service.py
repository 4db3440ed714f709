"""From what somebody typed to the one customer they mean, or to a short choice."""

from core.actor import Actor
from core.customers.model import Customer
from core.errors import AmbiguousError, NotFoundError
from core.ids import looks_like_id
from core.search.model import Hit
from core.text import clean_line
from core.work import Work

# A hit this good that leads the next by this much is taken without asking: a whole name or the beginning of one. To be
# looked at, a name mistyped is good enough; to be written to, it is asked about.
SURE = 0.84
SURE_TO_SHOW = 0.55
LEAD = 0.05
# Below this a hit is not offered as the answer, only as "did you mean".
LIKELY = 0.6
_CHOICES = 5
_SIMILAR = 3
_QUERY_LIMIT = 200  # beyond this it is a note, not a name


def find_customer(work: Work, actor: Actor, asked: str, *, sure: float = SURE) -> Customer:
    """The customer meant by a name, a contact's name, a phone number, an address or an id.

    Raises NotFoundError (with names that come near) and AmbiguousError (with a short choice).
    """
    asked = clean_line(asked)[:_QUERY_LIMIT]
    if looks_like_id(asked) and (found := work.customers.by_id(actor.scope, asked)):
        return found
    hit = _the_one(asked, by_customer(work.names.find(actor.scope, asked)), sure)
    customer = work.customers.by_id(actor.scope, hit.customer_id)
    if customer is None:
        raise NotFoundError("customer", asked)
    return customer


def find_person_or_customer(work: Work, actor: Actor, asked: str) -> Hit:
    """Like ``find_customer``, told apart by what the name is: a contact's, or the customer's own."""
    asked = clean_line(asked)[:_QUERY_LIMIT]
    return _the_one(asked, work.names.find(actor.scope, asked), SURE, by_itself=True)


def by_customer(hits: list[Hit]) -> list[Hit]:
    """The best hit of each customer, in order."""
    return list({hit.customer_id: hit for hit in reversed(hits)}.values())[::-1]


def _near(asked: str, hits: list[Hit]) -> NotFoundError:
    offered = hits[:_SIMILAR]
    ids = tuple(str(hit.customer_id) for hit in offered)
    return NotFoundError("customer", asked, similar=tuple(hit.name for hit in offered), similar_ids=ids)


def _the_one(asked: str, hits: list[Hit], sure: float, *, by_itself: bool = False) -> Hit:
    likely = [hit for hit in hits if hit.score >= min(LIKELY, sure)]
    if not likely:
        raise _near(asked, hits)
    first, *rest = likely
    leads = not rest or first.score - rest[0].score >= LEAD
    if first.score >= sure and leads:
        return first
    if not rest:
        raise _near(asked, [first])
    choices = ((hit.id if by_itself else hit.customer_id, hit.name, hit.detail) for hit in likely[:_CHOICES])
    raise AmbiguousError("customer", asked, choices=tuple(choices))
