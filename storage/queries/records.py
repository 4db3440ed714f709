"""The statements that every kind of record has."""

from typing import Any

from sqlalchemy import Insert, Select, Table, Update, bindparam, insert, select, update

from storage.queries.dialects import one_of


def adding(table: Table) -> Insert:
    """Inserts a record."""
    return insert(table).inline()


def saving(table: Table) -> Update:
    """Replaces all of a record but its key."""
    values: dict[str, Any] = {column.name: bindparam(column.name) for column in table.c if not column.primary_key}
    return update(table).values(values).where(*(column == bindparam(column.name) for column in table.primary_key))


def stored(table: Table) -> Select[Any]:
    """The record with the parameter ``id`` as it is kept, removed or not, for whoever is about to replace it."""
    return select(table).where(*(column == bindparam(column.name) for column in table.primary_key))


def with_id(seen: Select[Any], table: Table) -> Select[Any]:
    """The one record with the parameter ``id``."""
    return seen.where(table.c.id == bindparam("id"))


def with_external_ids(seen: Select[Any], table: Table) -> Select[Any]:
    """Those whose id in another system is in the list parameter ``external_ids``."""
    return seen.where(one_of(table.c.external_id, "external_ids"))


def after(seen: Select[Any], table: Table) -> Select[Any]:
    """The next ``limit`` records in the order they were added, beginning after the id ``after``."""
    return seen.where(table.c.id > bindparam("after")).order_by(table.c.id).limit(bindparam("limit"))
