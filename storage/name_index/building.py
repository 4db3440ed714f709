"""Makes the index of a workspace from the database, and keeps it in a file.

``python -m storage.name_index.building`` does it in a process of its own, so that the one that serves neither waits nor
grows: it reads what to do from standard input.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import msgspec

from core.events.model import Kind
from core.ids import WorkspaceId
from core.work import Work
from storage.connections import Connection
from storage.database import open_database
from storage.name_index import file
from storage.name_index.following import last_change
from storage.name_index.making import merged, segment_of
from storage.name_index.reading import NamedContact, NamedCustomer, entries_of, named_between
from storage.name_index.segment import Segment
from storage.work import SqlWork


class Order(msgspec.Struct, frozen=True):
    """Which workspace of which database, and where its index is to be kept."""

    database_url: str
    workspace_id: str
    path: str


class Built(msgspec.Struct, frozen=True):
    """A segment and the last change in it, see ``file.Stored``."""

    segment: Segment
    position: int
    mark: str


class _Clock:
    """The time plays no part."""

    def now(self) -> datetime:
        return datetime.min.replace(tzinfo=UTC)


def build(connection: Connection, workspace_id: WorkspaceId, helpers: Executor | None = None) -> Built:
    """The index of everything there is, on one state of the database; ``helpers`` share the work."""
    last = last_change(connection, workspace_id)
    spread: Callable[..., Iterable[Segment]] = helpers.map if helpers else map
    pages = (page for kind in (Kind.CUSTOMER, Kind.CONTACT) for page in named_between(connection, workspace_id, kind))
    parts = list(spread(_segment, pages))
    return Built(
        merged(parts) if len(parts) > 1 else (parts or [segment_of(())])[0],
        last.seq if last else 0,
        last.mark if last else "",
    )


def _segment(page: list[NamedCustomer] | list[NamedContact]) -> Segment:
    return segment_of(entries_of(page))


async def build_file(order: Order) -> None:
    """Builds and writes the file, on every core where that is worth it."""
    database = open_database(order.database_url, _Clock())
    try:
        with ProcessPoolExecutor(max(1, len(os.sched_getaffinity(0))), get_context("forkserver")) as helpers:
            built = await database.read_long(lambda work: _build(work, order, helpers))
    finally:
        await database.close()
    file.write(Path(order.path), built.segment, built.position, built.mark)


def _build(work: Work, order: Order, helpers: Executor) -> Built:
    if not isinstance(work, SqlWork):
        raise TypeError("an index is built from an SQL database")
    workspace_id = WorkspaceId(order.workspace_id)
    return build(work.connection, workspace_id, helpers)


if __name__ == "__main__":
    asyncio.run(build_file(msgspec.json.decode(sys.stdin.buffer.read(), type=Order)))
