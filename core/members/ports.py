"""What the member rules need of a store."""

from datetime import datetime
from typing import Protocol

from core.ids import MemberId, TeamId, WorkspaceId
from core.members.model import Code, Identity, Member, Membership, Team, Workspace


class MemberRepository(Protocol):
    """Workspaces, teams, members, identities and codes."""

    def workspace(self, workspace_id: WorkspaceId) -> Workspace | None:
        """One workspace."""
        ...

    def workspace_of_tenant(self, platform: str, tenant: str) -> WorkspaceId | None:
        """The workspace that a platform's tenant was installed into."""
        ...

    def only_workspace(self) -> WorkspaceId | None:
        """The workspace, when there is exactly one."""
        ...

    def first_workspaces(self) -> list[Workspace]:
        """The two oldest workspaces: enough to tell whether there is none, one or several."""
        ...

    def list_workspaces(self) -> list[Workspace]:
        """Every workspace, the oldest first: for what is done each night in all of them."""
        ...

    def tie_tenant(self, platform: str, tenant: str, workspace_id: WorkspaceId) -> None:
        """Ties a platform's tenant to a workspace."""
        ...

    def tenant_secret(self, platform: str, tenant: str) -> str | None:
        """What the platform gave when it was installed, encrypted by the caller; None when there is nothing."""
        ...

    def put_tenant_secret(self, platform: str, tenant: str, secret: str | None) -> None:
        """Keeps it for a tenant that is tied to a workspace, in place of what was there; None forgets it."""
        ...

    def add_workspace(self, workspace: Workspace) -> None:
        """Keeps a new workspace."""
        ...

    def add_team(self, team: Team) -> None:
        """Keeps a new team."""
        ...

    def list_teams(self, workspace_id: WorkspaceId) -> list[Team]:
        """A workspace's teams by name."""
        ...

    def by_identity(self, identity: Identity) -> Membership | None:
        """Who this is on a platform; None for a stranger or a removed member."""
        ...

    def membership(self, workspace_id: WorkspaceId, member_id: MemberId) -> Membership | None:
        """A member with their workspace; None when removed."""
        ...

    def by_id(self, workspace_id: WorkspaceId, member_id: str) -> Member | None:
        """A member, also a removed one (their name still stands in the history)."""
        ...

    def by_handle(self, workspace_id: WorkspaceId, handle: str) -> Member | None:
        """The member who is typed ``@handle``."""
        ...

    def by_email(self, workspace_id: WorkspaceId, email: str) -> Member | None:
        """The member with this address, whatever its case."""
        ...

    def list_all(self, workspace_id: WorkspaceId) -> list[Member]:
        """A workspace's present members by name."""
        ...

    def names(self, workspace_id: WorkspaceId) -> dict[str, str]:
        """Every member's name by id, removed ones included."""
        ...

    def add(self, member: Member) -> None:
        """Keeps a new member."""
        ...

    def save(self, member: Member) -> None:
        """Keeps a member's new state."""
        ...

    def tie(self, identity: Identity, member: Member, now: datetime) -> None:
        """Makes ``identity`` this member's, whosever it was."""
        ...

    def identities(self, workspace_id: WorkspaceId, member_id: MemberId) -> list[Identity]:
        """A member's identities."""
        ...

    def team_ids(self, workspace_id: WorkspaceId, member_ids: tuple[MemberId, ...]) -> dict[MemberId, TeamId | None]:
        """The teams of these members."""
        ...

    def add_code(self, code: Code) -> None:
        """Keeps a one-time code."""
        ...

    def use_code(self, digest: str, now: datetime) -> Code | None:
        """Marks an unused, unexpired code as used and returns it; None otherwise. Of two at once, one gets it."""
        ...
