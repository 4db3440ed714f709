"""Digests: to whom, about what, and when they come next."""

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.tables.columns import Day, Json, Plain, id_of, in_workspace, instant, key, metadata, refers, text

digests = Table(
    "digests",
    metadata,
    key("workspace_id"),
    key("id"),
    Column("holder", Plain, nullable=False),
    text("frequency"),
    text("about"),
    id_of("member_id"),
    id_of("team_id", optional=True),
    Column("place_platform", Text),
    Column("place_tenant", Text),
    Column("place_conversation", Text),
    text("user"),
    Column("days", Json, nullable=False),
    text("at"),
    text("zone"),
    Column("parts", Json, nullable=False),
    text("empty"),
    Column("silent_days", Integer, nullable=False),
    instant("next_at"),
    Column("last_on", Day),
    instant("off_at", optional=True),
    instant("created_at"),
    instant("updated_at"),
    in_workspace(),
    refers("member_id", "members"),
    refers("team_id", "teams"),
    Index("digests_holder_uq", "workspace_id", "holder", "frequency", unique=True),
)
