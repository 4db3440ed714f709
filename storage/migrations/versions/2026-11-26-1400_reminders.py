"""Reminders: when each task is to be spoken of, and how members and tasks like it."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "202611261400"
down_revision = "202611261300"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.add_column("members", sa.Column("remind", sa.Integer))
    op.add_column("members", sa.Column("hours", sa.Text, nullable=False, server_default=""))
    op.add_column("tasks", sa.Column("remind", sa.Integer))
    op.create_table(
        "reminders",
        sa.Column("workspace_id", PLAIN, primary_key=True),
        sa.Column("task_id", PLAIN, primary_key=True),
        sa.Column("member_id", PLAIN, nullable=False),
        sa.Column("stage", sa.Text, nullable=False, server_default=""),
        sa.Column("run_at", INSTANT),
        sa.Column("said", sa.Text, nullable=False, server_default=""),
        sa.Column("said_at", INSTANT),
        sa.Column("post", sa.Text, nullable=False, server_default=""),
        sa.Column("reader_id", PLAIN),
        sa.PrimaryKeyConstraint("workspace_id", "task_id", name="reminders_pk"),
        refers("task_id", "tasks"),
        refers("member_id", "members"),
        refers("reader_id", "members"),
        sqlite_with_rowid=False,
    )
    index("reminders_due_ix", ["workspace_id", "run_at"], "run_at IS NOT NULL")
    index("reminders_post_ix", ["workspace_id", "post"], "post != ''")
    op.create_index("reminders_member_ix", "reminders", ["workspace_id", "member_id"])
    look_at_open_tasks()


def look_at_open_tasks() -> None:
    """What was raised before and is still to come is reminded of, too; what is overdue by now is not."""
    now = datetime.now(UTC)
    sqlite = op.get_bind().dialect.name == "sqlite"
    values = {
        "now": now.strftime("%Y-%m-%dT%H:%M:%S.000000Z") if sqlite else now,
        "today": now.date().isoformat() if sqlite else now.date(),
    }
    op.get_bind().execute(
        sa.text(
            "INSERT INTO reminders (workspace_id, task_id, member_id, stage, run_at) "
            "SELECT workspace_id, id, assignee_id, 'replan', :now FROM tasks "
            "WHERE done_at IS NULL AND removed_at IS NULL AND due_on >= :today"
        ),
        values,
    )
    op.get_bind().execute(
        sa.text(
            "INSERT INTO jobs (id, kind, lane, payload, run_at, lease, attempts, created_at, reason, once, urgency) "
            "SELECT 'reminders-' || id, 'reminders', '', '{\"workspace_id\"\\:\"' || id || '\"}', :now, '', 0, :now, "
            "'', 'reminders:' || id || '\\:begin', 5 FROM workspaces"
        ),
        {"now": values["now"]},
    )


def refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{table}.workspace_id", f"{table}.id"],
        name=f"reminders_workspace_id_{column}_fk",
    )


def index(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "reminders", columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    op.execute("DELETE FROM jobs WHERE kind IN ('reminders', 'next_step')")
    op.drop_table("reminders")
    op.drop_column("tasks", "remind")
    op.drop_column("members", "hours")
    op.drop_column("members", "remind")
