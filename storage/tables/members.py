"""Workspaces, teams, members, and who they are on the platforms."""

from sqlalchemy import Column, Index, Integer, Table, Text, func

from storage.tables.columns import Plain, id_of, in_workspace, instant, key, metadata, refers, stamps, text

workspaces = Table(
    "workspaces",
    metadata,
    key("id"),
    text("name"),
    text("language"),
    text("zone"),
    text("currency"),
    instant("created_at"),
)

teams = Table("teams", metadata, key("workspace_id"), key("id"), text("name"), in_workspace())

members = Table(
    "members",
    metadata,
    key("workspace_id"),
    key("id"),
    Column("handle", Plain, nullable=False),
    text("name"),
    text("email"),
    text("role"),
    id_of("team_id", optional=True),
    text("language"),
    text("zone"),
    *stamps(),
    Column("remind", Integer),
    text("hours"),
    in_workspace(),
    refers("team_id", "teams"),
)
Index(
    "members_handle_uq",
    members.c.workspace_id,
    members.c.handle,
    unique=True,
    sqlite_where=members.c.removed_at.is_(None),
    postgresql_where=members.c.removed_at.is_(None),
)
Index("members_team_ix", members.c.workspace_id, members.c.team_id, members.c.id)
Index("members_email_ix", members.c.workspace_id, func.lower(members.c.email))

identities = Table(
    "identities",
    metadata,
    key("platform"),
    key("tenant"),
    key("user_id"),
    id_of("workspace_id"),
    id_of("member_id"),
    instant("tied_at"),
    refers("member_id", "members"),
    Index("identities_member_ix", "workspace_id", "member_id"),
    sqlite_with_rowid=False,
)

# ``secret`` is what the platform gave when it was installed, encrypted by the caller.
tenants = Table(
    "tenants",
    metadata,
    key("platform"),
    key("tenant"),
    id_of("workspace_id"),
    Column("secret", Text),
    instant("created_at"),
    in_workspace(),
    sqlite_with_rowid=False,
)

codes = Table(
    "codes",
    metadata,
    key("digest"),
    id_of("workspace_id"),
    id_of("member_id"),
    text("purpose"),
    instant("expires_at"),
    instant("used_at", optional=True),
    refers("member_id", "members"),
)
