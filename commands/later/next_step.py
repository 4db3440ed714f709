"""next step - asks once, on the day of a visit that nothing follows from, what happens next."""

from datetime import UTC, datetime, timedelta

import msgspec

from cards.model import Card
from cards.reader import Reader
from cards.reminders import next_step
from commands.later.model import Desk, Later
from commands.notices import Terms
from core.activities.model import Activity
from core.actor import Actor, Scope
from core.customers.model import Customer
from core.events.model import Kind, Ref
from core.ids import WorkspaceId
from core.jobs.model import JobKind
from core.members.model import Membership
from core.reminders.following import asking
from core.tasks.ports import TaskFilter
from core.work import Work

# A worker that was busy at eight still asks; one that slept until the next day does not.
_GRACE = timedelta(minutes=15)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


class Asked(msgspec.Struct, frozen=True):
    """What was logged."""

    workspace_id: WorkspaceId
    activity_id: str


def run(payload: Asked, desk: Desk) -> None:
    """Asks, unless something follows by now, the visit was taken back, or the day is over."""
    work = desk.work
    activity = work.activities.by_id(_whole(payload.workspace_id), payload.activity_id)
    if activity is None or activity.author_id is None:
        return
    member = work.members.membership(payload.workspace_id, activity.author_id)
    if member is None:
        return
    actor = member.actor(platform="")
    customer = work.customers.by_id(actor.scope, activity.customer_id)
    if customer is None or _is_late(activity, actor, desk) or _is_answered(work, actor, activity):
        return
    _ask(desk, member, activity, customer)


def _ask(desk: Desk, member: Membership, activity: Activity, customer: Customer) -> None:
    actor = member.actor(platform="")
    once = f"next_step:{actor.member_id}:{customer.id}:{actor.local(desk.work.now).date()}"

    def build(_actor: Actor, reader: Reader) -> Card:
        return next_step(activity, customer, reader)

    terms = Terms(once=once, post=f"next_step:{activity.id}", about=Ref(Kind.ACTIVITY, activity.id))
    desk.notifier.tell(desk.work, member, build, terms)


def _whole(workspace_id: WorkspaceId) -> Scope:
    return Scope(workspace_id, everything=True)


def _is_late(activity: Activity, actor: Actor, desk: Desk) -> bool:
    """Whether the day on which it was logged is over, or its evening has come."""
    logged = asking(activity.created_at, actor.zone)
    return logged is None or desk.work.now > logged.until + _GRACE


def _is_answered(work: Work, actor: Actor, activity: Activity) -> bool:
    """Whether a next step was written down, or there is anything to do with the customer, snoozed or not."""
    wanted = TaskFilter(customer_id=activity.customer_id)
    found = work.tasks.list_open(actor.scope, wanted, now=_END_OF_TIME, today=_END_OF_TIME.date(), limit=1)
    return bool(activity.next_step or found.lines)


LATER = Later(kind=JobKind.NEXT_STEP, payload=Asked, run=run)
