"""Jobs: urgency, what may be kept once only, pauses of lanes; and posts, the messages that may have to change."""

import sqlalchemy as sa
from alembic import op

revision = "202611261300"
down_revision = "202611261100"
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
    make_posts()


def make_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("workspace_id", PLAIN, primary_key=True),
        sa.Column("key", PLAIN, primary_key=True),
        *words("platform tenant user_id conversation ref"),
        sa.Column("about_kind", sa.Text),
        sa.Column("about_id", PLAIN),
        sa.Column("reader_id", PLAIN),
        *words("data"),
        sa.Column("posted_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="posts_pk"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="posts_workspace_id_fk"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reader_id"],
            ["members.workspace_id", "members.id"],
            name="posts_workspace_id_reader_id_fk",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("posts_about_ix", "posts", ["workspace_id", "about_kind", "about_id"])
    op.create_index("posts_updated_ix", "posts", ["updated_at"])


def words(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names.split()]


def downgrade() -> None:
    op.drop_table("posts")
    op.drop_table("lanes")
    for name in ("jobs_once_ix", "jobs_leased_ix", "jobs_next_ix", "jobs_due_ix"):
        op.drop_index(name, "jobs")
    op.drop_column("jobs", "urgency")
    op.drop_column("jobs", "once")
    index("jobs_due_ix", ["run_at", "id"], WAITING)


def index(name: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, "jobs", columns, unique=unique, sqlite_where=condition, postgresql_where=condition)
