"""Jobs, leased to one holder at a time, and the deliveries that came in.

A job that waits for another try holds back those after it in its lane, so that a lane keeps its order.
"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from storage.queries.dialects import put_once
from storage.tables import deliveries, jobs

_NOW: ColumnElement[object] = bindparam("now")
_FIELDS = [column for column in jobs.c if column.name not in {"done_at", "failed_at", "reason"}]


def _unfinished(job: FromClause) -> ColumnElement[bool]:
    return and_(job.c.done_at.is_(None), job.c.failed_at.is_(None))


def _free(job: FromClause) -> ColumnElement[bool]:
    return or_(job.c.leased_until.is_(None), job.c.leased_until <= _NOW)


def _claim() -> Update:
    waiting, other = jobs.alias("waiting"), jobs.alias("other")
    in_the_way = exists().where(
        other.c.lane == waiting.c.lane,
        other.c.lane != "",
        other.c.id != waiting.c.id,
        _unfinished(other),
        or_(other.c.id < waiting.c.id, other.c.leased_until > _NOW),
    )
    due = (
        select(waiting.c.id)
        .where(_unfinished(waiting), waiting.c.run_at <= _NOW, _free(waiting), ~in_the_way)
        .order_by(waiting.c.run_at, waiting.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True, of=waiting)
    )
    leased = {"lease": bindparam("lease"), "leased_until": bindparam("until"), "attempts": jobs.c.attempts + 1}
    return (
        update(jobs)
        .values(leased)
        .where(jobs.c.id.in_(due.scalar_subquery()), _unfinished(jobs), _free(jobs))
        .returning(*_FIELDS)
    )


def _held() -> ColumnElement[bool]:
    return and_(jobs.c.id == bindparam("id"), jobs.c.lease == bindparam("holder"), _unfinished(jobs))


ACCEPT = put_once(deliveries)
FORGET_DELIVERIES = delete(deliveries).where(deliveries.c.received_at < bindparam("before"))
ADD = insert(jobs).values({column.name: bindparam(column.name) for column in _FIELDS})
HOLDS_BACK = (
    select(jobs.c.id)
    .where(jobs.c.lane == bindparam("lane"), jobs.c.kind == bindparam("kind"), _unfinished(jobs), _free(jobs))
    .limit(1)
)
CLAIM = _claim()
HOLDS = select(jobs.c.id, jobs.c.lease).where(_held()).with_for_update()
EXTEND = update(jobs).values(leased_until=bindparam("until")).where(_held())
# What people wrote is kept no longer than it takes to answer it.
FINISH = update(jobs).values(done_at=_NOW, leased_until=null(), payload="").where(_held())
RETRY = (
    update(jobs)
    .values(lease="", leased_until=null(), run_at=bindparam("run_at"), reason=bindparam("reason"))
    .where(_held())
)
FAIL = update(jobs).values(failed_at=_NOW, leased_until=null(), reason=bindparam("reason")).where(_held())
NEXT_DUE = (
    select(*_FIELDS).where(_unfinished(jobs)).order_by(func.coalesce(jobs.c.leased_until, jobs.c.run_at)).limit(1)
)
FAILED = (
    select(*(column.label(f"job_{column.name}") for column in _FIELDS), jobs.c.failed_at, jobs.c.reason)
    .where(jobs.c.failed_at.is_not(None))
    .order_by(jobs.c.failed_at.desc(), jobs.c.id)
    .limit(bindparam("limit"))
)
REVIVE = (
    update(jobs)
    .values(failed_at=null(), lease="", attempts=0, run_at=bindparam("due"), reason="")
    .where(jobs.c.id == bindparam("id"), jobs.c.failed_at.is_not(None))
)
COUNT_WAITING = select(func.count()).select_from(jobs).where(_unfinished(jobs))
FORGET_DONE = delete(jobs).where(jobs.c.done_at < bindparam("before"))
