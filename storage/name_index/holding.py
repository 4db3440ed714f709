"""The indexes that a process holds, one for each workspace that somebody looked something up in.

Nobody waits for one: until it is there, look-ups are answered by the keys in the database.
"""

import asyncio
import sys
from asyncio import subprocess
from functools import partial
from hashlib import sha256
from pathlib import Path

import msgspec

from core.actor import Scope
from core.ids import WorkspaceId
from core.names.indexing import asked
from core.search.model import Hit
from core.search.ports import NameIndex
from core.work import Database, Work
from storage.connections import Connection
from storage.database import sqlite_path
from storage.errors import DatabaseError
from storage.name_index import file
from storage.name_index.building import Order, build
from storage.name_index.following import FEW, LATE, MANY, again, begun, catch_up, last_change
from storage.name_index.live import LiveIndex
from storage.name_index.names import IndexedNames
from storage.name_index.reading import is_small
from storage.names import SqlNames
from storage.work import SqlWork

# Seconds between two looks at the log, which find what other processes changed.
POLL = 0.4
# After a fault of the database, and after an index could not be made.
_AFTER_FAULT, _AFTER_FAILURE = 10.0, 300.0
# Records that are indexed on the spot; more are left to a process of its own.
_SMALL = 3_000
# New records beside a large segment, after which it is made anew.
_MANY_NEW = 30_000


def index_path(database_url: str, workspace_id: WorkspaceId, folder: Path) -> Path:
    """Where a workspace's index is kept: beside an SQLite file, else in ``folder``."""
    path = sqlite_path(database_url)
    if path is not None:
        return path.with_name(f"{path.name}-names") / f"{workspace_id}.index"
    digest = sha256(database_url.encode()).hexdigest()[:16]
    return folder / f"names-{digest}" / f"{workspace_id}.index"


class NameIndexes:
    """``storage.work.Indexes``: holds an index for each workspace that is asked for."""

    def __init__(self, database_url: str, folder: Path = Path("var")) -> None:
        self._url = database_url
        self._folder = folder
        self._held: dict[WorkspaceId, LiveIndex] = {}
        self._wanted: dict[WorkspaceId, None] = {}
        self._again_at: dict[WorkspaceId, float] = {}

    def names(self, connection: Connection, *, committed: bool) -> NameIndex:
        """Names from the index of the workspace that is asked about, or from the database while there is none."""
        return _Choosing(self, connection, committed=committed)

    def held(self, workspace_id: WorkspaceId) -> LiveIndex | None:
        """The workspace's index; None while there is none, which makes it wanted."""
        found = self._held.get(workspace_id)
        if found is None:
            self._wanted[workspace_id] = None
        return found

    async def hold(self, database: Database, workspace_id: WorkspaceId) -> LiveIndex | None:
        """Reads a workspace's index from its file, or has it made where that is missing, damaged or another database's.

        None when neither is possible now.
        """
        index = await database.read_long(lambda work: self._kept(work, workspace_id))
        if index is None:
            await self._make_file(workspace_id)
            index = await database.read_long(lambda work: self._kept(work, workspace_id))
        if index is not None:
            for text in ("warm up", "热身"):  # what is imported and read with the first look-up
                index.search(asked(text), 1)
            self._held[workspace_id] = index
        return index

    async def follow(self, database: Database) -> None:
        """Goes on for ever: makes the indexes that are wanted, and keeps those there are up to date.

        A database that cannot be reached, or a disk that is full, is tried again; look-ups go on without.
        """
        while True:
            try:
                await self._turn(database)
                await asyncio.sleep(POLL)
            except (DatabaseError, OSError):
                await asyncio.sleep(_AFTER_FAULT)

    async def _turn(self, database: Database) -> None:
        now = asyncio.get_running_loop().time()
        for workspace_id in [wanted for wanted in self._wanted if self._again_at.get(wanted, 0.0) <= now]:
            self._wanted.pop(workspace_id)
            if workspace_id not in self._held and await self.hold(database, workspace_id) is None:
                self._again_at[workspace_id] = now + _AFTER_FAILURE
        for workspace_id, index in list(self._held.items()):
            index.followed = True
            await database.read_long(partial(_keep_up, workspace_id=workspace_id, index=index))
            if _is_overgrown(index):
                await self._make_file(workspace_id)
                await self.hold(database, workspace_id)

    async def _make_file(self, workspace_id: WorkspaceId) -> None:
        """Lets another process build the index, so that this one neither waits nor grows."""
        order = self._order(workspace_id)
        process = await subprocess.create_subprocess_exec(
            sys.executable, "-P", "-m", "storage.name_index.building", stdin=subprocess.PIPE
        )
        try:
            await process.communicate(msgspec.json.encode(order))
        finally:
            if process.returncode is None:
                process.terminate()

    def _order(self, workspace_id: WorkspaceId) -> Order:
        return Order(self._url, workspace_id, str(index_path(self._url, workspace_id, self._folder)))

    def _kept(self, work: Work, workspace_id: WorkspaceId) -> LiveIndex | None:
        """The index in the workspace's file as far as it belongs to this database, or that of a small workspace."""
        connection = _connection(work)
        if is_small(connection, workspace_id, _SMALL):
            built = build(connection, workspace_id)
            return begun(connection, workspace_id, LiveIndex(built.segment, built.position))
        stored = file.read(Path(self._order(workspace_id).path))
        if stored is None:
            return None
        last = last_change(connection, workspace_id, stored.position)
        if (last.mark if last else "") != stored.mark:
            return None
        index = begun(connection, workspace_id, LiveIndex(stored.segment, stored.position))
        return index if _catch_up_soon(connection, workspace_id, index) else None


class _Choosing:
    """``core.search.ports.NameIndex`` of a unit of work, whose workspace is known when something is asked."""

    def __init__(self, indexes: NameIndexes, connection: Connection, *, committed: bool) -> None:
        self._indexes = indexes
        self._connection = connection
        self._committed = committed

    def find(self, scope: Scope, text: str, *, limit: int = 5, wide: bool = False) -> list[Hit]:
        """See ``NameIndex``."""
        index = self._indexes.held(scope.workspace_id)
        if index is None:
            return SqlNames(self._connection).find(scope, text, limit=limit, wide=wide)
        names = IndexedNames(self._connection, index, committed=self._committed)
        return names.find(scope, text, limit=limit, wide=wide)

    def exact(self, scope: Scope, texts: tuple[str, ...]) -> dict[str, list[Hit]]:
        """See ``NameIndex``."""
        return SqlNames(self._connection).exact(scope, texts)

    def forget_changes(self, keep: int) -> None:
        """See ``NameIndex``."""
        SqlNames(self._connection).forget_changes(keep)


def _connection(work: Work) -> Connection:
    if not isinstance(work, SqlWork):
        raise TypeError("an index follows an SQL database")
    return work.connection


def _catch_up_soon(connection: Connection, workspace_id: WorkspaceId, index: LiveIndex) -> bool:
    """Takes up what came after the file; False when that is so much that a new one is made sooner."""
    while not catch_up(connection, workspace_id, index, MANY):
        if index.changed > _MANY_NEW:
            return False
    return not _is_overgrown(index)


def _is_overgrown(index: LiveIndex) -> bool:
    return index.changed > max(_MANY_NEW, len(index) // 4)


def _keep_up(work: Work, workspace_id: WorkspaceId, index: LiveIndex) -> None:
    connection = _connection(work)
    catch_up(connection, workspace_id, index, FEW)
    if connection.dialect == "postgresql":
        again(connection, workspace_id, index, LATE)
