"""Customers that were merged, pairs that may be the same, and probes."""

from sqlalchemy import Column, Float, Index, Integer, Table, Text

from storage.tables.columns import Day, Plain, id_of, instant, key, metadata, refers, text

merges = Table(
    "merges",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("loser_id"),
    id_of("survivor_id"),
    Column("external_id", Text),
    instant("survivor_updated_at"),
    instant("merged_at"),
    refers("loser_id", "customers"),
    refers("survivor_id", "customers"),
    Index("merges_loser_uq", "workspace_id", "loser_id", unique=True),
    Index("merges_survivor_ix", "workspace_id", "survivor_id"),
    Index("merges_external_ix", "workspace_id", "external_id"),
)

# What a merge moved, for the way back; ``kind`` is the table's own name.
moved = Table(
    "moved",
    metadata,
    key("workspace_id"),
    key("merge_id"),
    Column("kind", Plain, primary_key=True),
    key("record_id"),
    refers("merge_id", "merges"),
    sqlite_with_rowid=False,
)

suspects = Table(
    "suspects",
    metadata,
    key("workspace_id"),
    key("first_id"),
    key("second_id"),
    Column("score", Float, nullable=False),
    instant("found_at"),
    text("decision"),
    id_of("decided_by", optional=True),
    instant("decided_at", optional=True),
    refers("first_id", "customers"),
    refers("second_id", "customers"),
    sqlite_with_rowid=False,
)
_waiting = suspects.c.decision == ""
Index(
    "suspects_open_ix",
    suspects.c.workspace_id,
    suspects.c.score,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)

probes = Table(
    "probes",
    metadata,
    key("workspace_id"),
    key("member_id"),
    Column("day", Day, primary_key=True),
    Column("count", Integer, nullable=False),
    refers("member_id", "members"),
    sqlite_with_rowid=False,
)
