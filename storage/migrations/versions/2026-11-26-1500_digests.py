"""Digests, and the indexes by which they find what to say."""

import sqlalchemy as sa
from alembic import op

revision = "202611261500"
down_revision = "202611261400"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
PRESENT = "removed_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("workspace_id", PLAIN, primary_key=True),
        sa.Column("id", PLAIN, primary_key=True),
        sa.Column("holder", PLAIN, nullable=False),
        *words("frequency about"),
        sa.Column("member_id", PLAIN, nullable=False),
        sa.Column("team_id", PLAIN),
        *(sa.Column(f"place_{name}", sa.Text) for name in ("platform", "tenant", "conversation")),
        *words("user"),
        sa.Column("days", sa.Text, nullable=False),
        *words("at zone"),
        sa.Column("parts", sa.Text, nullable=False),
        *words("empty"),
        sa.Column("silent_days", sa.Integer, nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("last_on", DAY),
        sa.Column("off_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="digests_pk"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="digests_workspace_id_fk"),
        refers("member_id", "members"),
        refers("team_id", "teams"),
    )
    op.create_index("digests_holder_uq", "digests", ["workspace_id", "holder", "frequency"], unique=True)
    index("customers_owner_ix", "customers", "owner_id id", PRESENT)
    index("deals_closed_ix", "deals", "owner_id closed_at id", f"closed_at IS NOT NULL AND {PRESENT}")
    index("activities_author_ix", "activities", "author_id happened_at id", PRESENT)
    index("events_handed_ix", "events", "recorded_at", "type IN ('customer.assigned', 'task.assigned')")
    op.create_index("members_team_ix", "members", ["workspace_id", "team_id", "id"])


def words(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names.split()]


def refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        name=f"digests_workspace_id_{column}_fk",
    )


def index(name: str, table: str, columns: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, ["workspace_id", *columns.split()], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    op.drop_index("members_team_ix", "members")
    op.drop_index("events_handed_ix", "events")
    op.drop_index("activities_author_ix", "activities")
    op.drop_index("deals_closed_ix", "deals")
    op.drop_index("customers_owner_ix", "customers")
    op.drop_table("digests")
