"""Merges, suspects and probes in the database."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.actor import Scope
from core.duplicates.model import Merge, ProbeCount, Suspect
from core.ids import CustomerId, MemberId, WorkspaceId
from storage.connections import Connection
from storage.scopes import seen_by
from storage.statements import Command, Query, RecordCommand

# The order in which children are moved: contacts before the names that are filed under them.
_KINDS = ("contacts", "activities", "tasks", "deals", "bindings")


def _commands(*names: str) -> dict[str, Command]:
    return {name: Command(f"duplicates.{name}") for name in names}


_ADD_MERGE = RecordCommand("duplicates.ADD_MERGE", Merge)
_NOTE = {kind: Command(f"duplicates.NOTE.{kind}") for kind in _KINDS}
_MOVE = {kind: Command(f"duplicates.MOVE.{kind}") for kind in _KINDS}
_MOVE_BACK = {kind: Command(f"duplicates.MOVE_BACK.{kind}") for kind in _KINDS}
_MOVE_NAMES = Command("duplicates.MOVE_NAMES")
_MOVE_NAMES_BACK = Command("duplicates.MOVE_NAMES_BACK")
_FORGET = _commands("FORGET_MOVED", "FORGET_MERGE")
_NOTED = Query("duplicates.NOTED", tuple)
_MERGE_OF = Query("duplicates.MERGE_OF", Merge)
_MOVED = Query("duplicates.MOVED", tuple)
_OF_LOSER = Query("duplicates.OF_LOSER", Merge)
_INTO = Query("duplicates.INTO", tuple)
_BEARING = Query("duplicates.BEARING", tuple)
_SUSPECT = RecordCommand("duplicates.SUSPECT", Suspect)
_DECIDE = RecordCommand("duplicates.DECIDE", Suspect)
_DECIDED = Query("duplicates.DECIDED", Suspect)
_OPEN = Query("duplicates.OPEN", Suspect)
_COUNT_OPEN = Query("duplicates.COUNT_OPEN", tuple)
_COUNT_PROBE = Query("duplicates.COUNT_PROBE", tuple)
_PROBES = Query("duplicates.PROBES", ProbeCount)
_MOST_HOPS = 50  # merges of merges; there is no circle, for a merged customer is removed


def _about(merge: Merge) -> dict[str, Any]:
    return {
        "workspace_id": merge.workspace_id,
        "merge_id": merge.id,
        "loser_id": merge.loser_id,
        "survivor_id": merge.survivor_id,
    }


def survivor_of(connection: Connection, workspace_id: WorkspaceId, customer_id: str) -> CustomerId | None:
    """Where a merged customer went in the end; None when it was not merged."""
    found = None
    for _ in range(_MOST_HOPS):
        merge = _OF_LOSER.first(connection, workspace_id=workspace_id, loser_id=found or customer_id)
        if merge is None:
            break
        found = merge.survivor_id
    return found


def merged_into(connection: Connection, workspace_id: WorkspaceId, customer_id: str) -> list[str]:
    """Every customer that went into this one, also by way of another."""
    found: list[str] = []
    last = [customer_id]
    while last:
        last = [row[0] for row in _INTO.all(connection, workspace_id=workspace_id, ids=last)]
        found += last
    return found


class SqlDuplicates:
    """``core.duplicates.ports.DuplicateRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, merge: Merge) -> None:
        """Keeps a merge and moves everything of the loser's to the survivor, noting what."""
        _ADD_MERGE.run(self._connection, merge)
        about = _about(merge)
        for command in (*_NOTE.values(), *_MOVE.values()):
            command.run(self._connection, **about)
        _MOVE_NAMES.run(self._connection, ids=self._noted(merge, "contacts"), **about)

    def move_back(self, merge: Merge) -> None:
        """Moves back what the merge had moved, and forgets the merge."""
        about = _about(merge)
        for kind, command in _MOVE_BACK.items():
            command.run(self._connection, ids=self._noted(merge, kind), **about)
        _MOVE_NAMES_BACK.run(self._connection, ids=self._noted(merge, "contacts"), **about)
        for command in _FORGET.values():
            command.run(self._connection, **about)

    def _noted(self, merge: Merge, kind: str) -> list[str]:
        rows = _NOTED.all(self._connection, workspace_id=merge.workspace_id, merge_id=merge.id, kind=kind)
        return [row[0] for row in rows]

    def merge_of(self, workspace_id: WorkspaceId, merge_id: str) -> Merge | None:
        """The merge of this event, unless it was taken back."""
        return _MERGE_OF.first(self._connection, workspace_id=workspace_id, merge_id=merge_id)

    def moved(self, workspace_id: WorkspaceId, merge_id: str) -> dict[str, int]:
        """How many records of each kind the merge moved."""
        return {
            kind: int(count)
            for kind, count in _MOVED.all(self._connection, workspace_id=workspace_id, merge_id=merge_id)
            if kind in _KINDS
        }

    def survivor_of(self, workspace_id: WorkspaceId, customer_id: str) -> CustomerId | None:
        """Where a merged customer went in the end; None when it was not merged."""
        return survivor_of(self._connection, workspace_id, customer_id)

    def bearing(self, scope: Scope, keys: Iterable[str]) -> dict[str, list[CustomerId]]:
        """By key of the index of names, the customers that are filed under it and that may be seen."""
        found: dict[str, list[CustomerId]] = {}
        for key, id_ in _BEARING.all(self._connection, keys=sorted(keys), **seen_by(scope)):
            found.setdefault(key, []).append(CustomerId(id_))
        return found

    def note(self, suspects: Iterable[Suspect]) -> None:
        """Keeps pairs that are not known yet."""
        _SUSPECT.run_many(self._connection, suspects)

    def list_open(self, scope: Scope, *, limit: int, offset: int = 0) -> list[Suspect]:
        """Pairs that wait, of which the scope may see both; the likeliest first."""
        return _OPEN.all(self._connection, limit=limit, offset=offset, **seen_by(scope))

    def count_open(self, scope: Scope) -> int:
        """How many pairs wait for somebody with this scope."""
        counted = _COUNT_OPEN.first(self._connection, **seen_by(scope))
        return int(counted[0]) if counted else 0

    def decide(self, suspect: Suspect) -> None:
        """Keeps what was decided on a pair, whether it was known or not."""
        _DECIDE.run(self._connection, suspect)

    def decided(self, workspace_id: WorkspaceId, first_id: str, second_id: str) -> Suspect | None:
        """The pair, with what was decided on it."""
        return _DECIDED.first(self._connection, workspace_id=workspace_id, first_id=first_id, second_id=second_id)

    def count_probe(self, workspace_id: WorkspaceId, member_id: MemberId, day: date) -> int:
        """Counts a probe and returns how many there were that day."""
        counted = _COUNT_PROBE.first(self._connection, workspace_id=workspace_id, member_id=member_id, day=day)
        return int(counted[0]) if counted else 0

    def probes(self, workspace_id: WorkspaceId, since: date) -> list[ProbeCount]:
        """The counts from a day on, the latest day and the most first."""
        return _PROBES.all(self._connection, workspace_id=workspace_id, since=since)
