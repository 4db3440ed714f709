"""Tasks: with a customer, seen by whoever sees the customer; without, by those it is between and their team."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, FromClause, Join, Select, and_, bindparam, func, or_, select, true

from storage.queries.records import adding, after, saving, with_external_ids, with_id
from storage.queries.scoping import (
    EVERYTHING,
    MEMBER,
    TEAM,
    as_part,
    present,
    sees_customer,
    variant_name,
    variants_of,
    with_customer,
    with_member,
)
from storage.tables import customers, members, tasks

# What narrows a list, each under the names of its parameters.
NARROWING: dict[str, ColumnElement[bool]] = {
    "assignee": tasks.c.assignee_id == bindparam("assignee"),
    "team": members.c.team_id == bindparam("team"),
    "customer": tasks.c.customer_id == bindparam("customer"),
    "overdue": or_(
        tasks.c.due_at < bindparam("now"),
        and_(tasks.c.due_at.is_(None), tasks.c.due_on < bindparam("today")),
    ),
    "due": tasks.c.due_on.between(bindparam("due_from"), bindparam("due_until")),
}
# Who sees everything has it counted without a look at each customer.
COUNTING: dict[str, ColumnElement[bool]] = {**NARROWING, "seeing_all": true()}
_FIRST_DUE = (tasks.c.due_on.asc().nulls_last(), tasks.c.due_at.asc().nulls_last(), tasks.c.id)


def _source() -> Join:
    return with_member(with_customer(tasks, optional=True), tasks.c.assignee_id)


def _sees_task() -> ColumnElement[bool]:
    own = or_(EVERYTHING, tasks.c.assignee_id == MEMBER, tasks.c.creator_id == MEMBER, members.c.team_id == TEAM)
    return or_(
        and_(tasks.c.customer_id.is_(None), own),
        and_(tasks.c.customer_id.is_not(None), sees_customer()),
    )


def _wanted(names: tuple[str, ...]) -> ColumnElement[bool]:
    never = and_(tasks.c.snoozed_until.is_(None), bindparam("never_snoozed", type_=Boolean))
    snoozed = tasks.c.snoozed_until.between(bindparam("snoozed_from"), bindparam("snoozed_to"))
    narrowed = [NARROWING[name] for name in names if name in NARROWING]
    seen = [] if "seeing_all" in names else [_sees_task()]
    return and_(present(tasks), tasks.c.done_at.is_(None), or_(never, snoozed), *seen, *narrowed)


def _lines(names: tuple[str, ...]) -> Select[Any]:
    return (
        select(
            *as_part(tasks, "task"),
            func.coalesce(customers.c.name, "").label("customer_name"),
            func.coalesce(members.c.name, "").label("assignee_name"),
        )
        .select_from(_source())
        .where(_wanted(names))
        .order_by(*_FIRST_DUE)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )


def _count(names: tuple[str, ...]) -> Select[Any]:
    source: FromClause = _source()
    if "seeing_all" in names:
        source = with_member(tasks, tasks.c.assignee_id) if "team" in names else tasks
    return select(func.count()).select_from(source).where(_wanted(names))


_SEEN = select(tasks).select_from(_source()).where(present(tasks), _sees_task())

ADD = adding(tasks)
SAVE = saving(tasks)
BY_ID = with_id(_SEEN, tasks)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, tasks)
AFTER = after(_SEEN, tasks)
LINES = {variant_name(names): _lines(names) for names in variants_of(NARROWING)}
COUNT = {variant_name(names): _count(names) for names in variants_of(COUNTING)}
