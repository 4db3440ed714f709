"""Keeps an index in step with the log of changes in the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.events.model import Kind
from core.ids import WorkspaceId, decode
from storage.connections import Connection
from storage.name_index.live import LiveIndex
from storage.name_index.making import Entry
from storage.name_index.reading import named_between
from storage.statements import Query

# Changes taken up by whoever looks something up; more are left to those whose only work it is.
FEW, MANY = 64, 4_000
# Changes looked at again, of which those that were not yet committed when later ones were are taken up.
LATE, _UNSURE = 2_000, 200
_FURTHEST = 1 << 62


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the log: records of one kind from one id to another were added, changed or removed."""

    seq: int
    record_kind: str
    first_id: str
    last_id: str

    @property
    def mark(self) -> str:
        """The change in words, by which a file is known to belong to a database."""
        return f"{self.seq} {self.record_kind} {self.first_id} {self.last_id}"

    @property
    def range(self) -> tuple[int, int, bool]:
        """The numbers of the ids, and whether contacts are meant."""
        return decode(self.first_id), decode(self.last_id), self.record_kind == Kind.CONTACT.value


_CHANGES = Query("names.CHANGES", Change)
_LAST = Query("names.LAST_CHANGE", Change)


def last_change(connection: Connection, workspace_id: WorkspaceId, before: int = _FURTHEST) -> Change | None:
    """The last change in the log, or the last up to ``before``; None in an empty one."""
    return _LAST.first(connection, workspace_id=workspace_id, before=before)


def catch_up(
    connection: Connection, workspace_id: WorkspaceId, index: LiveIndex, most: int = FEW, *, singly: bool = False
) -> bool:
    """Takes up the changes that the index has not seen; whether it then knew of all that are committed.

    Only for a connection that sees nothing uncommitted. Safe where several do it at once: who comes second does it
    again. ``singly`` leaves records that were changed many at a time to others.
    """
    while True:
        since = index.position
        changes = _CHANGES.all(connection, workspace_id=workspace_id, after=since, limit=most)
        if not changes:
            return True
        if singly and any(change.first_id != change.last_id for change in changes):
            return False
        come = list(_entries(connection, workspace_id, changes))
        gone = [change.range for change in changes]
        if index.apply(since, changes[-1].seq, gone, come):
            index.remember(change.seq for change in changes)
            if len(changes) == most:
                return False


def begun(connection: Connection, workspace_id: WorkspaceId, index: LiveIndex) -> LiveIndex:
    """``index``, new from a file, with what it holds noted as seen.

    The last single changes are not, for they may have been committed after it was made.
    """
    since = index.position
    changes = _CHANGES.all(connection, workspace_id=workspace_id, after=since - LATE, limit=LATE)
    sure = (change for change in changes if change.first_id != change.last_id or change.seq <= since - _UNSURE)
    index.remember(change.seq for change in sure if change.seq <= since)
    return index


def again(connection: Connection, workspace_id: WorkspaceId, index: LiveIndex, window: int) -> None:
    """Takes up the last ``window`` changes once more: on PostgreSQL a lower number may be committed after a higher."""
    since = index.position
    changes = _CHANGES.all(connection, workspace_id=workspace_id, after=since - window, limit=window)
    missed = [change for change in changes if change.seq <= since and not index.has_seen(change.seq)]
    if missed:
        come = list(_entries(connection, workspace_id, missed))
        index.apply(since, since, [change.range for change in missed], come)
    index.remember(change.seq for change in changes if change.seq <= since)


def _entries(connection: Connection, workspace_id: WorkspaceId, changes: list[Change]) -> Iterator[Entry]:
    """What there is now of the records that changed, each once."""
    for kind, first, last in dict.fromkeys((change.record_kind, change.first_id, change.last_id) for change in changes):
        for page in named_between(connection, workspace_id, kind, first, last):
            yield from (record.entry() for record in page)
