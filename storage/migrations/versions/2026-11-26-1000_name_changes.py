"""Name changes: what an index of names in memory follows."""

import sqlalchemy as sa
from alembic import op

revision = "202611261000"
down_revision = "202611230700"
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "name_changes",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity()),
        sa.Column("workspace_id", PLAIN, nullable=False),
        sa.Column("record_kind", sa.Text, nullable=False),
        sa.Column("first_id", PLAIN, nullable=False),
        sa.Column("last_id", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="name_changes_pk"),
        sqlite_autoincrement=True,
    )
