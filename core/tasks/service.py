"""The rules of tasks: raising, finishing, putting off and handing over."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from core import records, text
from core.activities.model import Activity
from core.actor import Actor, Role
from core.customers.model import Customer
from core.deals.model import Deal
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.events.model import EventType
from core.ids import CustomerId, MemberId, TaskId
from core.members.model import Member
from core.tasks.model import Priority, Task
from core.work import Work

TITLE_LIMIT = 500  # characters


@dataclass(frozen=True, slots=True)
class Due:
    """A day, perhaps with a time of day, as somebody in ``zone`` says it."""

    day: date
    clock: time | None = None
    zone: str = "UTC"

    @property
    def instant(self) -> datetime | None:
        """The instant, when a time of day was given; one that a daylight-saving change skips moves forward."""
        if self.clock is None:
            return None
        return datetime.combine(self.day, self.clock, ZoneInfo(self.zone)).astimezone(ZoneInfo("UTC"))

    def check_not_past(self, now: datetime, field: str = "due") -> None:
        """Raises InvalidInputError when it lies before ``now``."""
        instant = self.instant
        past = instant < now if instant else self.day < now.astimezone(ZoneInfo(self.zone)).date()
        if past:
            said = datetime.combine(self.day, self.clock) if self.clock else self.day
            raise InvalidInputError(field, "in_past", value=said.isoformat())


def priority(value: str) -> Priority:
    """The priority of that name. Raises InvalidInputError for another word."""
    try:
        return Priority(value.strip().casefold())
    except ValueError:
        raise InvalidInputError("priority", "unknown_choice", value=value, choices=tuple(Priority)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a task is about and where it comes from."""

    customer: Customer | None = None
    deal: Deal | None = None
    activity: Activity | None = None


def add_task(  # noqa: PLR0913 - a task is described by these
    work: Work,
    actor: Actor,
    title: str,
    *,
    due: Due | None = None,
    assignee_id: MemberId | None = None,
    priority: Priority = Priority.NORMAL,
    about: About | None = None,
    remind: int | None = None,
) -> Task:
    """Raises a task for the member or for ``assignee_id``.

    Raises InvalidInputError for a due date in the past, ConflictError when it would be hidden from the assignee.
    """
    actor.require(Role.REP, "add_task")
    about = about or About()
    if due:
        due.check_not_past(work.now)
    customer_id = about.customer.id if about.customer else about.deal.customer_id if about.deal else None
    _check_may_see(work, actor, assignee_id or actor.member_id, customer_id)
    task = Task(
        id=TaskId(work.new_id()),
        workspace_id=actor.workspace_id,
        title=text.required_line("title", title, limit=TITLE_LIMIT),
        assignee_id=assignee_id or actor.member_id,
        **(_due_values(work, actor, due, assignee_id or actor.member_id) if due else {}),
        creator_id=actor.member_id,
        priority=priority,
        remind=remind,
        customer_id=customer_id,
        deal_id=about.deal.id if about.deal else None,
        activity_id=about.activity.id if about.activity else None,
        created_at=work.now,
        updated_at=work.now,
    )
    return records.add(work, actor, task, EventType.TASK_ADDED)


def _due_values(work: Work, actor: Actor, due: Due, assignee_id: MemberId) -> dict[str, Any]:
    """What a task keeps of when it is due. A time is the same for everybody, its day is the one of who has to do it."""
    instant = due.instant
    day = _day_of(work, actor, instant, assignee_id) if instant else due.day
    return {"due_on": day, "due_at": instant}


def _day_of(work: Work, actor: Actor, instant: datetime, assignee_id: MemberId) -> date:
    if assignee_id == actor.member_id:
        return actor.local(instant).date()
    assignee = work.members.membership(actor.workspace_id, assignee_id)
    return (assignee.actor(platform="") if assignee else actor).local(instant).date()


