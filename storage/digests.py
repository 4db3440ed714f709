"""Digests in the database, and what they say."""

from typing import Any

from core.actor import Scope
from core.deals.model import DealStage
from core.deals.ports import StageSum
from core.digests.contents import Achievement, DueTask, HandedOver, IdleCustomer, Question, StuckDeal, VisitCount
from core.digests.model import Digest, DigestId, Frequency
from core.ids import WorkspaceId
from storage.connections import Connection
from storage.scopes import seen_by
from storage.statements import Query, RecordCommand

_BY_ID = Query("digests.BY_ID", Digest)
_OF = Query("digests.OF", Digest)
_PUT = RecordCommand("digests.PUT", Digest)
_STAGE_ORDER = tuple(DealStage)


_INTO: dict[str, type[Any]] = {
    "DUE_TASKS": DueTask,
    "STUCK_DEALS": StuckDeal,
    "IDLE_CUSTOMERS": IdleCustomer,
    "ACHIEVEMENTS": Achievement,
    "HANDED_OVER": HandedOver,
    "PIPELINE": StageSum,
    "VISITS": VisitCount,
}
_READS: dict[str, Query[Any]] = {
    f"{name}.{whose}": Query(f"digests.{name}.{whose}", into)
    for name, into in _INTO.items()
    for whose in ("mine", "team", "all")
}


class SqlDigests:
    """``core.digests.ports.DigestRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_id(self, workspace_id: WorkspaceId, digest_id: DigestId) -> Digest | None:
        """One digest, also one that is off."""
        return _BY_ID.first(self._connection, workspace_id=workspace_id, id=digest_id)

    def of(self, workspace_id: WorkspaceId, holder: str, frequency: Frequency) -> Digest | None:
        """The digest of a member or a conversation, also one that is off."""
        return _OF.first(self._connection, workspace_id=workspace_id, holder=holder, frequency=frequency)

    def put(self, workspace_id: WorkspaceId, digest: Digest) -> None:
        """Keeps it in place of what it was. ValueError when it is another workspace's."""
        if digest.workspace_id != workspace_id:
            raise ValueError("another workspace's digest")
        _PUT.run(self._connection, digest)

    def due_tasks(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[DueTask]:
        """Open tasks that are overdue or due today, and not snoozed, the first due first."""
        values = {"now": asked.now, "today": asked.today}
        return self._lines("DUE_TASKS", scope, asked, limit=limit, offset=offset, **values)

    def stuck_deals(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[StuckDeal]:
        """Open deals past their close date or silent, by expected close."""
        values = {"today": asked.today, "silent_since": asked.silent_since}
        return self._lines("STUCK_DEALS", scope, asked, limit=limit, offset=offset, **values)

    def idle_customers(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[IdleCustomer]:
        """Customers that somebody works on without an open task, by name."""
        values = {"seen_since": asked.seen_since}
        return self._lines("IDLE_CUSTOMERS", scope, asked, limit=limit, offset=offset, **values)

    def achievements(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[Achievement]:
        """Deals won, then visits and meetings held, the latest first."""
        values = {"since": asked.since, "until": asked.until}
        return self._lines("ACHIEVEMENTS", scope, asked, limit=limit, offset=offset, **values)

    def handed_over(self, scope: Scope, asked: Question, *, limit: int, offset: int = 0) -> list[HandedOver]:
        """Customers and tasks with a new owner, the latest first."""
        values = {"since": asked.since, "until": asked.until}
        return self._lines("HANDED_OVER", scope, asked, limit=limit, offset=offset, **values)

    def pipeline(self, scope: Scope, asked: Question) -> list[StageSum]:
        """The open deals, summed by stage and currency, in the order of the stages."""
        found = self._lines("PIPELINE", scope, asked)
        return sorted(found, key=lambda each: (_STAGE_ORDER.index(each.stage), each.amount.currency))

    def visits_by_member(self, scope: Scope, asked: Question, *, limit: int) -> list[VisitCount]:
        """Who was with customers how often, the most first."""
        values = {"since": asked.since, "until": asked.until}
        return self._lines("VISITS", scope, asked, limit=limit, **values)

    def _lines(self, name: str, scope: Scope, asked: Question, **values: Any) -> list[Any]:
        """The lines of one member's work, of a team's, or of everybody's."""
        whom: dict[str, Any] = {"who": asked.member_id, "team": asked.team_id}
        known = {name: value for name, value in whom.items() if value is not None}
        whose = "mine" if "who" in known else "team" if "team" in known else "all"
        query = _READS[f"{name}.{whose}"]
        return query.all(self._connection, **seen_by(scope), **known, **values)
