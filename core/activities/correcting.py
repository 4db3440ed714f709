"""Correcting how a line was read: whom an activity was with, what it was, when, and what follows from it."""

from datetime import datetime
from typing import Any

from core import records
from core.activities.model import Activity, ActivityKind
from core.actor import Actor, Role
from core.contacts.model import Contact
from core.customers.model import Customer
from core.errors import InvalidInputError, NotFoundError
from core.events.model import EventType
from core.tasks.model import Task
from core.tasks.ports import TaskFilter
from core.work import Work

_LOOKED_AT = 50  # of a customer's open tasks


def activity_to_correct(work: Work, actor: Actor, activity_id: str) -> Activity:
    """The activity, if this member may correct it. Raises NotFoundError, NotAllowedError."""
    actor.require(Role.REP, "edit_activity")
    activity = work.activities.by_id(actor.scope, activity_id)
    if activity is None:
        raise NotFoundError("activity", activity_id)
    if activity.author_id != actor.member_id:
        actor.require(Role.MANAGER, "edit_activity")
    return activity


def follow_up_of(work: Work, actor: Actor, activity: Activity) -> Task | None:
    """The open task that came of an activity."""
    wanted = TaskFilter(customer_id=activity.customer_id)
    page = work.tasks.list_open(actor.scope, wanted, now=work.now, today=actor.local(work.now).date(), limit=_LOOKED_AT)
    return next((line.task for line in page.lines if line.task.activity_id == activity.id), None)


def correct_kind(work: Work, actor: Actor, activity: Activity, kind: ActivityKind) -> Activity:
    """Makes a visit of what was read as a call."""
    return records.change(work, actor, activity, EventType.ACTIVITY_CHANGED, kind=kind)


def correct_day(work: Work, actor: Actor, activity: Activity, happened_at: datetime) -> Activity:
    """Says when it happened. Raises InvalidInputError for what is still to come."""
    if happened_at > work.now:
        raise InvalidInputError("happened", "in_future", value=actor.local(happened_at).isoformat())
    return records.change(work, actor, activity, EventType.ACTIVITY_CHANGED, happened_at=happened_at)


def correct_people(work: Work, actor: Actor, activity: Activity, people: tuple[Contact, ...]) -> Activity:
    """Says who took part."""
    ids = tuple(dict.fromkeys(person.id for person in people))
    return records.change(work, actor, activity, EventType.ACTIVITY_CHANGED, contact_ids=ids)


def correct_customer(work: Work, actor: Actor, activity: Activity, customer: Customer) -> Activity:
    """Moves it, and the open task that came of it, to another customer; the first one's people did not take part."""
    if customer.id == activity.customer_id:
        return activity
    moved: dict[str, Any] = {"customer_id": customer.id, "deal_id": None}
    task = follow_up_of(work, actor, activity)
    corrected = records.change(work, actor, activity, EventType.ACTIVITY_CHANGED, contact_ids=(), **moved)
    if task is not None:
        records.change(work, actor, task, EventType.TASK_CHANGED, **moved)
    return corrected
