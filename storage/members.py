"""Workspaces, teams, members, identities and codes in the database."""

from datetime import datetime

from core.ids import MemberId, TeamId, WorkspaceId
from core.members.model import Code, Identity, Member, Membership, Team, Workspace
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_ADD_WORKSPACE = RecordCommand("members.ADD_WORKSPACE", Workspace)
_WORKSPACE = Query("members.WORKSPACE_BY_ID", Workspace)
_WORKSPACES = Query("members.WORKSPACES", Workspace)
_TWO_WORKSPACES = Query("members.TWO_WORKSPACES", Workspace)
_WORKSPACE_OF_TENANT = Query("members.WORKSPACE_OF_TENANT", tuple)
_TIE_TENANT = Command("members.TIE_TENANT")
_SECRET_OF_TENANT = Query("members.SECRET_OF_TENANT", tuple)
_KEEP_SECRET = Command("members.KEEP_SECRET")
_ADD_TEAM = RecordCommand("members.ADD_TEAM", Team)
_TEAMS = Query("members.TEAMS", Team)
_ADD = RecordCommand("members.ADD", Member)
_SAVE = RecordCommand("members.SAVE", Member)
_BY_ID = Query("members.BY_ID", Member)
_BY_HANDLE = Query("members.BY_HANDLE", Member)
_BY_EMAIL = Query("members.BY_EMAIL", Member)
_ALL = Query("members.ALL", Member)
_NAMES = Query("members.NAMES", tuple)
_TEAM_IDS = Query("members.TEAM_IDS", tuple)
_BY_IDENTITY = Query("members.BY_IDENTITY", Membership)
_MEMBERSHIP = Query("members.MEMBERSHIP", Membership)
_TIE = Command("members.TIE")
_IDENTITIES = Query("members.IDENTITIES", Identity)
_ADD_CODE = RecordCommand("members.ADD_CODE", Code)
_USE_CODE = Query("members.USE_CODE", Code)


class SqlMembers:
    """``core.members.ports.MemberRepository``."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def workspace(self, workspace_id: WorkspaceId) -> Workspace | None:
        """One workspace."""
        return _WORKSPACE.first(self._connection, workspace_id=workspace_id)

    def workspace_of_tenant(self, platform: str, tenant: str) -> WorkspaceId | None:
        """The workspace that a platform's tenant was installed into."""
        row = _WORKSPACE_OF_TENANT.first(self._connection, platform=platform, tenant=tenant)
        return WorkspaceId(row[0]) if row else None

    def only_workspace(self) -> WorkspaceId | None:
        """The workspace, when there is exactly one."""
        found = _TWO_WORKSPACES.all(self._connection)
        return found[0].id if len(found) == 1 else None

    def first_workspaces(self) -> list[Workspace]:
        """The two oldest workspaces."""
        return _TWO_WORKSPACES.all(self._connection)

    def list_workspaces(self) -> list[Workspace]:
        """Every workspace, the oldest first."""
        return _WORKSPACES.all(self._connection)

    def tie_tenant(self, platform: str, tenant: str, workspace_id: WorkspaceId) -> None:
        """Ties a platform's tenant to a workspace."""
        key = {"platform": platform, "tenant": tenant, "workspace_id": workspace_id}
        _TIE_TENANT.run(self._connection, **key, secret=None, created_at=self._now)

    def tenant_secret(self, platform: str, tenant: str) -> str | None:
        """What the platform gave when it was installed, encrypted by the caller; None when there is nothing."""
        row = _SECRET_OF_TENANT.first(self._connection, platform=platform, tenant=tenant)
        return row[0] if row else None

    def put_tenant_secret(self, platform: str, tenant: str, secret: str | None) -> None:
        """Keeps it for a tenant that is tied to a workspace, in place of what was there; None forgets it."""
        _KEEP_SECRET.run(self._connection, platform=platform, tenant=tenant, sealed=secret)

    def add_workspace(self, workspace: Workspace) -> None:
        """Keeps a new workspace."""
        _ADD_WORKSPACE.run(self._connection, workspace)

    def add_team(self, team: Team) -> None:
        """Keeps a new team."""
        _ADD_TEAM.run(self._connection, team)

    def list_teams(self, workspace_id: WorkspaceId) -> list[Team]:
        """A workspace's teams by name."""
        return _TEAMS.all(self._connection, workspace_id=workspace_id)

    def by_identity(self, identity: Identity) -> Membership | None:
        """Who this is on a platform; None for a stranger or a removed member."""
        return _BY_IDENTITY.first(
            self._connection, platform=identity.platform, tenant=identity.tenant, user_id=identity.user_id
        )

    def membership(self, workspace_id: WorkspaceId, member_id: MemberId) -> Membership | None:
        """A member with their workspace; None when removed."""
        return _MEMBERSHIP.first(self._connection, workspace_id=workspace_id, member_id=member_id)

    def by_id(self, workspace_id: WorkspaceId, member_id: str) -> Member | None:
        """A member, also a removed one."""
        return _BY_ID.first(self._connection, workspace_id=workspace_id, id=member_id)

    def by_handle(self, workspace_id: WorkspaceId, handle: str) -> Member | None:
        """The member who is typed ``@handle``."""
        return _BY_HANDLE.first(self._connection, workspace_id=workspace_id, handle=handle)

    def by_email(self, workspace_id: WorkspaceId, email: str) -> Member | None:
        """The member with this address, whatever its case."""
        return _BY_EMAIL.first(self._connection, workspace_id=workspace_id, email=email.lower())

    def list_all(self, workspace_id: WorkspaceId) -> list[Member]:
        """A workspace's present members by name."""
        return _ALL.all(self._connection, workspace_id=workspace_id)

    def names(self, workspace_id: WorkspaceId) -> dict[str, str]:
        """Every member's name by id, removed ones included."""
        return dict(_NAMES.all(self._connection, workspace_id=workspace_id))

    def add(self, member: Member) -> None:
        """Keeps a new member."""
        _ADD.run(self._connection, member)

    def save(self, member: Member) -> None:
        """Keeps a member's new state."""
        _SAVE.run(self._connection, member)

    def tie(self, identity: Identity, member: Member, now: datetime) -> None:
        """Makes ``identity`` this member's, whosever it was."""
        _TIE.run(
            self._connection,
            platform=identity.platform,
            tenant=identity.tenant,
            user_id=identity.user_id,
            workspace_id=member.workspace_id,
            member_id=member.id,
            tied_at=now,
        )

    def identities(self, workspace_id: WorkspaceId, member_id: MemberId) -> list[Identity]:
        """A member's identities."""
        return _IDENTITIES.all(self._connection, workspace_id=workspace_id, member_id=member_id)

    def team_ids(self, workspace_id: WorkspaceId, member_ids: tuple[MemberId, ...]) -> dict[MemberId, TeamId | None]:
        """The teams of these members."""
        return dict(_TEAM_IDS.all(self._connection, workspace_id=workspace_id, ids=list(member_ids)))

    def add_code(self, code: Code) -> None:
        """Keeps a one-time code."""
        _ADD_CODE.run(self._connection, code)

    def use_code(self, digest: str, now: datetime) -> Code | None:
        """Marks an unused, unexpired code as used and returns it; None otherwise. Of two at once, one gets it."""
        return _USE_CODE.first(self._connection, digest=digest, now=now)
