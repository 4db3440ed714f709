"""Who acts, and what they may see and do. Every rule about permission is here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from core.errors import NotAllowedError
from core.ids import MemberId, TeamId, WorkspaceId


class Role(StrEnum):
    """What a member may do, from the most to the least."""

    ADMIN = "admin"
    MANAGER = "manager"
    REP = "rep"
    VIEWER = "viewer"


_RANK = {Role.VIEWER: 0, Role.REP: 1, Role.MANAGER: 2, Role.ADMIN: 3}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a read may return: one workspace, and in it everything or what one member's team may see.

    A record without a team is the whole workspace's; one with a team is that team's and its owner's.
    """

    workspace_id: WorkspaceId
    member_id: MemberId | None = None
    team_id: TeamId | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A member in the act of doing something, and where they are doing it from."""

    workspace_id: WorkspaceId
    member_id: MemberId
    name: str
    role: Role
    team_id: TeamId | None = None
    language: str = "en"
    zone: str = "UTC"
    currency: str = "CNY"
    platform: str = ""
    delivery: str = ""

    @property
    def scope(self) -> Scope:
        """Admins and managers see the workspace, everybody else what their team may see."""
        return Scope(self.workspace_id, self.member_id, self.team_id, everything=self.at_least(Role.MANAGER))

    def local(self, instant: datetime) -> datetime:
        """The member's wall clock at an instant, without a zone."""
        return instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    def at_least(self, role: Role) -> bool:
        """Whether this member's role allows what ``role`` allows."""
        return _RANK[self.role] >= _RANK[role]

    def require(self, role: Role, action: str) -> None:
        """Raises NotAllowedError unless the member's role is ``role`` or above."""
        if not self.at_least(role):
            raise NotAllowedError(action, needs=role)


class Owned(Protocol):
    """A record that belongs to somebody."""

    @property
    def owner_id(self) -> MemberId | None:
        """Its owner."""
        ...

    @property
    def team_id(self) -> TeamId | None:
        """The team it is kept to, or None for the whole workspace."""
        ...


def may_see(scope: Scope, record: Owned) -> bool:
    """The rule that the repositories' statements keep, for one record in hand."""
    if scope.everything or record.team_id is None:
        return True
    return record.team_id == scope.team_id or (scope.member_id is not None and record.owner_id == scope.member_id)
