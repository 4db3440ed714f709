"""Reminders in the database."""

from collections.abc import Iterable
from datetime import datetime

from core.ids import CustomerId, MemberId, WorkspaceId
from core.reminders.model import Reminder
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_DUE = Query("reminders.DUE", Reminder)
_OF_POST = Query("reminders.OF_POST", Reminder)
_SAVE = RecordCommand("reminders.SAVE", Reminder)
_TOUCH = RecordCommand("reminders.TOUCH", Reminder)
_OF_MEMBER = Command("reminders.OF_MEMBER")
_OF_CUSTOMER = Command("reminders.OF_CUSTOMER")


class SqlReminders:
    """``core.reminders.ports.ReminderRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_due(self, workspace_id: WorkspaceId, now: datetime, *, limit: int) -> list[Reminder]:
        """Those whose time has come, the earliest first."""
        return _DUE.all(self._connection, workspace_id=workspace_id, now=now, limit=limit)

    def list_of_post(self, workspace_id: WorkspaceId, post: str) -> list[Reminder]:
        """Those that were said by one message."""
        return _OF_POST.all(self._connection, workspace_id=workspace_id, post=post)

    def save(self, workspace_id: WorkspaceId, reminder: Reminder) -> None:  # noqa: ARG002 - it carries its workspace
        """Keeps a reminder in place of the task's own."""
        _SAVE.run(self._connection, reminder)

    def touch(self, workspace_id: WorkspaceId, reminders: Iterable[Reminder]) -> None:  # noqa: ARG002 - see above
        """Has tasks looked at; what was said of them stays."""
        _TOUCH.run_many(self._connection, reminders)

    def replan_of_member(self, workspace_id: WorkspaceId, member_id: MemberId, now: datetime) -> int:
        """Has all open tasks of a member looked at; how many there are."""
        return _OF_MEMBER.run(self._connection, workspace_id=workspace_id, member_id=member_id, now=now)

    def replan_of_customer(self, workspace_id: WorkspaceId, customer_id: CustomerId, now: datetime) -> int:
        """Has all open tasks of a customer looked at, and the messages about them made anew; how many there are."""
        return _OF_CUSTOMER.run(self._connection, workspace_id=workspace_id, customer=customer_id, now=now)
