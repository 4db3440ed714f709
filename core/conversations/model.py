"""Where people talk, and which customer a conversation is bound to."""

from dataclasses import dataclass
from datetime import datetime

from core.ids import CustomerId, MemberId, WorkspaceId


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation on a platform: a Slack channel, a Telegram chat, a room of the workbench."""

    platform: str
    tenant: str
    conversation: str

    @property
    def key(self) -> str:
        """The conversation as one word, for events and lanes."""
        return f"{self.platform}:{self.tenant}:{self.conversation}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A conversation bound to a customer."""

    workspace_id: WorkspaceId
    place: Place
    customer_id: CustomerId
    bound_by: MemberId
    bound_at: datetime
