"""Duplicates: merges with what they moved, pairs that may be the same, and probes."""

import sqlalchemy as sa
from alembic import op

revision = "202611261100"
down_revision = "202611261000"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "merges",
        *keys("merges", "workspace_id id"),
        *ids("loser_id survivor_id"),
        sa.Column("external_id", sa.Text),
        sa.Column("survivor_updated_at", INSTANT, nullable=False),
        sa.Column("merged_at", INSTANT, nullable=False),
        refers("merges", "loser_id", "customers"),
        refers("merges", "survivor_id", "customers"),
    )
    op.create_index("merges_loser_uq", "merges", ["workspace_id", "loser_id"], unique=True)
    op.create_index("merges_survivor_ix", "merges", ["workspace_id", "survivor_id"])
    op.create_index("merges_external_ix", "merges", ["workspace_id", "external_id"])
    op.create_table(
        "moved",
        *keys("moved", "workspace_id merge_id kind record_id"),
        refers("moved", "merge_id", "merges"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "suspects",
        *keys("suspects", "workspace_id first_id second_id"),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("decision", sa.Text, nullable=False, server_default=""),
        sa.Column("decided_by", PLAIN),
        sa.Column("decided_at", INSTANT),
        refers("suspects", "first_id", "customers"),
        refers("suspects", "second_id", "customers"),
        sqlite_with_rowid=False,
    )
    where("suspects_open_ix", "suspects", ["workspace_id", "score"], "decision = ''")
    op.create_table(
        "probes",
        *[sa.Column(name, PLAIN, nullable=False) for name in ("workspace_id", "member_id")],
        sa.Column("day", DAY, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "day", name="probes_pk"),
        refers("probes", "member_id", "members"),
        sqlite_with_rowid=False,
    )
    op.create_index("bindings_customer_ix", "bindings", ["workspace_id", "customer_id"])
    present = "customer_id IS NOT NULL AND removed_at IS NULL"
    where("tasks_all_of_customer_ix", "tasks", ["workspace_id", "customer_id"], present)
    where("names_contact_ix", "names", ["workspace_id", "record_id"], "record_kind = 'contact'")


def downgrade() -> None:
    for table, index in (("names", "contact_ix"), ("tasks", "all_of_customer_ix"), ("bindings", "customer_ix")):
        op.drop_index(f"{table}_{index}", table)
    for table in ("probes", "suspects", "moved", "merges"):
        op.drop_table(table)


def where(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def keys(table: str, names: str) -> list[sa.schema.SchemaItem]:
    columns = [sa.Column(name, PLAIN, nullable=False) for name in names.split()]
    return [*columns, sa.PrimaryKeyConstraint(*names.split(), name=f"{table}_pk")]


def ids(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, PLAIN, nullable=False) for name in names.split()]


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=f"{table}_workspace_id_{column}_fk",
    )
