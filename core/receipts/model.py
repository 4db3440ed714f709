"""A receipt for one command that wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.ids import MemberId, ReceiptId, WorkspaceId

UNDO_WINDOW = timedelta(minutes=10)
REPEAT_WINDOW = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a member had done: the verb, and the digest of member, verb and words that tells a repeat."""

    id: ReceiptId
    workspace_id: WorkspaceId
    member_id: MemberId
    verb: str
    digest: str
    created_at: datetime
    undone_at: datetime | None = None
