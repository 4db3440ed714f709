"""Reminders follow their tasks: every change of a task, of its customer or of its assignee's habits comes by here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.activities.model import Activity, ActivityKind
from core.actor import Actor
from core.customers.model import Customer
from core.events.model import Change
from core.ids import CustomerId, MemberId, WorkspaceId
from core.jobs.model import Job, JobKind, Urgency
from core.reminders.model import Reminder, Stage
from core.reminders.planning import habits_of, next_moment
from core.tasks.model import Task
from core.work import Work

# What of a customer decides who may see its tasks.
_RIGHTS = frozenset({"owner_id", "team_id"})
_ASKED = frozenset({ActivityKind.VISIT, ActivityKind.MEETING})
_ASK_AT = time(17)
_ASK_AFTER = timedelta(hours=2)
_ASK_UNTIL = time(20)


def follow(work: Work, actor: Actor, record: object, changes: Iterable[Change] = ()) -> None:
    """Has what was said, and is to be said, of a record looked at, as soon as its change is committed."""
    match record:
        case Task():
            stage = Stage.CHANGED if record.assignee_id == actor.member_id else Stage.GIVEN
            _touch(work, record.workspace_id, [_look(record, stage, work.now)])
        case Customer() if any(change.field in _RIGHTS for change in changes):
            follow_customer(work, record.workspace_id, record.id)
        case _:
            pass


def follow_new(work: Work, actor: Actor, record: object) -> None:
    """Plans when a new task is spoken of, which takes no further look; what was given in a hurry is looked at soon."""
    if not isinstance(record, Task) or (record.due_on is None and record.due_at is None):
        return
    member = work.members.membership(record.workspace_id, record.assignee_id)
    given = record.assignee_id != actor.member_id
    planned = next_moment(record, habits_of(member), work.now, given=given) if member else None
    if planned is not None and planned.at <= work.now:
        follow(work, actor, record)
        return
    look = _look(record, planned.stage if planned else Stage.REPLAN, planned.at if planned else None)
    work.reminders.touch(record.workspace_id, [look])
    if planned is not None:
        wake(work, record.workspace_id, planned.at)


def follow_customer(work: Work, workspace_id: WorkspaceId, customer_id: CustomerId) -> None:
    """The same for all open tasks of a customer, who may see which is decided by it."""
    if work.reminders.replan_of_customer(workspace_id, customer_id, work.now):
        _look_soon(work, workspace_id)


def follow_import(work: Work, records: Iterable[object]) -> None:
    """The same for what came by an import, which reminds nobody of what was overdue already."""
    tasks = [record for record in records if isinstance(record, Task) and record.done_at is None]
    if tasks:
        _touch(work, tasks[0].workspace_id, [_look(task, Stage.REPLAN, work.now) for task in tasks])


def follow_member(work: Work, workspace_id: WorkspaceId, member_id: MemberId) -> None:
    """The same for all tasks of a member whose habits or rights changed."""
    if work.reminders.replan_of_member(workspace_id, member_id, work.now):
        _look_soon(work, workspace_id)


def _look(task: Task, stage: Stage, at: datetime | None) -> Reminder:
    return Reminder(workspace_id=task.workspace_id, task_id=task.id, member_id=task.assignee_id, stage=stage, run_at=at)


def _touch(work: Work, workspace_id: WorkspaceId, looks: list[Reminder]) -> None:
    work.reminders.touch(workspace_id, looks)
    _look_soon(work, workspace_id)


def _look_soon(work: Work, workspace_id: WorkspaceId) -> None:
    """One job for all that a unit of work changes."""
    _add_tick(work, workspace_id, work.now, f"{work.receipt_id}:{work.now.isoformat()}")


def wake(work: Work, workspace_id: WorkspaceId, at: datetime) -> None:
    """Has reminders looked after at the minute that ends at or after ``at``: one job, however many are due by then."""
    minute = at.replace(second=0, microsecond=0)
    minute = minute if minute == at else minute + timedelta(minutes=1)
    _add_tick(work, workspace_id, minute, minute.astimezone(UTC).isoformat())


def go_on(work: Work, workspace_id: WorkspaceId, behind: str) -> None:
    """Has more reminders looked after at once; ``behind`` is the job that leaves them."""
    _add_tick(work, workspace_id, work.now, behind)


def _add_tick(work: Work, workspace_id: WorkspaceId, at: datetime, name: str) -> None:
    work.jobs.add(
        Job(
            id=work.new_id(),
            kind=JobKind.REMINDERS,
            payload=json.dumps({"workspace_id": workspace_id}),
            once=f"reminders:{workspace_id}:{name}",
            urgency=Urgency.NOTICE,
            run_at=at,
            created_at=work.now,
        )
    )


# -- what comes next -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asking:
    """When somebody is asked what comes after a visit, and until when that makes sense."""

    at: datetime
    until: datetime


def asking(now: datetime, zone: str) -> Asking | None:
    """In the afternoon of the same day or two hours later, at eight at the latest; None when it is too late."""
    local = now.astimezone(ZoneInfo(zone))
    at, until = (datetime.combine(local.date(), clock, local.tzinfo).astimezone(UTC) for clock in (_ASK_AT, _ASK_UNTIL))
    return Asking(min(max(at, now.astimezone(UTC) + _ASK_AFTER), until), until) if now < until else None


def ask_next_step(work: Work, actor: Actor, activity: Activity) -> None:
    """Has the member asked later what comes next, when they have been with a customer today and nothing follows."""
    today = actor.local(work.now).date()
    if activity.kind not in _ASKED or activity.next_step or actor.local(activity.happened_at).date() != today:
        return
    if asked := asking(work.now, actor.zone):
        work.jobs.add(
            Job(
                id=work.new_id(),
                kind=JobKind.NEXT_STEP,
                payload=json.dumps({"workspace_id": activity.workspace_id, "activity_id": activity.id}),
                once=f"next_step:{activity.id}",
                urgency=Urgency.NOTICE,
                run_at=asked.at,
                created_at=work.now,
            )
        )