def _check_may_see(work: Work, actor: Actor, assignee_id: MemberId, customer_id: CustomerId | None) -> None:
    """Raises ConflictError when the assignee may not see what a task is about, and so would never see the task."""
    if customer_id is None or assignee_id == actor.member_id:
        return
    assignee = work.members.membership(actor.workspace_id, assignee_id)
    if assignee is None or work.customers.by_id(assignee.actor(platform="").scope, customer_id) is None:
        raise ConflictError("assignee_may_not_see", about=assignee.member.name if assignee else "")


def get_task(work: Work, actor: Actor, task_id: str) -> Task:
    """The task. Raises NotFoundError when there is none that this member may see."""
    task = work.tasks.by_id(actor.scope, task_id)
    if task is None:
        raise NotFoundError("task", task_id)
    return task


def _open_task(work: Work, actor: Actor, task_id: str, action: str) -> Task:
    actor.require(Role.REP, action)
    task = get_task(work, actor, task_id)
    if task.done_at is not None:
        raise ConflictError("task_already_done", about=task.title)
    return task


def finish_task(work: Work, actor: Actor, task_id: str) -> Task:
    """Marks it done. Raises NotFoundError, and ConflictError when it was done already."""
    task = _open_task(work, actor, task_id, "finish_task")
    return records.change(work, actor, task, EventType.TASK_DONE, done_at=work.now)


def snooze_task(work: Work, actor: Actor, task_id: str, until: datetime) -> Task:
    """Hides it until then, and moves its due date along when that would pass meanwhile."""
    task = _open_task(work, actor, task_id, "snooze_task")
    if until <= work.now:
        raise InvalidInputError("until", "in_past", value=actor.local(until).isoformat())
    return records.change(work, actor, task, EventType.TASK_SNOOZED, **snoozed_values(work, actor, task, until))


def snoozed_values(work: Work, actor: Actor, task: Task, until: datetime) -> dict[str, Any]:
    """What putting a task off makes of its fields."""
    return {"snoozed_until": until, **_moved(work, actor, task, until)}


def _moved(work: Work, actor: Actor, task: Task, until: datetime) -> dict[str, Any]:
    """The due date after a snooze: never before the task comes back."""
    if task.due_at is not None and task.due_at < until:
        return {"due_at": until, "due_on": _day_of(work, actor, until, task.assignee_id)}
    day = actor.local(until).date()
    return {"due_on": day} if task.due_at is None and task.due_on is not None and task.due_on < day else {}


def edit_task(work: Work, actor: Actor, task_id: str, *, due: Due | None = None, **values: Any) -> Task:
    """Changes title, priority, reminder or due date. Raises NotFoundError, InvalidInputError, NotAllowedError."""
    task = _open_task(work, actor, task_id, "edit_task")
    if "title" in values:
        values["title"] = text.required_line("title", values["title"], limit=TITLE_LIMIT)
    if due:
        due.check_not_past(work.now)
        values |= {**_due_values(work, actor, due, task.assignee_id), "snoozed_until": None}
    return records.change(work, actor, task, EventType.TASK_CHANGED, **values)


def assign_task(work: Work, actor: Actor, task_id: str, assignee: Member) -> Task:
    """Hands it to somebody else. Raises NotFoundError, and ConflictError when it would be hidden from them."""
    task = _open_task(work, actor, task_id, "assign_task")
    _check_may_see(work, actor, assignee.id, task.customer_id)
    day = {"due_on": _day_of(work, actor, task.due_at, assignee.id)} if task.due_at else {}
    return records.change(work, actor, task, EventType.TASK_ASSIGNED, assignee_id=assignee.id, **day)


def drop_task(work: Work, actor: Actor, task_id: str) -> Task:
    """Takes an open task away that should never have been one. Raises NotFoundError, ConflictError when it is done."""
    task = _open_task(work, actor, task_id, "drop_task")
    return records.remove(work, actor, task, EventType.TASK_DROPPED)
