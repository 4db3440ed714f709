"""Jobs, leased to one holder at a time, and the deliveries that came in.

A job that waits for another try holds back those after it in its lane, so that a lane keeps its order; one that is for
later does not.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    null,
    or_,
    select,
    update,
)

from storage.queries.dialects import for_each, one_of, put, put_once
from storage.tables import deliveries, jobs, lanes

_NOW: ColumnElement[object] = bindparam("now")
_FIELDS = [column for column in jobs.c if column.name not in {"done_at", "failed_at", "reason"}]


def _unfinished(job: FromClause) -> ColumnElement[bool]:
    return and_(job.c.done_at.is_(None), job.c.failed_at.is_(None))


def _free(job: FromClause) -> ColumnElement[bool]:
    return or_(job.c.leased_until.is_(None), job.c.leased_until <= _NOW)


def _in_the_way(waiting: FromClause) -> ColumnElement[bool]:
    """Another job of the lane is being done, or is older and has its turn first."""
    other = jobs.alias("other")
    its_turn = or_(other.c.run_at <= _NOW, other.c.attempts > 0)
    return exists().where(
        other.c.lane == waiting.c.lane,
        other.c.id != waiting.c.id,
        _unfinished(other),
        or_(and_(other.c.id < waiting.c.id, its_turn), other.c.leased_until > _NOW),
    )


def _paused(waiting: FromClause) -> ColumnElement[bool]:
    """The lane rests, or one that ends in a colon and begins it."""
    begins = func.substr(waiting.c.lane, 1, func.length(lanes.c.lane)) == lanes.c.lane
    return exists().where(
        lanes.c.paused_until > _NOW,
        or_(lanes.c.lane == waiting.c.lane, and_(lanes.c.lane.like("%:"), begins)),
    )


def _due() -> Select[Any]:
    waiting = jobs.alias("waiting")
    return (
        select(waiting.c.id, waiting.c.run_at)
        .where(waiting.c.urgency == bindparam("urgency"))  # one at a time, or those for later would all be looked at
        .where(_unfinished(waiting), waiting.c.run_at <= _NOW, _free(waiting))
        # Those of no lane are many, and stand in nobody's way.
        .where(or_(waiting.c.lane == "", and_(~_in_the_way(waiting), ~_paused(waiting))))
        .order_by(waiting.c.run_at, waiting.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=waiting)
    )


def _held(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(which, jobs.c.lease == bindparam("holder"), _unfinished(jobs))


_THIS = jobs.c.id == bindparam("id")
_THESE = one_of(jobs.c.id, "ids")
# What people wrote is kept no longer than it takes to answer it.
_DONE = {"done_at": _NOW, "leased_until": null(), "payload": ""}
_RECORD = [*(column.label(f"job_{column.name}") for column in _FIELDS), jobs.c.done_at, jobs.c.failed_at, jobs.c.reason]
_IN_STATE = {
    "waiting": and_(_unfinished(jobs), _free(jobs)),
    "running": and_(_unfinished(jobs), jobs.c.leased_until > _NOW),
    "done": jobs.c.done_at.is_not(None),
    "dead": jobs.c.failed_at.is_not(None),
}

ACCEPT = put_once(deliveries)
FORGET_DELIVERIES = delete(deliveries).where(deliveries.c.received_at < bindparam("before"))
ADD = for_each(
    lambda insert: insert(jobs).values({each.name: bindparam(each.name) for each in _FIELDS}).on_conflict_do_nothing()
)
HOLDS_BACK = (
    select(jobs.c.id)
    .where(jobs.c.lane == bindparam("lane"), jobs.c.kind == bindparam("kind"), _unfinished(jobs), _free(jobs))
    .limit(1)
)
IN_LANE = select(jobs.c.id).where(jobs.c.lane == bindparam("lane"), _unfinished(jobs)).limit(1)
# Claiming is two statements, so that neither database gets to choose a plan that walks through every job.
DUE = _due()
LEASE = (
    update(jobs)
    .values(lease=bindparam("holder"), leased_until=bindparam("until"), attempts=jobs.c.attempts + 1)
    .where(one_of(jobs.c.id, "ids"), _unfinished(jobs), _free(jobs))
    .returning(*_FIELDS)
)
PAUSE = put(lanes)
FORGET_PAUSES = delete(lanes).where(lanes.c.paused_until < bindparam("before"))
HOLDS = select(jobs.c.id, jobs.c.lease).where(_held(_THIS)).with_for_update()
EXTEND = update(jobs).values(leased_until=bindparam("until")).where(_held(_THESE))
FINISH = update(jobs).values(_DONE).where(_held(_THIS))
FINISH_MANY = update(jobs).values(_DONE).where(_held(_THESE))
RELEASE = update(jobs).values(lease="", leased_until=null(), attempts=jobs.c.attempts - 1).where(_held(_THESE))
RETRY = (
    update(jobs)
    .values(lease="", leased_until=null(), run_at=bindparam("run_at"), reason=bindparam("reason"))
    .where(_held(_THIS))
)
FAIL = update(jobs).values(failed_at=_NOW, leased_until=null(), reason=bindparam("reason")).where(_held(_THIS))
NEXT_FREE = select(func.min(jobs.c.run_at).label("at")).where(_unfinished(jobs), jobs.c.leased_until.is_(None))
NEXT_LEASE_END = select(func.min(jobs.c.leased_until).label("at")).where(_unfinished(jobs))
BY_ID = select(*_RECORD).where(_THIS)
BY_STATE = {
    state: select(*_RECORD).where(condition).order_by(jobs.c.id.desc()).limit(bindparam("limit"))
    for state, condition in _IN_STATE.items()
}
REVIVE = (
    update(jobs)
    .values(failed_at=null(), lease="", attempts=0, run_at=bindparam("due"), reason="")
    .where(_THIS, jobs.c.failed_at.is_not(None))
)
CANCEL = (
    update(jobs)
    .values(failed_at=_NOW, lease="", leased_until=null(), reason="cancelled")
    .where(_THIS, _unfinished(jobs))
)
WITHDRAW = (
    update(jobs)
    .values(done_at=_NOW, once="", payload="", reason="withdrawn")
    .where(jobs.c.once == bindparam("withdrawn"), jobs.c.once != "", _unfinished(jobs), _free(jobs))
)
_LEASED = and_(jobs.c.failed_at.is_(None), jobs.c.leased_until > _NOW)
_WAITS = and_(jobs.c.failed_at.is_(None), _free(jobs))
BACKLOG = (
    select(
        jobs.c.kind,
        func.count(case((_WAITS, 1))).label("waiting"),
        func.count(case((_LEASED, 1))).label("running"),
        func.count(jobs.c.failed_at).label("dead"),
        func.min(case((and_(_WAITS, jobs.c.run_at <= _NOW), jobs.c.run_at))).label("oldest"),
    )
    .where(jobs.c.done_at.is_(None))
    .group_by(jobs.c.kind)
    .order_by(jobs.c.kind)
)
COUNT_WAITING = select(func.count()).select_from(jobs).where(_unfinished(jobs))
FORGET_DONE = delete(jobs).where(jobs.c.done_at < bindparam("before"))
