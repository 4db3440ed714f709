"""What the task rules need of a store."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from core.actor import Scope
from core.ids import CustomerId, MemberId, TeamId
from core.ports import Records
from core.tasks.model import Task


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as it stands in a list."""

    task: Task
    customer_name: str
    assignee_name: str


class Snoozed(StrEnum):
    """What becomes of tasks that are put off."""

    HIDDEN = "hidden"
    SHOWN = "shown"
    ONLY = "only"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which open tasks to list; what is None or False does not narrow. ``due_from`` and ``due_until`` are days, both
    included; with either a task without a date is left out.
    """

    assignee_id: MemberId | None = None
    team_id: TeamId | None = None
    customer_id: CustomerId | None = None
    overdue: bool = False
    due_from: date | None = None
    due_until: date | None = None
    snoozed: Snoozed = Snoozed.HIDDEN


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Some of the tasks that fit, and how many there are in all."""

    lines: tuple[TaskLine, ...]
    total: int


class TaskRepository(Records[Task], Protocol):
    """Tasks, as the lists that people ask for."""

    def list_open(
        self, scope: Scope, wanted: TaskFilter, *, now: datetime, today: date, limit: int, offset: int = 0
    ) -> TaskPage:
        """Open tasks, the first due first, those without a date last."""
        ...
