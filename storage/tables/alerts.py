"""What members follow, how much they want to hear, and what they were told."""

from sqlalchemy import Column, Index, Integer, Table

from storage.tables.columns import id_of, in_workspace, instant, key, metadata, refers, text

follows = Table(
    "follows",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("member_id"),
    text("kind"),
    id_of("target"),
    text("way"),
    instant("muted_until", optional=True),
    instant("offered_at", optional=True),
    instant("created_at"),
    instant("updated_at"),
    in_workspace(),
    refers("member_id", "members"),
    Index("follows_member_uq", "workspace_id", "member_id", "kind", "target", unique=True),
    Index("follows_target_ix", "workspace_id", "target"),
    Index("follows_kind_ix", "workspace_id", "kind"),
)

attention = Table(
    "attention",
    metadata,
    key("workspace_id"),
    key("member_id"),
    Column("quiet_from", Integer, nullable=False),
    Column("quiet_until", Integer, nullable=False),
    Column("ceiling", Integer, nullable=False),
    refers("member_id", "members"),
    sqlite_with_rowid=False,
)

bursts = Table(
    "bursts",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("member_id"),
    id_of("rule_id"),
    id_of("customer_id"),
    instant("due_at"),
    instant("told_at", optional=True),
    instant("acted_at", optional=True),
    refers("member_id", "members"),
    Index("bursts_customer_ix", "workspace_id", "member_id", "customer_id", "id"),
    Index("bursts_told_ix", "workspace_id", "member_id", "told_at"),
    Index("bursts_rule_ix", "workspace_id", "rule_id", "told_at"),
    Index("bursts_due_ix", "due_at"),
    sqlite_with_rowid=False,
)

alerts = Table(
    "alerts",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("member_id"),
    id_of("rule_id"),
    id_of("event_id"),
    id_of("customer_id"),
    id_of("burst_id", optional=True),
    text("way"),
    instant("created_at"),
    refers("member_id", "members"),
    Index("alerts_burst_ix", "workspace_id", "burst_id", "id"),
    Index("alerts_digest_ix", "workspace_id", "member_id", "way", "created_at"),
    Index("alerts_created_ix", "created_at"),
    sqlite_with_rowid=False,
)
