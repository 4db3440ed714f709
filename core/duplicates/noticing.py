"""What a member is told who is about to add a customer that is there already.

Of a customer they may see, which it is and whose. Of another team's nothing but that it exists; each time that happens
is a probe, counted by day, and beyond a limit nothing is said any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.actor import Actor, Scope
from core.customers.model import Customer
from core.duplicates.likeness import Told, is_alike
from core.work import Work

# A day. A rep who enters a fair's business cards meets a few; who tries out names meets many.
PROBE_LIMIT = 10
_LOOKED_AT = 10  # hits for each thing that was said


@dataclass(frozen=True, slots=True)
class Noticed:
    """The customer it may be, where the member may see it; ``hidden`` when there is one that they may not see."""

    seen: Customer | None = None
    hidden: bool = False


def notice(work: Work, actor: Actor, told: Told, today: date) -> Noticed:
    """Looks whether there is such a customer; ``today`` is the member's day, on which a probe is counted."""
    alike = list(_alike(work, actor, told))
    seen = next((each for each in alike if work.customers.by_id(actor.scope, each.id)), None)
    if seen is not None or not alike:
        return Noticed(seen)
    probes = work.duplicates.count_probe(actor.workspace_id, actor.member_id, today)
    return Noticed(hidden=probes <= PROBE_LIMIT)


def _alike(work: Work, actor: Actor, told: Told) -> Iterator[Customer]:
    """The likeliest first, whoever may see them."""
    whole = Scope(actor.workspace_id, actor.member_id, everything=True)
    ids = (
        hit.customer_id
        for text in (told.name, told.phone, told.website)
        if text
        for hit in work.names.find(whole, text, limit=_LOOKED_AT)
    )
    for id_ in dict.fromkeys(ids):
        known = work.customers.by_id(whole, id_)
        if known is not None and is_alike(told, known):
            yield known
