"""Receipts in the database."""

from datetime import datetime

from core.ids import MemberId, WorkspaceId
from core.receipts.model import Receipt
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_ADD = RecordCommand("receipts.ADD", Receipt)
_BY_ID = Query("receipts.BY_ID", Receipt)
_LATEST_OF = Query("receipts.LATEST_OF", Receipt)
_REPEAT_OF = Query("receipts.REPEAT_OF", Receipt)
_MARK_UNDONE = Command("receipts.MARK_UNDONE")


class SqlReceipts:
    """``core.receipts.ports.ReceiptRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, receipt: Receipt) -> None:
        """Keeps a new receipt."""
        _ADD.run(self._connection, receipt)

    def by_id(self, workspace_id: WorkspaceId, receipt_id: str) -> Receipt | None:
        """One receipt."""
        return _BY_ID.first(self._connection, workspace_id=workspace_id, id=receipt_id)

    def latest_of(self, workspace_id: WorkspaceId, member_id: MemberId) -> Receipt | None:
        """The member's last receipt that is not undone and is no undoing itself."""
        return _LATEST_OF.first(self._connection, workspace_id=workspace_id, member_id=member_id)

    def repeat_of(self, workspace_id: WorkspaceId, member_id: MemberId, digest: str, since: datetime) -> Receipt | None:
        """The receipt of the same words since then, unless it was undone."""
        return _REPEAT_OF.first(
            self._connection, workspace_id=workspace_id, member_id=member_id, digest=digest, since=since
        )

    def mark_undone(self, receipt: Receipt, now: datetime) -> bool:
        """Marks it undone; False when it already was."""
        return _MARK_UNDONE.run(self._connection, workspace_id=receipt.workspace_id, id=receipt.id, now=now) == 1
