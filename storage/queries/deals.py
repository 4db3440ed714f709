"""Deals, seen by whoever sees their customer."""

from itertools import product

from sqlalchemy import BigInteger, ColumnElement, Select, and_, bindparam, cast, func, select

from storage.queries.records import adding, after, saving, with_external_ids, with_id
from storage.queries.scoping import as_part, of_customers, present, sees_customer, with_customer, with_member
from storage.tables import customers, deals, members

_SEEN = of_customers(deals)
# What narrows a list, each under the name of its parameter.
NARROWING: dict[str, ColumnElement[bool]] = {
    "owner": deals.c.owner_id == bindparam("owner"),
    "customer": deals.c.customer_id == bindparam("customer"),
    "stage": deals.c.stage == bindparam("stage"),
}
_OPEN = deals.c.closed_at.is_(None)
_VARIANTS = [
    tuple(name for name, taken in zip(NARROWING, choice, strict=True) if taken)
    for choice in product((False, True), repeat=len(NARROWING))
]


def _wanted(names: tuple[str, ...]) -> ColumnElement[bool]:
    narrowed = [NARROWING[name] for name in names]
    return and_(present(deals), sees_customer(), *narrowed, *([] if "stage" in names else [_OPEN]))


def _lines(names: tuple[str, ...]) -> Select[tuple[object, ...]]:
    owner = func.coalesce(members.c.name, "").label("owner_name")
    return (
        select(*as_part(deals, "deal"), customers.c.name.label("customer_name"), owner)
        .select_from(with_member(with_customer(deals), deals.c.owner_id))
        .where(_wanted(names))
        .order_by(deals.c.close_on.asc().nulls_last(), deals.c.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def _totals(names: tuple[str, ...]) -> Select[tuple[str | None, int, int]]:
    return (
        select(
            cast(func.sum(deals.c.amount_minor), BigInteger).label("amount_minor"),
            deals.c.amount_currency,
            func.count().label("number"),
        )
        .select_from(with_customer(deals))
        .where(_wanted(names))
        .group_by(deals.c.amount_currency)
        .order_by(deals.c.amount_currency)
    )


def _by_stage(names: tuple[str, ...]) -> Select[tuple[object, ...]]:
    return (
        select(
            deals.c.stage,
            cast(func.sum(deals.c.amount_minor), BigInteger).label("amount_minor"),
            deals.c.amount_currency,
            func.count().label("count"),
        )
        .select_from(with_customer(deals))
        .where(_wanted(names), _OPEN, deals.c.amount_minor.is_not(None))
        .group_by(deals.c.stage, deals.c.amount_currency)
    )


ADD = adding(deals)
SAVE = saving(deals)
BY_ID = with_id(_SEEN, deals)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, deals)
AFTER = after(_SEEN, deals)
LINES = {"+".join(names) or "all": _lines(names) for names in _VARIANTS}
TOTALS = {"+".join(names) or "all": _totals(names) for names in _VARIANTS}
BY_STAGE = {"+".join(names) or "all": _by_stage(names) for names in _VARIANTS}
