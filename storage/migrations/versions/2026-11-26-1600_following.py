"""What members follow, how much they want to hear, and what they were told."""

import sqlalchemy as sa
from alembic import op

revision = "202611261600"
down_revision = "202611261500"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "follows",
        *keys("workspace_id id"),
        id_of("member_id"),
        text("kind"),
        id_of("target"),
        text("way"),
        instant("muted_until", optional=True),
        instant("offered_at", optional=True),
        instant("created_at"),
        instant("updated_at"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="follows_pk"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="follows_workspace_id_fk"),
        of_member("follows"),
    )
    op.create_index("follows_member_uq", "follows", ["workspace_id", "member_id", "kind", "target"], unique=True)
    op.create_index("follows_target_ix", "follows", ["workspace_id", "target"])
    op.create_index("follows_kind_ix", "follows", ["workspace_id", "kind"])
    op.create_table(
        "attention",
        *keys("workspace_id member_id"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("quiet_from", "quiet_until", "ceiling")),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", name="attention_pk"),
        of_member("attention"),
        sqlite_with_rowid=False,
    )
    make_bursts()
    make_alerts()


def make_bursts() -> None:
    op.create_table(
        "bursts",
        *keys("workspace_id id"),
        *(id_of(name) for name in ("member_id", "rule_id", "customer_id")),
        instant("due_at"),
        instant("told_at", optional=True),
        instant("acted_at", optional=True),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="bursts_pk"),
        of_member("bursts"),
        sqlite_with_rowid=False,
    )
    op.create_index("bursts_customer_ix", "bursts", ["workspace_id", "member_id", "customer_id", "id"])
    op.create_index("bursts_told_ix", "bursts", ["workspace_id", "member_id", "told_at"])
    op.create_index("bursts_rule_ix", "bursts", ["workspace_id", "rule_id", "told_at"])
    op.create_index("bursts_due_ix", "bursts", ["due_at"])


def make_alerts() -> None:
    op.create_table(
        "alerts",
        *keys("workspace_id id"),
        *(id_of(name) for name in ("member_id", "rule_id", "event_id", "customer_id")),
        id_of("burst_id", optional=True),
        text("way"),
        instant("created_at"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="alerts_pk"),
        of_member("alerts"),
        sqlite_with_rowid=False,
    )
    op.create_index("alerts_burst_ix", "alerts", ["workspace_id", "burst_id", "id"])
    op.create_index("alerts_digest_ix", "alerts", ["workspace_id", "member_id", "way", "created_at"])
    op.create_index("alerts_created_ix", "alerts", ["created_at"])


def keys(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, PLAIN, primary_key=True) for name in names.split()]


def id_of(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, PLAIN, nullable=optional)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def instant(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, INSTANT, nullable=optional)


def of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "member_id"],
        ["members.workspace_id", "members.id"],
        name=f"{table}_workspace_id_member_id_fk",
    )


def downgrade() -> None:
    for table in ("alerts", "bursts", "attention", "follows"):
        op.drop_table(table)
