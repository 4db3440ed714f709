"""The index of names.

Each statement first takes a bounded number of index rows, then looks at the records behind them, so that the work does
not grow with the number of customers.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, delete, func, select, union_all

from storage.queries.dialects import one_of, put_once
from storage.queries.records import adding
from storage.queries.scoping import WORKSPACE, sees_customer
from storage.tables import contacts, customers, names

_MOST: ColumnElement[int] = bindparam("most")


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


def _equal() -> Select[Any]:
    # The best kinds first, so that a name is among those taken however many customers sound like it.
    return _rows(one_of(names.c.key, "keys")).order_by(names.c.key_kind, names.c.key, names.c.record_id).limit(_MOST)


def _named() -> Select[Any]:
    return _rows(one_of(names.c.key, "keys"), names.c.key_kind == 0).limit(_MOST)


def _beginning() -> Select[Any]:
    inside = and_(names.c.key >= bindparam("start"), names.c.key < bindparam("end"))
    return _rows(inside).order_by(names.c.key, names.c.key_kind, names.c.record_id).limit(_MOST)


def _near() -> FromClause:
    """The rows around where the text would stand, which begin alike, and those of which it is a slip of one letter."""
    place: ColumnElement[str] = bindparam("place")
    behind = _rows(names.c.key >= place).order_by(names.c.key).limit(_MOST).subquery()
    before = _rows(names.c.key < place).order_by(names.c.key.desc()).limit(_MOST).subquery()
    slips = _rows(one_of(names.c.key, "keys")).limit(_MOST).subquery()
    return union_all(select(behind), select(before), select(slips)).subquery("found")


FILE = adding(names)
# A release whose keys are others may have left some that come again.
FILE_AGAIN = put_once(names)
DROP = delete(names).where(*(column == bindparam(column.name) for column in names.primary_key))
EQUAL = _seen(_equal().subquery("found"))
NAMED = _seen(_named().subquery("found"))
BEGINNING = _seen(_beginning().subquery("found"))
NEAR = _seen(_near())
