"""Digests, and what they say: of each kind the first few, with how many there are, in one statement.

Each is there for one member's work, for a team's, and for everybody's: ``mine``, ``team`` and ``all``.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    true,
    union_all,
)

from storage.queries.dialects import put, unindexed
from storage.queries.scoping import (
    EVERYTHING,
    MEMBER,
    TEAM,
    WORKSPACE,
    as_part,
    present,
    sees_customer,
    with_customer,
    with_member,
)
from storage.tables import activities, customers, deals, digests, events, members, tasks

_NOW: ColumnElement[Any] = bindparam("now")
_TODAY: ColumnElement[Any] = bindparam("today")
_SINCE: ColumnElement[Any] = bindparam("since")
_UNTIL: ColumnElement[Any] = bindparam("until")
_WHO: ColumnElement[Any] = bindparam("who")
_LIMIT: ColumnElement[Any] = bindparam("limit")
_OFFSET: ColumnElement[Any] = bindparam("offset")
_TOTAL = func.count().over().label("total")
_STAGE = unindexed(deals.c.stage)
WHOSE = ("mine", "team", "all")


def _whose(column: ColumnElement[Any], whose: str) -> ColumnElement[bool]:
    if whose == "mine":
        return column == _WHO
    if whose == "team":
        return column.in_(
            select(members.c.id).where(members.c.workspace_id == WORKSPACE, members.c.team_id == bindparam("team"))
        )
    return true()


def _name(table: Any, label: str) -> ColumnElement[Any]:
    return func.coalesce(table.c.name, "").label(label)


def _sees_task() -> ColumnElement[bool]:
    own = or_(EVERYTHING, tasks.c.assignee_id == MEMBER, tasks.c.creator_id == MEMBER, members.c.team_id == TEAM)
    return or_(and_(tasks.c.customer_id.is_(None), own), and_(tasks.c.customer_id.is_not(None), sees_customer()))


def _due_tasks(whose: str) -> Select[Any]:
    return (
        select(
            *as_part(tasks, "line_task"),
            _name(customers, "line_customer_name"),
            _name(members, "line_assignee_name"),
            _TOTAL,
        )
        .select_from(with_member(with_customer(tasks, optional=True), tasks.c.assignee_id))
        .where(
            present(tasks),
            tasks.c.done_at.is_(None),
            or_(tasks.c.snoozed_until.is_(None), tasks.c.snoozed_until <= _NOW),
            tasks.c.due_on <= _TODAY,
            _whose(tasks.c.assignee_id, whose),
            _sees_task(),
        )
        .order_by(tasks.c.due_on, tasks.c.due_at.asc().nulls_last(), tasks.c.id)
        .limit(_LIMIT)
        .offset(_OFFSET)
    )


def _seen_after(instant: ColumnElement[Any], customer: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether somebody was in touch with the customer after an instant."""
    return exists().where(
        activities.c.workspace_id == WORKSPACE,
        activities.c.customer_id == customer,
        activities.c.happened_at > instant,
        activities.c.removed_at.is_(None),
    )


def _is_open() -> ColumnElement[bool]:
    return and_(present(deals), deals.c.closed_at.is_(None))


def _stuck_deals(whose: str) -> Select[Any]:
    silent_since: ColumnElement[Any] = bindparam("silent_since")
    silent = and_(deals.c.updated_at <= silent_since, ~_seen_after(silent_since, deals.c.customer_id))
    return (
        select(
            *as_part(deals, "line_deal"),
            customers.c.name.label("line_customer_name"),
            _name(members, "line_owner_name"),
            _TOTAL,
        )
        .select_from(with_member(with_customer(deals), deals.c.owner_id))
        .where(_is_open(), _whose(deals.c.owner_id, whose), sees_customer(), or_(deals.c.close_on < _TODAY, silent))
        .order_by(deals.c.close_on.asc().nulls_last(), deals.c.id)
        .limit(_LIMIT)
        .offset(_OFFSET)
    )


def _idle_customers(whose: str) -> Select[Any]:
    planned = exists().where(
        tasks.c.workspace_id == WORKSPACE,
        tasks.c.customer_id == customers.c.id,
        tasks.c.done_at.is_(None),
        tasks.c.removed_at.is_(None),
    )
    sold = exists().where(_is_open(), deals.c.customer_id == customers.c.id)
    return (
        select(customers.c.id.label("customer_id"), customers.c.name, _name(members, "owner_name"), _TOTAL)
        .select_from(with_member(customers, customers.c.owner_id))
        .where(
            present(customers),
            or_(*(customers.c.stage == stage for stage in ("lead", "prospect", "customer"))),
            _whose(customers.c.owner_id, whose),
            sees_customer(),
            ~planned,
            or_(sold, _seen_after(bindparam("seen_since"), customers.c.id)),
        )
        .order_by(customers.c.name, customers.c.id)
        .limit(_LIMIT)
        .offset(_OFFSET)
    )


def _was_visited(whose: str) -> ColumnElement[bool]:
    return and_(
        present(activities),
        or_(activities.c.kind == "visit", activities.c.kind == "meeting"),
        activities.c.happened_at >= _SINCE,
        activities.c.happened_at < _UNTIL,
        _whose(activities.c.author_id, whose),
        sees_customer(),
    )


def _visits_held(whose: str) -> Select[Any]:
    said = case(
        (activities.c.text != "", activities.c.text),
        (activities.c.outcome != "", activities.c.outcome),
        else_=activities.c.next_step,
    )
    return (
        select(
            customers.c.id.label("customer_id"),
            customers.c.name.label("customer_name"),
            activities.c.kind.label("kind"),
            said.label("text"),
            _name(members, "member_name"),
            activities.c.happened_at.label("happened_at"),
            cast(null(), Text),
            literal_column("1", Integer),
        )
        .select_from(with_member(with_customer(activities), activities.c.author_id))
        .where(_was_visited(whose))
    )


