"""Something that was done with a customer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import ActivityId, ContactId, CustomerId, DealId, MemberId, WorkspaceId


class ActivityKind(StrEnum):
    """What kind of thing was done."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    NOTE = "note"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity. ``contact_ids`` took part; ``happened_at`` may lie before it was written down.

    A saved message keeps who said it and where in ``place``.
    """

    id: ActivityId
    workspace_id: WorkspaceId
    customer_id: CustomerId
    kind: ActivityKind
    text: str = ""
    contact_ids: tuple[ContactId, ...] = ()
    deal_id: DealId | None = None
    place: str = ""
    outcome: str = ""
    next_step: str = ""
    author_id: MemberId | None = None
    happened_at: datetime
    external_id: str | None = None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None
