"""What reminders need of a store."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from core.ids import CustomerId, MemberId, WorkspaceId
from core.reminders.model import Reminder


class ReminderRepository(Protocol):
    """Reminders, by when they are due."""

    def list_due(self, workspace_id: WorkspaceId, now: datetime, *, limit: int) -> list[Reminder]:
        """Those whose time has come, the earliest first; on PostgreSQL those that nobody else is at."""
        ...

    def list_of_post(self, workspace_id: WorkspaceId, post: str) -> list[Reminder]:
        """Those that were said by one message."""
        ...

    def save(self, workspace_id: WorkspaceId, reminder: Reminder) -> None:
        """Keeps a reminder in place of the task's own."""
        ...

    def touch(self, workspace_id: WorkspaceId, reminders: Iterable[Reminder]) -> None:
        """Has tasks looked at; what was said of them stays."""
        ...

    def replan_of_member(self, workspace_id: WorkspaceId, member_id: MemberId, now: datetime) -> int:
        """Has all open tasks of a member looked at; how many there are."""
        ...

    def replan_of_customer(self, workspace_id: WorkspaceId, customer_id: CustomerId, now: datetime) -> int:
        """Has all open tasks of a customer looked at, and the messages about them made anew; how many there are."""
        ...
