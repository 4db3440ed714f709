"""Who works here: a workspace, its teams and members, and the identities a member has on the platforms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.actor import Actor, Role
from core.ids import MemberId, TeamId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One company's Kith. Members who chose no language, zone or currency have the workspace's."""

    id: WorkspaceId
    name: str
    language: str = "en"
    zone: str = "UTC"
    currency: str = "CNY"
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Members who see each other's customers."""

    id: TeamId
    workspace_id: WorkspaceId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a workspace. ``handle`` is how they are typed: ``@wei``, unique in the workspace, lower case.

    ``remind`` is how many minutes before a task is due they are reminded of it, -1 never; ``hours`` are their working
    hours, as ``core.reminders.hours`` keeps them. Empty ones are the usual.
    """

    id: MemberId
    workspace_id: WorkspaceId
    handle: str
    name: str
    email: str = ""
    role: Role = Role.REP
    team_id: TeamId | None = None
    language: str = ""
    zone: str = ""
    remind: int | None = None
    hours: str = ""
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A person on a platform. ``tenant`` is the platform's own workspace (Slack's team), empty where it has none."""

    platform: str
    tenant: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A member together with the workspace that fills in what they did not choose."""

    member: Member
    workspace: Workspace

    def actor(self, *, platform: str, delivery: str = "") -> Actor:
        """This member in the act of doing something through ``platform``."""
        member, workspace = self.member, self.workspace
        return Actor(
            workspace_id=workspace.id,
            member_id=member.id,
            name=member.name,
            role=member.role,
            team_id=member.team_id,
            language=member.language or workspace.language,
            zone=member.zone or workspace.zone,
            currency=workspace.currency,
            platform=platform,
            delivery=delivery,
        )


class CodePurpose(StrEnum):
    """What a one-time code is good for."""

    LINK = "link"  # ties an identity on a platform to the member
    SIGN_IN = "sign_in"  # opens a session in the browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A one-time code, kept as its SHA-256 only."""

    digest: str
    workspace_id: WorkspaceId
    member_id: MemberId
    purpose: CodePurpose
    expires_at: datetime
    used_at: datetime | None = None
