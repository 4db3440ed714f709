"""A person at a customer, and what they decide."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import ContactId, CustomerId, WorkspaceId


class Decision(StrEnum):
    """What a contact has to say in a purchase."""

    UNKNOWN = "unknown"
    DECIDER = "decider"
    INFLUENCER = "influencer"
    USER = "user"
    BLOCKER = "blocker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact. ``title`` is their role at the customer, as it stands on a card."""

    id: ContactId
    workspace_id: WorkspaceId
    customer_id: CustomerId
    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    wechat: str = ""
    decision: Decision = Decision.UNKNOWN
    external_id: str | None = None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None
