"""Tasks from a sheet."""

from zoneinfo import ZoneInfo

from core.events.model import EventType, Kind
from core.ids import MemberId
from core.importing.known import Known
from core.importing.model import ImportRow
from core.importing.shape import Shape, Values
from core.tasks.model import Task


class TaskShape(Shape[Task]):
    """Known by its external id alone: the same thing is to be done every month."""

    kind = Kind.TASK
    added = EventType.TASK_ADDED
    changed = EventType.TASK_CHANGED

    def values(self, row: ImportRow, known: Known) -> Values:
        """Customer, deal and assignee as ids."""
        values = dict(row.values)
        customer = known.customer(values.pop("customer")) if "customer" in values else None
        if customer:
            values["customer_id"] = customer.id
        if "deal" in values:
            deal = known.deal(customer, values.pop("deal"))
            values |= {"deal_id": deal.id, "customer_id": deal.customer_id}
        if "assignee" in values:
            values["assignee_id"] = known.people.member("assignee", values.pop("assignee")).id
        return values

    def new(self, values: Values, known: Known) -> Task:
        """The importer's own unless the sheet says otherwise."""
        me = known.actor.member_id
        values = {"assignee_id": me, "creator_id": me, **values}
        return Task(**known.base(), **_done(None, _due(values["assignee_id"], values, known), known))

    def follow(self, record: Task, values: Values, known: Known) -> Values:
        """What was done before keeps its instant."""
        assignee_id = values.get("assignee_id", record.assignee_id)
        return _done(record, _due(assignee_id, values, known), known)

    def event_type(self, before: Task, after: Task) -> EventType:
        """Finishing has a name of its own."""
        return EventType.TASK_DONE if before.done_at is None and after.done_at is not None else self.changed


def _due(assignee_id: MemberId, values: Values, known: Known) -> Values:
    """The day as it is where the assignee is; a day without a time takes the time of an earlier sheet away."""
    if "due_on" not in values:
        return values
    at = values.get("due_at")
    day = at.astimezone(ZoneInfo(known.people.zone_of(assignee_id))).date() if at else values["due_on"]
    return {**values, "due_on": day, "due_at": at}


def _done(record: Task | None, values: Values, known: Known) -> Values:
    """``done`` as the instant: the sheet's own, the one that is kept, or now."""
    values = dict(values)
    done = values.pop("done", None)
    if done is False:
        values["done_at"] = None
    elif done and "done_at" not in values:
        values["done_at"] = (record.done_at if record else None) or known.now
    return values
