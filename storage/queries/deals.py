"""Deals, seen by whoever sees their customer."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    true,
)

from storage.queries.dialects import unindexed
from storage.queries.records import adding, after, saving, with_external_ids, with_id
from storage.queries.scoping import (
    as_part,
    of_customers,
    present,
    sees_customer,
    variant_name,
    variants_of,
    with_customer,
    with_member,
)
from storage.tables import customers, deals, members

_SEEN = of_customers(deals)
# What narrows a list, each under the name of its parameter.
NARROWING: dict[str, ColumnElement[bool]] = {
    "owner": deals.c.owner_id == bindparam("owner"),
    "customer": deals.c.customer_id == bindparam("customer"),
    "stage": deals.c.stage == bindparam("stage"),
    "closing": deals.c.close_on.between(bindparam("closing_from"), bindparam("closing_until")),
}
# Who sees everything has it counted without a look at each customer.
COUNTING: dict[str, ColumnElement[bool]] = {**NARROWING, "seeing_all": true()}
_OPEN = deals.c.closed_at.is_(None)
_MINOR = cast(func.sum(deals.c.amount_minor), BigInteger).label("amount_minor")


def _wanted(names: tuple[str, ...]) -> ColumnElement[bool]:
    narrowed = [NARROWING[name] for name in names if name in NARROWING]
    seen = [] if "seeing_all" in names else [sees_customer()]
    return and_(present(deals), *seen, *narrowed, *([] if "stage" in names else [_OPEN]))


def _lines(names: tuple[str, ...]) -> Select[Any]:
    owner = func.coalesce(members.c.name, "").label("owner_name")
    return (
        select(*as_part(deals, "deal"), customers.c.name.label("customer_name"), owner)
        .select_from(with_member(with_customer(deals), deals.c.owner_id))
        .where(_wanted(names))
        .order_by(deals.c.close_on.asc().nulls_last(), deals.c.id)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def _counted(names: tuple[str, ...]) -> FromClause:
    return deals if "seeing_all" in names else with_customer(deals)


def _totals(names: tuple[str, ...]) -> Select[Any]:
    currency = deals.c.amount_currency
    return (
        select(_MINOR, currency, func.count().label("number"))
        .select_from(_counted(names))
        .where(_wanted(names))
        .group_by(currency)
        .order_by(currency)
    )


def _by_stage(names: tuple[str, ...]) -> Select[Any]:
    stage = unindexed(deals.c.stage)
    return (
        select(stage.label("stage"), _MINOR, deals.c.amount_currency, func.count().label("count"))
        .select_from(_counted(names))
        .where(_wanted(names), _OPEN, deals.c.amount_minor.is_not(None))
        .group_by(stage, deals.c.amount_currency)
    )


def _begins(parameter: str, name: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a text begins with a name."""
    return func.substr(bindparam(parameter, type_=Text), 1, func.length(name)) == name


ADD = adding(deals)
SAVE = saving(deals)
BY_ID = with_id(_SEEN, deals)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, deals)
AFTER = after(_SEEN, deals)
OF_CUSTOMER = _SEEN.where(deals.c.customer_id == bindparam("customer_id")).order_by(unindexed(deals.c.id))
NAMED = (
    _SEEN.where(or_(_begins("text", deals.c.name), _begins("lowered", func.lower(deals.c.name))))
    .order_by(deals.c.closed_at.is_not(None), func.length(deals.c.name).desc(), deals.c.id)
    .limit(bindparam("limit"))
)
LINES = {variant_name(names): _lines(names) for names in variants_of(NARROWING)}
TOTALS = {variant_name(names): _totals(names) for names in variants_of(COUNTING)}
BY_STAGE = {variant_name(names): _by_stage(names) for names in variants_of(COUNTING)}
