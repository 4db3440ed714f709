"""What members follow, and what they were told of it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, literal, or_, select, update

from storage.queries.dialects import one_of, put
from storage.queries.records import adding
from storage.queries.scoping import MEMBER, WORKSPACE
from storage.tables import alerts, attention, bursts, follows

_OWN = and_(follows.c.workspace_id == WORKSPACE, follows.c.member_id == MEMBER)
_SINCE: ColumnElement[Any] = bindparam("since")

ANYBODY = select(literal(1)).select_from(follows).where(follows.c.workspace_id == WORKSPACE).limit(1)
PUT = put(follows, keep=("created_at",))
BY_ID = select(follows).where(_OWN, follows.c.id == bindparam("id"))
OF_TARGET = select(follows).where(_OWN, follows.c.kind == bindparam("kind"), follows.c.target == bindparam("target"))
OF_MEMBER = select(follows).where(_OWN).order_by(follows.c.id)
OF_TARGETS = select(follows).where(
    follows.c.workspace_id == WORKSPACE,
    or_(one_of(follows.c.target, "targets"), follows.c.kind == "amount"),
    or_(follows.c.way != "off", follows.c.muted_until.is_not(None)),
)
MARK_OFFERED = (
    update(follows)
    .values(offered_at=bindparam("now"))
    .where(follows.c.workspace_id == WORKSPACE, follows.c.id == bindparam("id"))
)
ATTENTION = select(attention).where(attention.c.workspace_id == WORKSPACE, attention.c.member_id == MEMBER)
PUT_ATTENTION = put(attention)

ADD = adding(alerts)
ADD_BURST = adding(bursts)
_THIS = and_(bursts.c.workspace_id == WORKSPACE, bursts.c.id == bindparam("id"))
BURST = select(bursts).where(_THIS)
LATEST_BURST = (
    select(bursts)
    .where(
        bursts.c.workspace_id == WORKSPACE,
        bursts.c.member_id == MEMBER,
        bursts.c.customer_id == bindparam("customer"),
    )
    .order_by(bursts.c.id.desc())
    .limit(1)
)
_IN_BURST = and_(alerts.c.workspace_id == WORKSPACE, alerts.c.burst_id == bindparam("burst"))
OF_BURST = select(alerts).where(_IN_BURST).order_by(alerts.c.id)
MARK_TOLD = update(bursts).values(told_at=bindparam("now")).where(_THIS, bursts.c.told_at.is_(None))
MARK_ACTED = update(bursts).values(acted_at=bindparam("now")).where(_THIS, bursts.c.acted_at.is_(None))
COUNT_TOLD = select(func.count()).where(
    bursts.c.workspace_id == WORKSPACE, bursts.c.member_id == MEMBER, bursts.c.told_at >= _SINCE
)
TOLD_BY = (
    select(bursts)
    .where(
        bursts.c.workspace_id == WORKSPACE,
        bursts.c.rule_id == bindparam("rule"),
        bursts.c.told_at >= _SINCE,
        bursts.c.told_at <= bindparam("until"),
    )
    .order_by(bursts.c.told_at.desc(), bursts.c.id.desc())
    .limit(bindparam("limit"))
)
TO_DIGEST = update(alerts).values(way="digest").where(_IN_BURST)
FOR_DIGEST = (
    select(alerts)
    .where(
        alerts.c.workspace_id == WORKSPACE,
        alerts.c.member_id == MEMBER,
        alerts.c.way == "digest",
        alerts.c.created_at >= _SINCE,
    )
    .order_by(alerts.c.id)
)
FORGET = delete(alerts).where(alerts.c.created_at < bindparam("before"))
FORGET_BURSTS = delete(bursts).where(bursts.c.due_at < bindparam("before"))
