"""A task, due on a day or at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.ids import ActivityId, CustomerId, DealId, MemberId, TaskId, WorkspaceId


class Priority(StrEnum):
    """How much a task matters."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task. ``due_on`` is a day in the assignee's zone; ``due_at`` is set as well when a time of day was given.

    ``remind`` is how many minutes before it is due its assignee is reminded: -1 never, None as they like it.
    ``snoozed_until`` hides it from lists until then; ``activity_id`` is the visit it follows from.
    """

    id: TaskId
    workspace_id: WorkspaceId
    title: str
    due_on: date | None = None
    due_at: datetime | None = None
    assignee_id: MemberId
    creator_id: MemberId | None = None
    priority: Priority = Priority.NORMAL
    remind: int | None = None
    customer_id: CustomerId | None = None
    deal_id: DealId | None = None
    activity_id: ActivityId | None = None
    snoozed_until: datetime | None = None
    done_at: datetime | None = None
    external_id: str | None = None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None

    def is_snoozed(self, now: datetime) -> bool:
        """Whether it is put off and has not come back yet."""
        return self.done_at is None and self.snoozed_until is not None and self.snoozed_until > now

    def is_overdue(self, now: datetime, today: date) -> bool:
        """Whether it should have been done already; ``today`` is the reader's day."""
        if self.done_at is not None:
            return False
        if self.due_at is not None:
            return self.due_at < now
        return self.due_on is not None and self.due_on < today
