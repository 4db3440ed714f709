"""One customer into another, and back. Set by set: the work does not grow with an event for each child."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.actor import Actor, Scope
from core.customers.model import Customer, Lifecycle
from core.duplicates.model import Decision, Merge, Suspect, in_order
from core.errors import ConflictError
from core.events.model import Change, Event, EventType
from core.events.values import changes_between, from_json, to_json
from core.ids import CustomerId
from core.names import normalise
from core.records import event_of, ref
from core.reminders.following import follow_customer
from core.work import Work

# Fields of the events: the names of who was merged, and of who was found to be another.
MERGED, DECIDED = "merged", "not_same"
# Filled from the loser where the survivor says nothing.
_FILLED = ("industry", "size", "region", "owner_id", "team_id", "phone", "website", "address", "external_id")


def united(survivor: Customer, loser: Customer) -> Customer:
    """The survivor with the loser's names and tags, and with what it did not know itself."""
    known: dict[str, Any] = {
        name: value for name in _FILLED if not getattr(survivor, name) and (value := getattr(loser, name))
    }
    if survivor.owner_id is not None or survivor.team_id is not None:
        known.pop("owner_id", None)  # whose it is and who sees it go together
        known.pop("team_id", None)
    if survivor.stage is Lifecycle.LEAD:
        known["stage"] = loser.stage
    aliases = _other_names(survivor, (*survivor.aliases, loser.name, *loser.aliases))
    tags = tuple(dict.fromkeys((*survivor.tags, *loser.tags)))
    return replace(survivor, aliases=aliases, tags=tags, extra={**loser.extra, **survivor.extra}, **known)


def _other_names(survivor: Customer, names: Iterable[str]) -> tuple[str, ...]:
    by_form = {normalise(name): name for name in reversed(tuple(names))}
    by_form.pop(normalise(survivor.name), None)
    return tuple(dict.fromkeys(name for name in names if name in by_form.values()))


def join(work: Work, actor: Actor, loser: Customer, survivor: Customer) -> Customer:
    """Moves everything of the loser's to the survivor in one event, and removes the loser."""
    whole = united(survivor, loser)
    changes = (Change(MERGED, None, loser.name), *changes_between(survivor, whole))
    event = event_of(work, actor, EventType.CUSTOMER_MERGED, ref(survivor), related=(ref(loser),), changes=changes)
    merge = Merge(
        id=event.id,
        workspace_id=actor.workspace_id,
        loser_id=loser.id,
        survivor_id=survivor.id,
        external_id=loser.external_id,
        survivor_updated_at=survivor.updated_at,
        merged_at=work.now,
    )
    whole = replace(whole, updated_at=work.now)
    # The loser first: of two customers of one external id the index takes only one that is not removed.
    work.customers.save(replace(loser, removed_at=work.now))
    work.customers.save(whole)
    work.duplicates.move(merge)
    follow_customer(work, actor.workspace_id, survivor.id)
    work.duplicates.decide(pair_of(work, actor, loser.id, survivor.id, Decision.MERGED))
    work.events.append(event)
    return whole


def pair_of(work: Work, actor: Actor, one: CustomerId, other: CustomerId, decision: Decision) -> Suspect:
    """What a member decided on two customers."""
    first, second = in_order(one, other)
    return Suspect(
        workspace_id=actor.workspace_id,
        first_id=first,
        second_id=second,
        score=1.0,
        found_at=work.now,
        decision=decision,
        decided_by=actor.member_id,
        decided_at=work.now,
    )


def part(work: Work, actor: Actor, event: Event) -> None:
    """Takes a merge back: every row is as it was, but for what was added or changed since.

    Raises ConflictError when the survivor is gone, or says something else by now where the merge had filled it.
    """
    merge = work.duplicates.merge_of(actor.workspace_id, event.id)
    whole = Scope(actor.workspace_id, everything=True)
    current = work.customers.by_id(whole, event.record.id)
    if merge is None or current is None or current.id != event.record.id:
        raise ConflictError("changed_since", about=current.name if current else "")
    changes = [change for change in event.changes if change.field != MERGED]
    if any(to_json(getattr(current, change.field)) != change.new for change in changes):
        raise ConflictError("changed_since", about=current.name)
    old = {change.field: from_json(Customer, change.field, change.old) for change in changes}
    touched = current.updated_at if current.updated_at != merge.merged_at else merge.survivor_updated_at
    work.customers.save(replace(current, updated_at=touched, **old))
    loser = work.customers.stored(actor.workspace_id, merge.loser_id)
    if loser is None:
        raise ConflictError("changed_since", about=current.name)
    work.customers.save(replace(loser, removed_at=None))
    work.duplicates.move_back(merge)
    for customer_id in (merge.loser_id, merge.survivor_id):
        follow_customer(work, actor.workspace_id, customer_id)
    work.duplicates.decide(pair_of(work, actor, merge.loser_id, merge.survivor_id, Decision.NONE))


def reopen(work: Work, actor: Actor, event: Event) -> None:
    """Takes back that two customers are not the same."""
    (other,) = event.related
    one = CustomerId(event.record.id)
    work.duplicates.decide(pair_of(work, actor, one, CustomerId(other.id), Decision.NONE))
