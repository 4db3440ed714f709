"""Customers, contacts, activities, tasks, deals, and the index of the names they are found by."""

from sqlalchemy import BigInteger, Column, ColumnElement, Identity, Index, Integer, SmallInteger, Table, Text, and_

from storage.tables.columns import Day, Json, Plain, id_of, in_workspace, instant, key, metadata, refers, stamps, text


def _index(table: Table, name: str, columns: str, *, where: ColumnElement[bool], unique: bool = False) -> None:
    """An index of the rows that are looked for, which are all but the removed or closed ones."""
    Index(
        f"{table.name}_{name}",
        table.c.workspace_id,
        *(table.c[column] for column in columns.split()),
        unique=unique,
        sqlite_where=where,
        postgresql_where=where,
    )


def _index_external_ids(table: Table) -> None:
    known = and_(table.c.external_id.is_not(None), table.c.removed_at.is_(None))
    _index(table, "external_uq", "external_id", where=known, unique=True)


customers = Table(
    "customers",
    metadata,
    key("workspace_id"),
    key("id"),
    text("name"),
    Column("aliases", Json, nullable=False),
    text("industry"),
    text("size"),
    text("region"),
    id_of("owner_id", optional=True),
    id_of("team_id", optional=True),
    text("stage"),
    text("phone"),
    text("website"),
    text("address"),
    Column("tags", Json, nullable=False),
    Column("external_id", Text),
    Column("extra", Json, nullable=False),
    *stamps(),
    in_workspace(),
    refers("owner_id", "members"),
    refers("team_id", "teams"),
)
_index_external_ids(customers)
_index(customers, "owner_ix", "owner_id id", where=customers.c.removed_at.is_(None))
_index(customers, "recent_ix", "updated_at id", where=customers.c.removed_at.is_(None))

contacts = Table(
    "contacts",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("customer_id"),
    text("name"),
    text("title"),
    text("phone"),
    text("email"),
    text("wechat"),
    text("decision"),
    Column("external_id", Text),
    *stamps(),
    refers("customer_id", "customers"),
)
_index_external_ids(contacts)
_index(contacts, "customer_ix", "customer_id id", where=contacts.c.removed_at.is_(None))

deals = Table(
    "deals",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("customer_id"),
    text("name"),
    Column("amount_minor", BigInteger),
    Column("amount_currency", Text),
    text("stage"),
    Column("probability", SmallInteger, nullable=False),
    Column("close_on", Day),
    id_of("owner_id", optional=True),
    instant("closed_at", optional=True),
    Column("external_id", Text),
    *stamps(),
    refers("customer_id", "customers"),
    refers("owner_id", "members"),
)
_open_deal = and_(deals.c.closed_at.is_(None), deals.c.removed_at.is_(None))
_index_external_ids(deals)
_index(deals, "customer_ix", "customer_id close_on id", where=deals.c.removed_at.is_(None))
_index(deals, "owner_ix", "owner_id close_on id", where=_open_deal)
_index(deals, "open_ix", "close_on id", where=_open_deal)
_index(
    deals,
    "closed_ix",
    "owner_id closed_at id",
    where=and_(deals.c.closed_at.is_not(None), deals.c.removed_at.is_(None)),
)
_index(deals, "stage_ix", "stage close_on id", where=deals.c.removed_at.is_(None))

activities = Table(
    "activities",
    metadata,
    key("workspace_id"),
    key("id"),
    id_of("customer_id"),
    text("kind"),
    text("text"),
    Column("contact_ids", Json, nullable=False),
    id_of("deal_id", optional=True),
    text("place"),
    text("outcome"),
    text("next_step"),
    id_of("author_id", optional=True),
    instant("happened_at"),
    Column("external_id", Text),
    *stamps(),
    refers("customer_id", "customers"),
    refers("deal_id", "deals"),
    refers("author_id", "members"),
)
_index_external_ids(activities)
_index(activities, "author_ix", "author_id happened_at id", where=activities.c.removed_at.is_(None))
_index(activities, "customer_ix", "customer_id happened_at id", where=activities.c.removed_at.is_(None))

tasks = Table(
    "tasks",
    metadata,
    key("workspace_id"),
    key("id"),
    text("title"),
    Column("due_on", Day),
    instant("due_at", optional=True),
    id_of("assignee_id"),
    id_of("creator_id", optional=True),
    text("priority"),
    id_of("customer_id", optional=True),
    id_of("deal_id", optional=True),
    id_of("activity_id", optional=True),
    instant("snoozed_until", optional=True),
    instant("done_at", optional=True),
    Column("external_id", Text),
    *stamps(),
    Column("remind", Integer),
    refers("assignee_id", "members"),
    refers("creator_id", "members"),
    refers("customer_id", "customers"),
    refers("deal_id", "deals"),
    refers("activity_id", "activities"),
)
_open_task = and_(tasks.c.done_at.is_(None), tasks.c.removed_at.is_(None))
_index_external_ids(tasks)
_index(tasks, "assignee_ix", "assignee_id due_on due_at id", where=_open_task)
_index(tasks, "customer_ix", "customer_id due_on due_at id", where=_open_task)
_index(tasks, "due_ix", "due_on due_at id", where=_open_task)
_index(
    tasks,
    "all_of_customer_ix",
    "customer_id",
    where=and_(tasks.c.customer_id.is_not(None), tasks.c.removed_at.is_(None)),
)

# One row for each key of ``core.names``; the key comes early, so that equality and prefix are one range of the table.
# A contact's row carries its customer, whose visibility decides.
names = Table(
    "names",
    metadata,
    key("workspace_id"),
    key("key"),
    Column("key_kind", SmallInteger, primary_key=True, autoincrement=False),
    key("record_id"),
    Column("record_kind", Text, nullable=False),
    Column("customer_id", Plain, nullable=False),
    sqlite_with_rowid=False,
)

# What changed in the index of names, in the order it was done: the records of one kind from one id to another.
name_changes = Table(
    "name_changes",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    id_of("workspace_id"),
    Column("record_kind", Text, nullable=False),
    id_of("first_id"),
    id_of("last_id"),
    sqlite_autoincrement=True,
)
# The rows of a contact, which go along when its customer is merged into another.
_of_contact = names.c.record_kind == "contact"
Index(
    "names_contact_ix",
    names.c.workspace_id,
    names.c.record_id,
    sqlite_where=_of_contact,
    postgresql_where=_of_contact,
)
