"""A customer and its place in the lifecycle."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.ids import CustomerId, MemberId, TeamId, WorkspaceId


class Lifecycle(StrEnum):
    """How far a customer has come with us."""

    LEAD = "lead"
    PROSPECT = "prospect"
    CUSTOMER = "customer"
    DORMANT = "dormant"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer. ``extra`` holds the columns of an imported file that Kith has no field for."""

    id: CustomerId
    workspace_id: WorkspaceId
    name: str
    aliases: tuple[str, ...] = ()
    industry: str = ""
    size: str = ""
    region: str = ""
    owner_id: MemberId | None = None
    team_id: TeamId | None = None
    stage: Lifecycle = Lifecycle.LEAD
    phone: str = ""
    website: str = ""
    address: str = ""
    tags: tuple[str, ...] = ()
    external_id: str | None = None
    extra: dict[str, str] = field(default_factory=dict)
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None
