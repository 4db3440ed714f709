"""Two people change one task, one of them from an older state of it: what happened meanwhile, and deciding by field."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import records
from core.actor import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.events.model import Event, EventType, Kind, Ref
from core.events.values import to_json
from core.ids import MemberId, TaskId
from core.tasks.model import Task
from core.tasks.service import finish_task, snoozed_values
from core.work import Work

_EVENTS_READ = 100  # of one task; more changes than that between a look and a press nobody makes


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """A field that others changed after it was looked at: as it was then and is now (JSON values), and who did it."""

    field: str
    old: Any
    new: Any
    by: MemberId | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wanted of a task: to mark it done, or to put it off ``until``."""

    done: bool = False
    until: datetime | None = None


def changed_since(work: Work, actor: Actor, task: Task, seen: datetime) -> tuple[Meanwhile, ...]:
    """What became of a task after the state of it that was last changed at ``seen``; what was put back is left out."""
    if task.updated_at <= seen:
        return ()
    about = Ref(Kind.TASK, task.id)
    events = work.events.of_subject(actor.workspace_id, about, limit=_EVENTS_READ)
    later = sorted((event for event in events if event.recorded_at > seen and event.record == about), key=_order)
    found: dict[str, Meanwhile] = {}
    for event in later:
        for change in event.changes:
            first = found.get(change.field)
            old = first.old if first else change.old
            found[change.field] = Meanwhile(change.field, old, change.new, event.actor_id)
    return tuple(each for each in found.values() if each.old != each.new)


def _order(event: Event) -> tuple[datetime, str]:
    return event.recorded_at, event.id


def check_unchanged(work: Work, actor: Actor, task: Task, seen: str) -> None:
    """Raises ConflictError when others changed the task after the state that was ``seen`` (an ISO instant)."""
    if seen and changed_since(work, actor, task, read_version(seen)):
        raise ConflictError("changed_meanwhile", about=task.title)


def version_of(task: Task) -> str:
    """The state a task is in, as ``check_unchanged`` takes it."""
    return task.updated_at.isoformat()


def read_version(seen: str) -> datetime:
    """The instant of a version. Raises InvalidInputError for anything else."""
    try:
        instant = datetime.fromisoformat(seen)
    except ValueError:
        raise InvalidInputError("seen", "unknown_date", value=seen) from None
    if instant.tzinfo is None:
        raise InvalidInputError("seen", "unknown_date", value=seen)
    return instant


def wanted_values(work: Work, actor: Actor, task: Task, wish: Wish) -> dict[str, Any]:
    """What the wish would make of the task's fields, as JSON values."""
    if wish.done:
        return {"done_at": to_json(work.now)}
    values = snoozed_values(work, actor, task, wish.until) if wish.until else {}
    return {name: to_json(value) for name, value in values.items()}


def settle_task(work: Work, actor: Actor, task_id: str, wish: Wish, mine: frozenset[str]) -> Task:
    """Does of a wish the fields that are in ``mine``, and leaves the others as they have become.

    Raises NotFoundError, ConflictError when it is done already, InvalidInputError for a time that is over.
    """
    actor.require(Role.REP, "snooze_task")
    task = work.tasks.by_id(actor.scope, task_id)
    if task is None:
        raise NotFoundError("task", task_id)
    if wish.done:
        return finish_task(work, actor, TaskId(task.id)) if "done_at" in mine else task
    if task.done_at is not None:
        raise ConflictError("task_already_done", about=task.title)
    if wish.until is None or wish.until <= work.now:
        raise InvalidInputError("until", "in_past", value=actor.local(wish.until or work.now).isoformat())
    values = {name: value for name, value in snoozed_values(work, actor, task, wish.until).items() if name in mine}
    return records.change(work, actor, task, EventType.TASK_SNOOZED, **values)