def _deals_won(whose: str) -> Select[Any]:
    return (
        select(
            customers.c.id.label("customer_id"),
            customers.c.name.label("customer_name"),
            deals.c.stage.label("kind"),
            deals.c.name.label("text"),
            _name(members, "member_name"),
            deals.c.closed_at.label("happened_at"),
            deals.c.id.label("deal_id"),
            literal_column("0", Integer).label("rank"),
        )
        .select_from(with_member(with_customer(deals), deals.c.owner_id))
        .where(
            present(deals),
            _STAGE == "won",
            deals.c.closed_at >= _SINCE,
            deals.c.closed_at < _UNTIL,
            _whose(deals.c.owner_id, whose),
            sees_customer(),
        )
    )


def _achievements(whose: str) -> Select[Any]:
    return _paged(union_all(_deals_won(whose), _visits_held(whose)).subquery(), "rank")


def _paged(both: Subquery, *first: str) -> Select[Any]:
    """Some lines of a union: by ``first``, which is not told, then the latest first."""
    told = [column for column in both.c if column.name not in first]
    order = [*(both.c[name] for name in first), both.c.happened_at.desc()]
    return select(*told, _TOTAL).select_from(both).order_by(*order).limit(_LIMIT).offset(_OFFSET)


# In these very words, or SQLite does not see that the index of them serves.
_IS_HANDING = text("events.type IN ('customer.assigned', 'task.assigned')")
_LATER, _BY = events.alias(), members.alias()


def _was_handed(kind: str, whose: str) -> ColumnElement[bool]:
    """It got a new owner, the last one of several, and not by the hands of the member who asks."""
    again = exists().where(
        _LATER.c.workspace_id == WORKSPACE,
        _LATER.c.record_id == events.c.record_id,
        _LATER.c.type == events.c.type,
        _LATER.c.id > events.c.id,
    )
    other = or_(events.c.actor_id.is_(None), events.c.actor_id != _WHO) if whose == "mine" else true()
    return and_(
        events.c.workspace_id == WORKSPACE,
        _IS_HANDING,
        events.c.type == f"{kind}.assigned",
        events.c.recorded_at >= _SINCE,
        events.c.recorded_at < _UNTIL,
        other,
        ~again,
    )


def _handed_over(whose: str) -> Select[Any]:
    by = and_(_BY.c.workspace_id == WORKSPACE, _BY.c.id == events.c.actor_id)
    of_customers = and_(customers.c.workspace_id == WORKSPACE, customers.c.id == events.c.record_id)
    told = (_name(members, "to_name"), func.coalesce(_BY.c.name, "").label("by_name"))
    when = events.c.recorded_at.label("happened_at")
    given = (
        select(
            customers.c.id.label("customer_id"),
            cast(null(), Text).label("task_id"),
            customers.c.name.label("name"),
            *told,
            when,
        )
        .select_from(with_member(events.join(customers, of_customers), customers.c.owner_id).outerjoin(_BY, by))
        .where(_was_handed("customer", whose), present(customers), sees_customer(), _whose(customers.c.owner_id, whose))
    )
    of_tasks = and_(tasks.c.workspace_id == WORKSPACE, tasks.c.id == events.c.record_id)
    with_task = events.join(with_customer(tasks, optional=True), of_tasks)
    raised = (
        select(tasks.c.customer_id, tasks.c.id, tasks.c.title, *told, when)
        .select_from(with_member(with_task, tasks.c.assignee_id).outerjoin(_BY, by))
        .where(
            _was_handed("task", whose),
            present(tasks),
            tasks.c.done_at.is_(None),
            _sees_task(),
            _whose(tasks.c.assignee_id, whose),
        )
    )
    return _paged(union_all(given, raised).subquery())


def _pipeline(whose: str) -> Select[Any]:
    minor = cast(func.sum(deals.c.amount_minor), BigInteger).label("amount_minor")
    return (
        select(_STAGE.label("stage"), minor, deals.c.amount_currency, func.count().label("count"))
        .select_from(with_customer(deals))
        .where(_is_open(), deals.c.amount_minor.is_not(None), _whose(deals.c.owner_id, whose), sees_customer())
        .group_by(_STAGE, deals.c.amount_currency)
    )


def _visits(whose: str) -> Select[Any]:
    return (
        select(members.c.name.label("member_name"), func.count().label("count"))
        .select_from(with_member(with_customer(activities), activities.c.author_id))
        .where(_was_visited(whose), members.c.id.is_not(None))
        .group_by(members.c.id, members.c.name)
        .order_by(func.count().desc(), members.c.name)
        .limit(_LIMIT)
    )


BY_ID = select(digests).where(digests.c.workspace_id == WORKSPACE, digests.c.id == bindparam("id"))
OF = select(digests).where(
    digests.c.workspace_id == WORKSPACE,
    digests.c.holder == bindparam("holder"),
    digests.c.frequency == bindparam("frequency"),
)
PUT = put(digests)
DUE_TASKS = {whose: _due_tasks(whose) for whose in WHOSE}
STUCK_DEALS = {whose: _stuck_deals(whose) for whose in WHOSE}
IDLE_CUSTOMERS = {whose: _idle_customers(whose) for whose in WHOSE}
ACHIEVEMENTS = {whose: _achievements(whose) for whose in WHOSE}
HANDED_OVER = {whose: _handed_over(whose) for whose in WHOSE}
PIPELINE = {whose: _pipeline(whose) for whose in WHOSE}
VISITS = {whose: _visits(whose) for whose in WHOSE}
