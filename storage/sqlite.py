"""SQLite: reads where they are asked for, writes on one thread that commits what waits together.

A hop to a thread costs more than a warm indexed read. Many writers at once get in each other's way; one that runs the
waiting units of work one after another, each in a savepoint, shares the price of an fsync among them.
"""

import asyncio
import contextvars
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from core.clock import Clock
from core.work import Work
from storage.errors import DatabaseClosedError
from storage.signals import Callback, Subscribers
from storage.sqlite_connection import MAPPED, MAPPED_BESIDE_INDEX, SqliteConnection, explained, open_file
from storage.sqlite_writer import Unit, Writer
from storage.work import Indexes, SqlWork

T = TypeVar("T")


class SqliteDatabase:
    """``core.work.Database`` in one file. Connections and threads are made when they are first needed."""

    def __init__(self, path: Path, clock: Clock, indexes: Indexes | None = None) -> None:
        self._path = path
        self._indexes = indexes
        self._clock = clock
        self._subscribers = Subscribers()
        self._reader: SqliteConnection | None = None
        self._writer: Writer | None = None
        self._long_reads: ThreadPoolExecutor | None = None
        self._mapped = MAPPED if indexes is None else MAPPED_BESIDE_INDEX
        self._closed = False

    async def read(self, function: Callable[[Work], T]) -> T:
        """Runs ``function`` on the spot, on one state of the database."""
        self._expect_open()
        if self._reader is None:
            self._reader = open_file(self._path, reads_only=True, mapped=self._mapped)
        return self._read(self._reader, function)

    async def read_long(self, function: Callable[[Work], T]) -> T:
        """Runs a ``function`` that reads for long on a thread of its own."""
        self._expect_open()
        if self._long_reads is None:
            self._long_reads = ThreadPoolExecutor(1, thread_name_prefix="kith-long-reads")
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(
            self._long_reads, lambda: context.run(self._read_apart, function)
        )

    async def write(
        self,
        function: Callable[[Work], T],
        *,
        contended: bool = False,  # noqa: ARG002 - one writer
        urgent: bool = False,
    ) -> T:
        """Hands ``function`` to the writer and returns when it is committed."""
        self._expect_open()
        if self._writer is None:
            self._writer = Writer(
                open_file(self._path, reads_only=False), self._clock, self._subscribers.tell, self._indexes
            )
            self._writer.start()
        unit = Unit(function, asyncio.get_running_loop())
        self._writer.submit(unit, urgent=urgent)
        result: T = await unit.future
        return result

    def subscribe(self, topic: str, callback: Callback) -> Callable[[], None]:
        """Calls ``callback`` with the payload of every signal on ``topic`` that this process commits."""
        return self._subscribers.add(topic, callback)

    async def close(self) -> None:
        """Lets the writer end what it was given, and closes the connections."""
        self._closed = True
        loop = asyncio.get_running_loop()
        if self._writer is not None:
            await loop.run_in_executor(None, self._writer.end)
        if self._long_reads is not None:
            await loop.run_in_executor(None, self._long_reads.shutdown)
        if self._reader is not None:
            self._reader.close()

    def _read_apart(self, function: Callable[[Work], T]) -> T:
        connection = open_file(self._path, reads_only=True, mapped=self._mapped)
        try:
            return self._read(connection, function)
        finally:
            connection.close()

    def _expect_open(self) -> None:
        if self._closed:
            raise DatabaseClosedError("the database is closed")

    def _read(self, connection: SqliteConnection, function: Callable[[Work], T]) -> T:
        try:
            with connection.one_state():
                return function(SqlWork(connection, self._clock.now(), self._indexes))
        except sqlite3.Error as error:
            raise explained(error) from error
