"""Jobs: urgency, what may be kept once only, and pauses of lanes."""

import sqlalchemy as sa
from alembic import op

revision = "202611261300"
down_revision = "202611230700"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
WAITING = "done_at IS NULL AND failed_at IS NULL"
LEASED = "leased_until IS NOT NULL"
ONLY = "once != ''"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("once", sa.Text, nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("urgency", sa.Integer, nullable=False, server_default="0"))
    op.drop_index("jobs_due_ix", "jobs")
    index("jobs_due_ix", ["urgency", "run_at", "id"], WAITING)
    index("jobs_next_ix", ["run_at"], WAITING)
    index("jobs_leased_ix", ["leased_until"], LEASED)
    index("jobs_once_ix", ["once"], ONLY, unique=True)
    op.create_table(
        "lanes",
        sa.Column("lane", PLAIN, primary_key=True),
        sa.Column("paused_until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("lane", name="lanes_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("lanes_paused_ix", "lanes", ["paused_until"])


def downgrade() -> None:
    op.drop_table("lanes")
    for name in ("jobs_once_ix", "jobs_leased_ix", "jobs_next_ix", "jobs_due_ix"):
        op.drop_index(name, "jobs")
    op.drop_column("jobs", "urgency")
    op.drop_column("jobs", "once")
    index("jobs_due_ix", ["run_at", "id"], WAITING)


def index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, "jobs", columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
