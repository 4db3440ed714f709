"""Begin: members, customers and all that is kept of them, history, jobs, chat."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "202611230700"
down_revision = None
branch_labels = None
depends_on = None

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
DAY = sa.Date().with_variant(sa.Text(), "sqlite")
PRESENT = "removed_at IS NULL"


def upgrade() -> None:
    make_members()
    make_customers()
    make_deals_and_activities()
    make_tasks()
    make_history()
    make_running()
    make_chat()


def make_members() -> None:
    create("workspaces", key("id"), *words("name language zone currency"), instant("created_at"))
    create("teams", *keys("workspace_id id"), *words("name"), workspace("teams"))
    create(
        "members",
        *keys("workspace_id id"),
        sa.Column("handle", PLAIN, nullable=False),
        *words("name email role"),
        reference("team_id", optional=True),
        *words("language zone"),
        *stamps(),
        workspace("members"),
        refers("members", "team_id", "teams"),
    )
    index("members_handle_uq", "members", "workspace_id handle", where=PRESENT, unique=True)
    op.create_index("members_email_ix", "members", ["workspace_id", sa.text("lower(email)")])
    create(
        "identities",
        *keys("platform tenant user_id"),
        *references("workspace_id member_id"),
        instant("tied_at"),
        refers("identities", "member_id", "members"),
        sqlite_with_rowid=False,
    )
    index("identities_member_ix", "identities", "workspace_id member_id")
    create(
        "tenants",
        *keys("platform tenant"),
        reference("workspace_id"),
        sa.Column("secret", sa.Text),
        instant("created_at"),
        workspace("tenants"),
        sqlite_with_rowid=False,
    )
    create(
        "codes",
        key("digest"),
        *references("workspace_id member_id"),
        *words("purpose"),
        instant("expires_at"),
        instant("used_at", optional=True),
        refers("codes", "member_id", "members"),
    )


def make_customers() -> None:
    create(
        "customers",
        *keys("workspace_id id"),
        *words("name"),
        json("aliases"),
        *words("industry size region"),
        reference("owner_id", optional=True),
        reference("team_id", optional=True),
        *words("stage phone website address"),
        json("tags"),
        sa.Column("external_id", sa.Text),
        json("extra"),
        *stamps(),
        workspace("customers"),
        refers("customers", "owner_id", "members"),
        refers("customers", "team_id", "teams"),
    )
    index_external_ids("customers")
    index("customers_recent_ix", "customers", "workspace_id updated_at id", where=PRESENT)
    create(
        "contacts",
        *keys("workspace_id id"),
        reference("customer_id"),
        *words("name title phone email wechat decision"),
        sa.Column("external_id", sa.Text),
        *stamps(),
        refers("contacts", "customer_id", "customers"),
    )
    index_external_ids("contacts")
    index("contacts_customer_ix", "contacts", "workspace_id customer_id id", where=PRESENT)
    create(
        "names",
        *keys("workspace_id key"),
        sa.Column("key_kind", sa.SmallInteger, primary_key=True, autoincrement=False),
        key("record_id"),
        sa.Column("record_kind", sa.Text, nullable=False),
        reference("customer_id"),
        sqlite_with_rowid=False,
    )


def make_deals_and_activities() -> None:
    create(
        "deals",
        *keys("workspace_id id"),
        reference("customer_id"),
        *words("name"),
        sa.Column("amount_minor", sa.BigInteger),
        sa.Column("amount_currency", sa.Text),
        *words("stage"),
        sa.Column("probability", sa.SmallInteger, nullable=False),
        sa.Column("close_on", DAY),
        reference("owner_id", optional=True),
        instant("closed_at", optional=True),
        sa.Column("external_id", sa.Text),
        *stamps(),
        refers("deals", "customer_id", "customers"),
        refers("deals", "owner_id", "members"),
    )
    is_open = f"closed_at IS NULL AND {PRESENT}"
    index_external_ids("deals")
    index("deals_customer_ix", "deals", "workspace_id customer_id close_on id", where=PRESENT)
    index("deals_owner_ix", "deals", "workspace_id owner_id close_on id", where=is_open)
    index("deals_open_ix", "deals", "workspace_id close_on id", where=is_open)
    index("deals_stage_ix", "deals", "workspace_id stage close_on id", where=PRESENT)
    create(
        "activities",
        *keys("workspace_id id"),
        reference("customer_id"),
        *words("kind text"),
        json("contact_ids"),
        reference("deal_id", optional=True),
        *words("place outcome next_step"),
        reference("author_id", optional=True),
        instant("happened_at"),
        sa.Column("external_id", sa.Text),
        *stamps(),
        refers("activities", "customer_id", "customers"),
        refers("activities", "deal_id", "deals"),
        refers("activities", "author_id", "members"),
    )
    index_external_ids("activities")
    index("activities_customer_ix", "activities", "workspace_id customer_id happened_at id", where=PRESENT)


def make_tasks() -> None:
    create(
        "tasks",
        *keys("workspace_id id"),
        *words("title"),
        sa.Column("due_on", DAY),
        instant("due_at", optional=True),
        reference("assignee_id"),
        reference("creator_id", optional=True),
        *words("priority"),
        reference("customer_id", optional=True),
        reference("deal_id", optional=True),
        reference("activity_id", optional=True),
        instant("snoozed_until", optional=True),
        instant("done_at", optional=True),
        sa.Column("external_id", sa.Text),
        *stamps(),
        refers("tasks", "assignee_id", "members"),
        refers("tasks", "creator_id", "members"),
        refers("tasks", "customer_id", "customers"),
        refers("tasks", "deal_id", "deals"),
        refers("tasks", "activity_id", "activities"),
    )
    is_open = f"done_at IS NULL AND {PRESENT}"
    index_external_ids("tasks")
    index("tasks_assignee_ix", "tasks", "workspace_id assignee_id due_on due_at id", where=is_open)
    index("tasks_customer_ix", "tasks", "workspace_id customer_id due_on due_at id", where=is_open)
    index("tasks_due_ix", "tasks", "workspace_id due_on due_at id", where=is_open)


def make_history() -> None:
    create(
        "events",
        *keys("workspace_id id"),
        *words("type record_kind"),
        reference("record_id"),
        json("related"),
        json("changes"),
        reference("actor_id", optional=True),
        instant("happened_at"),
        instant("recorded_at"),
        *words("platform delivery"),
        reference("receipt_id"),
        reference("undoes", optional=True),
        workspace("events"),
    )
    index("events_record_ix", "events", "workspace_id record_id id")
    index("events_receipt_ix", "events", "workspace_id receipt_id id")
    create(
        "event_subjects",
        *keys("workspace_id kind subject_id"),
        sa.Column("happened_at", INSTANT, primary_key=True),
        key("event_id"),
        sqlite_with_rowid=False,
    )
    create(
        "receipts",
        *keys("workspace_id id"),
        reference("member_id"),
        *words("verb digest"),
        instant("created_at"),
        instant("undone_at", optional=True),
        refers("receipts", "member_id", "members"),
    )
    index("receipts_member_ix", "receipts", "workspace_id member_id created_at id")


def make_running() -> None:
    create(
        "bindings",
        *keys("workspace_id place_platform place_tenant place_conversation"),
        *references("customer_id bound_by"),
        instant("bound_at"),
        refers("bindings", "customer_id", "customers"),
        refers("bindings", "bound_by", "members"),
        sqlite_with_rowid=False,
    )
    create("deliveries", key("id"), instant("received_at"), sqlite_with_rowid=False)
    create(
        "jobs",
        key("id"),
        *words("kind"),
        reference("lane"),
        json("payload"),
        instant("run_at"),
        *words("lease"),
        instant("leased_until", optional=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        instant("created_at"),
        instant("done_at", optional=True),
        instant("failed_at", optional=True),
        *words("reason"),
    )
    waiting = "done_at IS NULL AND failed_at IS NULL"
    index("jobs_due_ix", "jobs", "run_at id", where=waiting)
    index("jobs_lane_ix", "jobs", "lane id", where=waiting)
    create("drafts", key("key"), *words("data"), instant("expires_at"), sqlite_with_rowid=False)


def make_chat() -> None:
    create("rooms", *keys("workspace_id id"), *words("title kind"), instant("created_at"), workspace("rooms"))
    create(
        "room_members",
        *keys("workspace_id room_id member_id"),
        refers("room_members", "room_id", "rooms"),
        refers("room_members", "member_id", "members"),
        sqlite_with_rowid=False,
    )
    index("room_members_member_ix", "room_members", "workspace_id member_id")
    create(
        "messages",
        *keys("workspace_id id"),
        reference("room_id"),
        reference("author_id", optional=True),
        reference("audience_id", optional=True),
        json("body"),
        instant("created_at"),
        instant("updated_at"),
        refers("messages", "room_id", "rooms"),
        refers("messages", "author_id", "members"),
        refers("messages", "audience_id", "members"),
    )
    index("messages_room_ix", "messages", "workspace_id room_id id")


def create(table: str, *content: sa.schema.SchemaItem, **options: Any) -> None:
    primary = [item.name for item in content if isinstance(item, sa.Column) and item.primary_key]
    op.create_table(table, *content, sa.PrimaryKeyConstraint(*primary, name=f"{table}_pk"), **options)


def index(name: str, table: str, columns: str, *, where: str | None = None, unique: bool = False) -> None:
    only = sa.text(where) if where else None
    op.create_index(name, table, columns.split(), unique=unique, sqlite_where=only, postgresql_where=only)


def index_external_ids(table: str) -> None:
    known = f"external_id IS NOT NULL AND {PRESENT}"
    index(f"{table}_external_uq", table, "workspace_id external_id", where=known, unique=True)


def key(name: str) -> sa.Column[str]:
    return sa.Column(name, PLAIN, primary_key=True)


def keys(names: str) -> list[sa.Column[str]]:
    return [key(name) for name in names.split()]


def words(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names.split()]


def json(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def instant(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, INSTANT, nullable=optional)


def stamps() -> list[sa.Column[Any]]:
    return [instant("created_at"), instant("updated_at"), instant("removed_at", optional=True)]


def reference(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, PLAIN, nullable=optional)


def references(names: str) -> list[sa.Column[str]]:
    return [reference(name) for name in names.split()]


def workspace(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"{table}_workspace_id_fk")


def refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=f"{table}_workspace_id_{column}_fk",
    )
