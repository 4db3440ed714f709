"""Tasks in the database."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from core.actor import Scope
from core.tasks.model import Task
from core.tasks.ports import Snoozed, TaskFilter, TaskLine, TaskPage
from storage.connections import Connection
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by, variant
from storage.statements import Query

_BEGINNING, _END = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
_STATEMENTS = RecordStatements("tasks", Task)


@lru_cache
def _lines(name: str) -> Query[TaskLine]:
    return Query(f"tasks.LINES.{name}", TaskLine)


@lru_cache
def _count(name: str) -> Query[tuple[int]]:
    return Query(f"tasks.COUNT.{name}", tuple)


class SqlTasks(SqlRecords[Task]):
    """``core.tasks.ports.TaskRepository``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, _STATEMENTS)

    def list_open(
        self, scope: Scope, wanted: TaskFilter, *, now: datetime, today: date, limit: int, offset: int = 0
    ) -> TaskPage:
        """Open tasks, the first due first, those without a date last."""
        narrowed = _narrowed(wanted)
        put_off = _snoozed(wanted.snoozed, now)
        values = {**seen_by(scope), **narrowed, **put_off, **_due(wanted), "now": now, "today": today}
        lines = _lines(variant(narrowed)).all(self._connection, limit=limit, offset=offset, **values)
        if offset == 0 and len(lines) < limit:
            return TaskPage(tuple(lines), len(lines))
        counted = _count(variant(narrowed, scope)).first(self._connection, **values)
        return TaskPage(tuple(lines), counted[0] if counted else 0)


def _narrowed(wanted: TaskFilter) -> dict[str, Any]:
    """What narrows the list, in the order of ``storage.queries.tasks.NARROWING``."""
    narrowed = {"assignee": wanted.assignee_id, "team": wanted.team_id, "customer": wanted.customer_id}
    found: dict[str, Any] = {name: value for name, value in narrowed.items() if value is not None}
    if wanted.overdue:
        found["overdue"] = True
    return {**found, "due": True} if wanted.due_from or wanted.due_until else found


def _due(wanted: TaskFilter) -> dict[str, date]:
    return {"due_from": wanted.due_from or date.min, "due_until": wanted.due_until or date.max}


def _snoozed(snoozed: Snoozed, now: datetime) -> dict[str, Any]:
    """Until when a task may be put off to be listed, and whether those are that never were."""
    first = now + timedelta(microseconds=1) if snoozed is Snoozed.ONLY else _BEGINNING
    last = now if snoozed is Snoozed.HIDDEN else _END
    return {"never_snoozed": snoozed is not Snoozed.ONLY, "snoozed_from": first, "snoozed_to": last}
