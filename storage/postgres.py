"""PostgreSQL: the same plain functions, run where waiting for the server gives way to other tasks.

A unit of work that writes sees one state of the database and fails when another has changed what it is about to
change; it is then run again. So nothing is lost between reading a record and saving it, on any number of processes.
"""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import asyncpg
from sqlalchemy import Connection

from core.clock import Clock
from core.work import Work
from storage.errors import DatabaseClosedError
from storage.postgres_connection import (
    CONFLICTS,
    LOST,
    AdaptedConnection,
    PostgresConnection,
    explained,
    make_engine,
)
from storage.postgres_signals import CHANNEL, Listener
from storage.signals import Callback, Subscribers
from storage.work import SqlWork

T = TypeVar("T")

# How often a unit of work is begun, and the first pause between, in seconds; each further one may be twice as long.
MOST_ATTEMPTS = 10
_PAUSE = 0.004
_BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ"
_BEGIN_LONG = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '10min'"


class _BeforeCommitError(Exception):
    """The connection was lost before the commit was asked for, so nothing was kept."""


class PostgresDatabase:
    """``core.work.Database`` on a server."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._url = url
        self._clock = clock
        self._engine = make_engine(url)
        self._subscribers = Subscribers()
        self._listener: Listener | None = None
        self._closed = False

    async def read(self, function: Callable[[Work], T]) -> T:
        """Runs ``function``, each statement on the latest state."""
        return await self._run(self._reading, function)

    async def read_long(self, function: Callable[[Work], T]) -> T:
        """Runs a ``function`` that reads for long, on one state of the database."""
        return await self._run(self._reading_long, function)

    async def write(self, function: Callable[[Work], T]) -> T:
        """Runs ``function`` in a transaction and returns when it is committed."""
        return await self._run(self._writing, function)

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
        await self._engine.dispose()

    async def _run(self, way: Callable[[Connection, Callable[[Work], T]], T], function: Callable[[Work], T]) -> T:
        last: BaseException | None = None
        for attempt in range(MOST_ATTEMPTS):
            if self._closed:
                raise DatabaseClosedError("the database is closed")
            try:
                async with self._engine.connect() as connection:
                    return await connection.run_sync(way, function)
            except (*CONFLICTS, _BeforeCommitError) as error:
                last = error
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
                raise explained(error) from error
            # Those who got in each other's way do not come back together.
            await asyncio.sleep(random.random() * _PAUSE * 2**attempt)  # noqa: S311 - nothing is kept secret by it
        raise explained(last.__cause__ or last if last else OSError()) from last

    def _reading(self, connection: Connection, function: Callable[[Work], T]) -> T:
        try:
            return function(SqlWork(_checked(connection), self._clock.now()))
        except LOST as error:
            connection.invalidate()
            raise _BeforeCommitError from error

    def _reading_long(self, connection: Connection, function: Callable[[Work], T]) -> T:
        opened = _checked(connection)
        try:
            opened.execute(_BEGIN_LONG)
            return function(SqlWork(opened, self._clock.now()))
        finally:
            _take_back(connection, opened)

    def _writing(self, connection: Connection, function: Callable[[Work], T]) -> T:
        opened = _checked(connection)
        try:
            opened.execute(_BEGIN)
            work = SqlWork(opened, self._clock.now())
            result = function(work)
            for topic, payload in dict.fromkeys(work.signals):
                opened.execute("SELECT pg_notify($1, $2)", (CHANNEL, f"{topic} {payload}"))
            if opened.conflict is not None:
                raise opened.conflict
        except BaseException as error:
            _take_back(connection, opened)
            if opened.conflict is not None:
                raise opened.conflict from error
            if isinstance(error, LOST):
                raise _BeforeCommitError from error
            raise
        _commit(connection, opened)
        return result


def _checked(connection: Connection) -> PostgresConnection:
    """The driver's connection; another one when the server closed it while it was idle."""
    adapted = _adapted(connection)
    if adapted.driver_connection.is_closed():
        connection.invalidate()
        adapted = _adapted(connection)
    return PostgresConnection(adapted)


def _adapted(connection: Connection) -> AdaptedConnection:
    return cast("AdaptedConnection", connection.connection.dbapi_connection)


def _take_back(connection: Connection, opened: PostgresConnection) -> None:
    with suppress(*LOST):
        opened.execute("ROLLBACK")
        return
    connection.invalidate()


def _commit(connection: Connection, opened: PostgresConnection) -> Any:
    try:
        opened.execute("COMMIT")
    except LOST:
        connection.invalidate()
        raise
