"""The one thread that writes to an SQLite file."""

import asyncio
import contextvars
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread
from typing import Any

from core.clock import Clock
from core.work import Work
from storage.errors import DatabaseClosedError, DatabaseError
from storage.sqlite_connection import SqliteConnection, explained
from storage.sqlite_line import Line
from storage.work import Indexes, SqlWork


class _TransactionLostError(Exception):
    """The database took back the whole transaction, as it does when the disk is full: every unit's part is gone."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


class Unit:
    """A function that waits to be written, and the future of whoever waits for it."""

    def __init__(self, function: Callable[[Work], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.function = function
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()
        self.context = contextvars.copy_context()
        self.result: Any = None
        self.error: BaseException | None = None
        self.signals: list[tuple[str, str]] = []

    def settle(self) -> None:
        """Tells whoever waits, in their event loop."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer(Thread):
    """Runs units of work and commits those that wait together, first those that somebody waits for."""

    def __init__(
        self,
        connection: SqliteConnection,
        clock: Clock,
        tell: Callable[[Iterable[tuple[str, str]]], None],
        indexes: Indexes | None = None,
    ) -> None:
        super().__init__(name="kith-writer", daemon=True)
        self._connection = connection
        self._clock = clock
        self._indexes = indexes
        self._tell = tell
        self._waiting: Line[Unit] = Line()

    def submit(self, unit: Unit, *, urgent: bool = False) -> None:
        """Takes a unit of work; its future is settled after the commit."""
        self._waiting.put(unit, urgent=urgent)

    def end(self) -> None:
        """Returns when everything that was submitted is written and the file is closed."""
        self._waiting.end()
        self.join()

    def run(self) -> None:
        """Writes until it is told to end."""
        while units := self._waiting.take():
            self._write(units)
        self._connection.close()
        self._refuse_latecomers()

    def _write(self, units: list[Unit]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for unit in units:
                self._run(unit)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._give_up(units, error)
        except _TransactionLostError as lost:
            self._give_up(units, lost.error)
        _settle(units)
        self._tell(signal for unit in units if unit.error is None for signal in unit.signals)

    def _run(self, unit: Unit) -> None:
        try:
            with self._connection.savepoint():
                work = SqlWork(self._connection, self._clock.now(), self._indexes, writes=True)
                unit.result = unit.context.run(unit.function, work)
                unit.signals = work.signals
        except BaseException as error:
            unit.error = explained(error) if isinstance(error, sqlite3.Error) else error
            if not self._connection.in_transaction:
                raise _TransactionLostError(error) from error

    def _give_up(self, units: list[Unit], error: BaseException) -> None:
        """Nothing of this transaction was kept: whoever waits is told so, and the next one begins afresh."""
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        told = explained(error) if isinstance(error, sqlite3.Error) else DatabaseError("nothing was kept")
        for unit in units:
            unit.error = unit.error or told

    def _refuse_latecomers(self) -> None:
        while units := self._waiting.take():
            for unit in units:
                unit.error = DatabaseClosedError("the database was closed")
            _settle(units)


def _settle(units: list[Unit]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Unit]] = {}
    for unit in units:
        by_loop.setdefault(unit.loop, []).append(unit)
    for loop, of_loop in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, of_loop)


def _settle_all(units: list[Unit]) -> None:
    for unit in units:
        unit.settle()
