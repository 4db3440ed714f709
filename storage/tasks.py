"""Tasks in the database."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from core.actor import Scope
from core.tasks.model import Task
from core.tasks.ports import TaskFilter, TaskLine, TaskPage
from storage.connections import Connection
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by, variant
from storage.statements import Query

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
        """Open tasks that are not snoozed, the first due first, those without a date last."""
        narrowed = _narrowed(wanted)
        values = {**seen_by(scope), **narrowed, "now": now, "today": today}
        lines = _lines(variant(narrowed)).all(self._connection, limit=limit, offset=offset, **values)
        if offset == 0 and len(lines) < limit:
            return TaskPage(tuple(lines), len(lines))
        counted = _count(variant(narrowed, scope)).first(self._connection, **values)
        return TaskPage(tuple(lines), counted[0] if counted else 0)


def _narrowed(wanted: TaskFilter) -> dict[str, Any]:
    """What narrows the list, in the order of ``storage.queries.tasks.NARROWING``."""
    narrowed = {"assignee": wanted.assignee_id, "team": wanted.team_id, "customer": wanted.customer_id}
    found: dict[str, Any] = {name: value for name, value in narrowed.items() if value is not None}
    return {**found, "overdue": True} if wanted.overdue else found
