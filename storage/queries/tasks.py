"""Tasks: with a customer, seen by whoever sees the customer; without, by those it is between and their team."""

from itertools import product

from sqlalchemy import ColumnElement, Join, Select, and_, bindparam, func, or_, select

from storage.queries.records import adding, after, saving, with_external_ids, with_id
from storage.queries.scoping import (
    EVERYTHING,
    MEMBER,
    TEAM,
    as_part,
    present,
    sees_customer,
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
}
_VARIANTS = [
    tuple(name for name, taken in zip(NARROWING, choice, strict=True) if taken)
    for choice in product((False, True), repeat=len(NARROWING))
]
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
    awake = or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= bindparam("now"))
    is_open = and_(tasks.c.done_at.is_(None), awake)
    return and_(present(tasks), is_open, _sees_task(), *(NARROWING[name] for name in names))


def _lines(names: tuple[str, ...]) -> Select[tuple[object, ...]]:
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


_SEEN = select(tasks).select_from(_source()).where(present(tasks), _sees_task())

ADD = adding(tasks)
SAVE = saving(tasks)
BY_ID = with_id(_SEEN, tasks)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, tasks)
AFTER = after(_SEEN, tasks)
LINES = {"+".join(names) or "all": _lines(names) for names in _VARIANTS}
COUNT = {
    "+".join(names) or "all": select(func.count()).select_from(_source()).where(_wanted(names)) for names in _VARIANTS
}
