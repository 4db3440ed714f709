"""PostgreSQL: the same plain functions, run where waiting for the server gives way to other tasks.

A unit of work that writes sees one state of the database and fails when another has changed what it is about to
change; it is then run again. So nothing is lost between reading a record and saving it, on any number of processes.
"""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import asyncpg
from sqlalchemy.util import greenlet_spawn

from core.clock import Clock
from core.work import Work
from storage.errors import DatabaseBusyError, DatabaseClosedError
from storage.postgres_connection import (
    MOST_CONNECTIONS,
    PostgresConnection,
    checked_out,
    explained,
    make_engine,
)
from storage.postgres_signals import CHANNEL, Listener
from storage.signals import Callback, Subscribers
from storage.work import Indexes, SqlWork

T = TypeVar("T")

# How often a unit of work is begun, and the first pause between, in seconds; each further one may be twice as long.
MOST_ATTEMPTS = 10
_PAUSE = 0.004
_WAIT_SECONDS = 15
_CONTENDED = "BEGIN ISOLATION LEVEL READ COMMITTED"
_WRITING = "BEGIN ISOLATION LEVEL REPEATABLE READ"
_READING_LONG = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '10min'"


class _BeginAgainError(Exception):
    """Nothing was kept, and the same work may go through when it is begun again. Its cause says why it did not."""


class PostgresDatabase:
    """``core.work.Database`` on a server."""

    def __init__(self, url: str, clock: Clock, indexes: Indexes | None = None) -> None:
        self._url = url
        self._indexes = indexes
        self._clock = clock
        # One hop from the event loop to plain functions and back, and the pool's own connections: a hop each for
        # connecting, running and closing would cost as much as a whole look-up.
        self._pool = make_engine(url).sync_engine
        self._spare = asyncio.Semaphore(MOST_CONNECTIONS)
        self._subscribers = Subscribers()
        self._listener: Listener | None = None
        self._closed = False

    async def read(self, function: Callable[[Work], T]) -> T:
        """Runs ``function``, each statement on the latest state."""
        return await self._run(self._read, function)

    async def read_long(self, function: Callable[[Work], T]) -> T:
        """Runs a ``function`` that reads for long, on one state of the database."""
        return await self._run(self._read_long, function)

    async def write(
        self,
        function: Callable[[Work], T],
        *,
        contended: bool = False,
        urgent: bool = False,  # noqa: ARG002 - nobody waits for another's transaction
    ) -> T:
        """Runs ``function`` in a transaction and returns when it is committed."""
        return await self._run(self._write_contended if contended else self._write, function)

    def subscribe(self, topic: str, callback: Callback) -> Callable[[], None]:
        """Calls ``callback`` with the payload of every signal on ``topic``, whichever process commits it."""
        remove = self._subscribers.add(topic, callback)
        if self._listener is None:
            self._listener = Listener(self._url, self._subscribers)
        return remove

    async def close(self) -> None:
        """Closes every connection."""
        self._closed = True
        if self._listener is not None:
            await self._listener.close()
        await greenlet_spawn(self._pool.dispose)

    async def _run(self, way: Callable[[Callable[[Work], T]], T], function: Callable[[Work], T]) -> T:
        last: BaseException = OSError()
        for attempt in range(MOST_ATTEMPTS):
            if self._closed:
                raise DatabaseClosedError("the database is closed")
            try:
                return await self._try(way, function)
            except _BeginAgainError as error:
                last = error.__cause__ or error
            except asyncpg.DataError:
                raise  # a value that no server takes: to wait and try again is of no use
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                raise explained(error) from error
            # Those who got in each other's way do not come back together.
            await asyncio.sleep(random.random() * _PAUSE * 2**attempt)  # noqa: S311 - nothing is kept secret by it
        raise explained(last) from last

    async def _try(self, way: Callable[[Callable[[Work], T]], T], function: Callable[[Work], T]) -> T:
        # In line, because whoever has just given a connection back would otherwise take it again before the others.
        if self._spare.locked():
            await self._wait_in_line()
        else:
            await self._spare.acquire()
        try:
            return await greenlet_spawn(way, function)
        finally:
            self._spare.release()

    async def _wait_in_line(self) -> None:
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._spare.acquire()
        except TimeoutError as error:
            raise DatabaseBusyError("every connection to the database is in use") from error

    def _read(self, function: Callable[[Work], T]) -> T:
        with checked_out(self._pool) as connection, _begun_again(connection):
            return function(SqlWork(connection, self._clock.now(), self._indexes))

    def _read_long(self, function: Callable[[Work], T]) -> T:
        with checked_out(self._pool) as connection, _begun_again(connection):
            connection.begin(_READING_LONG)
            result = function(SqlWork(connection, self._clock.now(), self._indexes))
            connection.take_back()  # there is nothing to keep, and whoever has the connection next may want to write
            return result

    def _write_contended(self, function: Callable[[Work], T]) -> T:
        return self._write(function, _CONTENDED)

    def _write(self, function: Callable[[Work], T], beginning: str = _WRITING) -> T:
        with checked_out(self._pool) as connection:
            with _begun_again(connection):
                connection.begin(beginning)
                work = SqlWork(connection, self._clock.now(), self._indexes, writes=True)
                result = function(work)
                for topic, payload in dict.fromkeys(work.signals):
                    connection.fetch("SELECT pg_notify($1, $2)", (CHANNEL, f"{topic} {payload}"))
            # Past this point nobody but the server knows whether it was kept, so it is not begun again.
            connection.commit()
            return result


@contextmanager
def _begun_again(connection: PostgresConnection) -> Iterator[None]:
    """Takes the transaction back when what is inside fails, and tells whether it may be begun again."""
    try:
        yield
        connection.expect_no_conflict()
    except BaseException as error:
        connection.take_back()
        if connection.conflict is not None:
            raise _BeginAgainError from connection.conflict
        if connection.is_lost:
            raise _BeginAgainError from error
        raise
