"""What receipts need of a store."""

from datetime import datetime
from typing import Protocol

from core.ids import MemberId, WorkspaceId
from core.receipts.model import Receipt


class ReceiptRepository(Protocol):
    """Receipts, by member and by what was said."""

    def add(self, receipt: Receipt) -> None:
        """Keeps a new receipt."""
        ...

    def by_id(self, workspace_id: WorkspaceId, receipt_id: str) -> Receipt | None:
        """One receipt."""
        ...

    def latest_of(self, workspace_id: WorkspaceId, member_id: MemberId) -> Receipt | None:
        """The member's last receipt that is not undone and is no undoing itself."""
        ...

    def repeat_of(self, workspace_id: WorkspaceId, member_id: MemberId, digest: str, since: datetime) -> Receipt | None:
        """The receipt of the same words since then, unless it was undone."""
        ...

    def mark_undone(self, receipt: Receipt, now: datetime) -> bool:
        """Marks it undone; False when it already was."""
        ...
