"""The rules of activities: logging what was done."""

from dataclasses import dataclass
from datetime import datetime

from core import records, text
from core.activities.model import Activity, ActivityKind
from core.actor import Actor, Role
from core.customers.model import Customer
from core.errors import InvalidInputError, NotFoundError
from core.events.model import EventType
from core.ids import ActivityId, ContactId, DealId
from core.reminders.following import ask_next_step
from core.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What can be said of an activity beside its words. ``happened_at`` None is now."""

    text: str = ""
    contact_ids: tuple[ContactId, ...] = ()
    deal_id: DealId | None = None
    place: str = ""
    outcome: str = ""
    next_step: str = ""
    happened_at: datetime | None = None


def log_activity(work: Work, actor: Actor, customer: Customer, kind: ActivityKind, details: Details) -> Activity:
    """Logs what was done with a customer. Raises InvalidInputError when it lies in the future or is too long."""
    actor.require(Role.REP, "log_activity")
    happened_at = details.happened_at or work.now
    if happened_at > work.now:
        raise InvalidInputError("happened", "in_future", value=actor.local(happened_at).isoformat())
    activity = Activity(
        id=ActivityId(work.new_id()),
        workspace_id=actor.workspace_id,
        customer_id=customer.id,
        kind=kind,
        text=text.paragraph("text", details.text),
        contact_ids=details.contact_ids,
        deal_id=details.deal_id,
        place=text.line("place", details.place),
        outcome=text.paragraph("outcome", details.outcome),
        next_step=text.line("next_step", details.next_step),
        author_id=actor.member_id,
        happened_at=happened_at,
        created_at=work.now,
        updated_at=work.now,
    )
    ask_next_step(work, actor, activity)
    return records.add(work, actor, activity, EventType.ACTIVITY_LOGGED, happened_at=happened_at)


def get_activity(work: Work, actor: Actor, activity_id: str) -> Activity:
    """The activity. Raises NotFoundError when there is none that this member may see."""
    activity = work.activities.by_id(actor.scope, activity_id)
    if activity is None:
        raise NotFoundError("activity", activity_id)
    return activity


def edit_activity(work: Work, actor: Actor, activity_id: str, **values: str) -> Activity:
    """Changes its words, place, outcome or next step. Raises NotFoundError, InvalidInputError, NotAllowedError."""
    actor.require(Role.REP, "edit_activity")
    activity = get_activity(work, actor, activity_id)
    if activity.author_id != actor.member_id:
        actor.require(Role.MANAGER, "edit_activity")
    cleaned = {name: text.paragraph(name, value) for name, value in values.items()}
    return records.change(work, actor, activity, EventType.ACTIVITY_CHANGED, **cleaned)
