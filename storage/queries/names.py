"""The index of names.

Each statement first takes a bounded number of index rows, then looks at the records behind them, so that the work does
not grow with the number of customers.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    union_all,
)

from storage.queries.dialects import one_of, put_once
from storage.queries.records import adding
from storage.queries.scoping import WORKSPACE, present, sees_customer, with_customer
from storage.tables import contacts, customers, deals, name_changes, names


def _rows(*conditions: ColumnElement[bool]) -> Select[Any]:
    return select(names).where(names.c.workspace_id == WORKSPACE, *conditions)


def _seen(found: FromClause) -> Select[Any]:
    """The customer of each index row, and the contact where the row is a contact's."""
    is_contact = and_(contacts.c.workspace_id == found.c.workspace_id, contacts.c.id == found.c.record_id)
    of_customer = and_(customers.c.workspace_id == found.c.workspace_id, customers.c.id == found.c.customer_id)
    source = found.join(customers, of_customer).join(
        contacts, and_(found.c.record_kind == "contact", is_contact), isouter=True
    )
    return (
        select(
            found.c.key,
            found.c.key_kind,
            found.c.record_kind,
            found.c.record_id,
            found.c.customer_id,
            customers.c.name.label("customer_name"),
            customers.c.aliases,
            customers.c.region,
            customers.c.industry,
            customers.c.owner_id,
            customers.c.updated_at,
            func.coalesce(contacts.c.name, "").label("contact_name"),
            func.coalesce(contacts.c.title, "").label("contact_title"),
        )
        .select_from(source)
        .where(customers.c.removed_at.is_(None), sees_customer())
    )


def _most(rows: Select[Any], most: int) -> Select[Any]:
    # Said outright, so that PostgreSQL plans for a few rows; of a parameter it would expect thousands.
    return rows.limit(literal_column(str(most), Integer))


def _equal(most: int) -> Select[Any]:
    # The best kinds first, so that a name is among those taken however many customers sound like it.
    rows = _rows(one_of(names.c.key, "keys")).order_by(names.c.key_kind, names.c.key, names.c.record_id)
    return _seen(_most(rows, most).subquery("found"))


def _named(most: int) -> Select[Any]:
    rows = _rows(one_of(names.c.key, "keys"), names.c.key_kind == 0)
    return _seen(_most(rows, most).subquery("found"))


def _beginning(most: int) -> Select[Any]:
    rows = _rows(names.c.key >= bindparam("start"), names.c.key < bindparam("end"))
    in_order = rows.order_by(names.c.key, names.c.key_kind, names.c.record_id)
    return _seen(_most(in_order, most).subquery("found"))


def _near(most: int) -> Select[Any]:
    """The rows around where the text would stand, which begin alike, and those of which it is a slip of one letter."""
    place: ColumnElement[str] = bindparam("place")
    behind = _most(_rows(names.c.key >= place).order_by(names.c.key), most)
    before = _most(_rows(names.c.key < place).order_by(names.c.key.desc()), most)
    slips = _most(_rows(one_of(names.c.key, "keys")), most)
    parts = [select(part.subquery()) for part in (behind, before, slips)]
    return _seen(union_all(*parts).subquery("found"))


# How many rows of the index are looked at: few by those who see everything, more by those who see a part of it.
_MOST = {"few": 60, "many": 1000}

FILE = adding(names)
# A release whose keys are others may have left some that come again.
FILE_AGAIN = put_once(names)
DROP = delete(names).where(*(column == bindparam(column.name) for column in names.primary_key))
EQUAL = {size: _equal(most) for size, most in _MOST.items()}
NAMED = {size: _named(most) for size, most in _MOST.items()}
BEGINNING = {size: _beginning(most) for size, most in _MOST.items()}
NEAR = {size: _near(most) for size, most in _MOST.items()}


def _live(table: Table) -> Select[Any]:
    """The records of a range of ids that are there, in order."""
    return (
        select(table)
        .where(present(table), table.c.id >= bindparam("first"), table.c.id <= bindparam("last"))
        .order_by(table.c.id)
        .limit(bindparam("limit"))
    )


_HAS_DEAL = (
    exists(literal_column("1"))
    .select_from(deals)
    .where(
        deals.c.workspace_id == customers.c.workspace_id,
        deals.c.customer_id == customers.c.id,
        deals.c.closed_at.is_(None),
        deals.c.removed_at.is_(None),
    )
)
_OF_CUSTOMER = (
    customers.c.id.label("customer_id"),
    customers.c.name.label("customer_name"),
    customers.c.owner_id,
    customers.c.updated_at,
    cast(_HAS_DEAL, Integer).label("open_deals"),
)

LOG = insert(name_changes).values(
    {name: bindparam(name) for name in ("workspace_id", "record_kind", "first_id", "last_id")}
)
CHANGES = (
    select(name_changes.c.seq, name_changes.c.record_kind, name_changes.c.first_id, name_changes.c.last_id)
    .where(name_changes.c.workspace_id == WORKSPACE, name_changes.c.seq > bindparam("after"))
    .order_by(name_changes.c.seq)
    .limit(bindparam("limit"))
)
LAST_CHANGE = (
    select(name_changes.c.seq, name_changes.c.record_kind, name_changes.c.first_id, name_changes.c.last_id)
    .where(name_changes.c.workspace_id == WORKSPACE, name_changes.c.seq <= bindparam("before"))
    .order_by(name_changes.c.seq.desc())
    .limit(1)
)
FORGET_CHANGES = delete(name_changes).where(
    name_changes.c.seq <= select(func.max(name_changes.c.seq) - bindparam("keep")).scalar_subquery()
)
LIVE_CUSTOMERS = _live(customers).with_only_columns(
    customers.c.id, customers.c.name, customers.c.aliases, customers.c.phone, customers.c.website, customers.c.extra
)
LIVE_CONTACTS = _live(contacts).with_only_columns(contacts.c.id, contacts.c.name, contacts.c.phone, contacts.c.email)
FOUND_CUSTOMERS = select(
    *_OF_CUSTOMER,
    customers.c.id,
    customers.c.name,
    customers.c.aliases,
    customers.c.phone,
    customers.c.website,
    customers.c.extra,
    customers.c.region,
    customers.c.industry,
).where(present(customers), sees_customer(), one_of(customers.c.id, "ids"))
FOUND_CONTACTS = (
    select(*_OF_CUSTOMER, contacts.c.id, contacts.c.name, contacts.c.phone, contacts.c.email, contacts.c.title)
    .select_from(with_customer(contacts))
    .where(present(contacts), customers.c.removed_at.is_(None), sees_customer(), one_of(contacts.c.id, "ids"))
)
