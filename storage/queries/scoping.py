"""Which records a scope may see: the rule of ``core.actor.may_see`` as a condition of every statement.

Parameters: ``workspace_id`` everywhere; ``everything``, ``member_id`` and ``team_id`` where a scope is asked for.
"""

from collections.abc import Iterable
from itertools import compress, product
from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, Join, Select, Table, and_, bindparam, or_, select

from storage.tables import customers, members

WORKSPACE: ColumnElement[Any] = bindparam("workspace_id")
EVERYTHING: ColumnElement[bool] = bindparam("everything", type_=Boolean)
MEMBER: ColumnElement[Any] = bindparam("member_id")
TEAM: ColumnElement[Any] = bindparam("team_id")


def sees_customer(customer: FromClause = customers) -> ColumnElement[bool]:
    """The scope's member may see the customer."""
    return or_(EVERYTHING, customer.c.team_id.is_(None), customer.c.team_id == TEAM, customer.c.owner_id == MEMBER)


def variants_of(narrowing: Iterable[str]) -> list[tuple[str, ...]]:
    """Every choice of what may narrow a list, in order."""
    names = tuple(narrowing)
    return [tuple(compress(names, choice)) for choice in product((False, True), repeat=len(names))]


def variant_name(names: Iterable[str]) -> str:
    """What a choice is called: ``owner+stage``, or ``all`` when nothing narrows the list."""
    return "+".join(names) or "all"


def present(table: Table) -> ColumnElement[bool]:
    """Of this workspace, and not removed."""
    return and_(table.c.workspace_id == WORKSPACE, table.c.removed_at.is_(None))


def with_customer(table: FromClause, *, optional: bool = False) -> Join:
    """A table whose rows have a customer, joined to it."""
    same = and_(customers.c.workspace_id == table.c.workspace_id, customers.c.id == table.c.customer_id)
    return table.join(customers, same, isouter=optional)


def with_member(source: FromClause, column: ColumnElement[Any]) -> Join:
    """``source`` joined to the member whose id ``column`` holds, if it holds one."""
    return source.join(members, and_(members.c.workspace_id == WORKSPACE, members.c.id == column), isouter=True)


def of_customers(table: Table, *more: ColumnElement[Any]) -> Select[Any]:
    """The rows of ``table`` whose customer the scope may see, and whatever else is selected from the two."""
    return select(table, *more).select_from(with_customer(table)).where(present(table), sees_customer())


def as_part(table: FromClause, name: str) -> list[ColumnElement[Any]]:
    """A table's columns as the part ``name`` of a larger dataclass: ``name_column``."""
    return [column.label(f"{name}_{column.name}") for column in table.c]
