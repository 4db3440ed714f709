"""Keeping a record and the event of it together, so that no change goes unrecorded."""

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from core.activities.model import Activity
from core.actor import Actor
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.model import Deal
from core.events.model import Change, Event, EventType, Kind, Ref
from core.events.values import changes_between, first_values, to_json
from core.ids import EventId
from core.reminders.following import follow, follow_new
from core.tasks.model import Task
from core.work import Work

Record = Customer | Contact | Activity | Task | Deal
R = TypeVar("R", Customer, Contact, Activity, Task, Deal)

TYPES: dict[Kind, type[Record]] = {
    Kind.CUSTOMER: Customer,
    Kind.CONTACT: Contact,
    Kind.ACTIVITY: Activity,
    Kind.TASK: Task,
    Kind.DEAL: Deal,
}
_KINDS = {record_type: kind for kind, record_type in TYPES.items()}


def ref(record: Record) -> Ref:
    """The record's kind and id."""
    return Ref(_KINDS[type(record)], record.id)


def related(record: Record) -> tuple[Ref, ...]:
    """The other records whose timeline shows what happens to this one."""
    found = [
        Ref(kind, value)
        for kind, name in ((Kind.CUSTOMER, "customer_id"), (Kind.DEAL, "deal_id"))
        if (value := getattr(record, name, None))
    ]
    if isinstance(record, Activity):
        found += [Ref(Kind.CONTACT, contact) for contact in record.contact_ids]
    return tuple(found)


def event_of(work: Work, actor: Actor, type_: EventType, record: Ref, **details: Any) -> Event:
    """An event of this unit of work, by ``actor``, happening now unless ``happened_at`` says otherwise."""
    return Event(
        id=EventId(work.new_id()),
        workspace_id=actor.workspace_id,
        type=type_,
        record=record,
        actor_id=actor.member_id,
        recorded_at=work.now,
        platform=actor.platform,
        delivery=actor.delivery,
        receipt_id=work.receipt_id,
        **{"happened_at": work.now, **details},
    )


def add(work: Work, actor: Actor, record: R, type_: EventType, *, happened_at: datetime | None = None) -> R:
    """Keeps a new record and the event that it was added."""
    work.records(_KINDS[type(record)]).add(record)
    work.events.append(
        event_of(
            work,
            actor,
            type_,
            ref(record),
            related=related(record),
            changes=first_values(record),
            happened_at=happened_at or work.now,
        )
    )
    follow_new(work, actor, record)
    return record


def change(work: Work, actor: Actor, record: R, type_: EventType, **values: Any) -> R:
    """Keeps a record with new field values and the event of what changed; nothing when nothing did."""
    changed = replace(record, **values)
    changes = changes_between(record, changed)
    if not changes:
        return record
    changed = replace(changed, updated_at=work.now)
    work.records(_KINDS[type(record)]).save(changed)
    both = tuple(dict.fromkeys(related(record) + related(changed)))
    work.events.append(event_of(work, actor, type_, ref(record), related=both, changes=changes))
    follow(work, actor, changed, changes)
    return changed


def remove(work: Work, actor: Actor, record: R, type_: EventType) -> R:
    """Takes a record away; the event holds all that it said, so that it can be put back as it was."""
    removed = replace(record, removed_at=work.now, updated_at=work.now)
    work.records(_KINDS[type(record)]).save(removed)
    kept = (Change("created_at", to_json(record.created_at), None),)
    said = tuple(Change(change.field, change.new, None) for change in first_values(record))
    work.events.append(event_of(work, actor, type_, ref(record), related=related(record), changes=said + kept))
    follow(work, actor, removed)
    return removed
