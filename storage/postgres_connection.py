"""Connections to PostgreSQL, their settings, and what its errors mean."""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import ConflictError
from storage.errors import DatabaseBusyError, DatabaseError

CONNECT_SECONDS = 10
_SETTINGS = {
    "application_name": "kith",
    "lock_timeout": "4s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
}
_POOL = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 15}
# More than Kith has, so that each is prepared once on a connection.
_STATEMENTS = 512

# Another transaction was in the way; the same work, begun again, will go through.
CONFLICTS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
# The connection is gone, and with it what was not committed.
LOST = (asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.AdminShutdownError, OSError)
_MEANINGS: tuple[tuple[type[BaseException], str], ...] = (
    (asyncpg.UndefinedTableError, "the database has not been set up; run: kith db upgrade"),
    (asyncpg.InvalidCatalogNameError, "there is no such database on the server; create it first"),
    (asyncpg.InvalidAuthorizationSpecificationError, "the server did not accept the user name or password"),
    (asyncpg.InsufficientPrivilegeError, "the user may not do this in the database"),
    (asyncpg.DiskFullError, "the server's disk is full; nothing was kept"),
    (asyncpg.TooManyConnectionsError, "the server has no connection left"),
    (asyncpg.CannotConnectNowError, "the server is starting or stopping"),
    (asyncpg.ReadOnlySQLTransactionError, "the server takes no writes; it is a replica"),
    (OSError, "the server cannot be reached"),
    (asyncpg.InterfaceError, "the connection to the server was lost"),
    (asyncpg.PostgresConnectionError, "the connection to the server was lost"),
)
_BUSY = (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError)


class AdaptedConnection(Protocol):
    """SQLAlchemy's face of an asyncpg connection, usable inside ``AsyncConnection.run_sync``."""

    driver_connection: "asyncpg.Connection"

    def run_async(self, function: Callable[["asyncpg.Connection"], Coroutine[Any, Any, Any]]) -> Any:
        """Waits for what ``function`` makes of the driver's own connection."""
        ...


class PostgresConnection:
    """``storage.connections.Connection`` over asyncpg; waits give way to other tasks of the event loop."""

    dialect = "postgresql"

    def __init__(self, adapted: AdaptedConnection) -> None:
        self._await = adapted.run_async
        self._depth = 0
        # Kept even when whoever asked for the statement went on: the whole unit of work must then begin again.
        self.conflict: BaseException | None = None

    def fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """The rows a statement returns."""
        try:
            rows: Sequence[Sequence[Any]] = self._await(lambda driver: driver.fetch(sql, *values))
        except CONFLICTS as error:
            self.conflict = error
            raise
        return rows

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement; the number of rows it touched."""
        try:
            status: str = self._await(lambda driver: driver.execute(sql, *values))
        except CONFLICTS as error:
            self.conflict = error
            raise
        # UPDATE 3, INSERT 0 1, BEGIN
        last = status.rpartition(" ")[2]
        return int(last) if last.isdecimal() else 0

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement once for each of ``rows``, sent without waiting in between."""
        try:
            self._await(lambda driver: driver.executemany(sql, rows))
        except CONFLICTS as error:
            self.conflict = error
            raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is taken back alone when it raises. Raises ConflictError where a value had to be the only one."""
        self._depth += 1
        name = f"part_{self._depth}"
        self.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException as error:
            if not isinstance(error, LOST):
                self.execute(f"ROLLBACK TO {name}")
            if isinstance(error, asyncpg.UniqueViolationError):
                raise explained(error) from error
            raise
        else:
            self.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1


async def connect(url: str) -> "asyncpg.Connection":
    """A connection of its own, outside the pool. Raises DatabaseError when there is none to be had."""
    try:
        return await _connect(url)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise explained(error) from error


def make_engine(url: str) -> AsyncEngine:
    """A pool of connections on which every statement stands alone unless it is told to begin."""
    return create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: _connect(url), isolation_level="AUTOCOMMIT", **_POOL
    )


async def _connect(url: str) -> "asyncpg.Connection":
    # asyncpg reads the address itself: sockets, certificates and password files included.
    address = url.replace("postgresql+asyncpg:", "postgresql:", 1)
    return await asyncpg.connect(
        address, timeout=CONNECT_SECONDS, statement_cache_size=_STATEMENTS, server_settings=_SETTINGS
    )


def explained(error: BaseException) -> DatabaseError | ConflictError:
    """What went wrong, in words for whoever runs Kith; ConflictError where a value had to be the only one."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return ConflictError("taken")
    if isinstance(error, (*_BUSY, *CONFLICTS)):
        return DatabaseBusyError("the database was busy for longer than Kith waits")
    # The server's own words may hold what people wrote, and errors are logged.
    unknown = f"the server refused: {type(error).__name__}"
    return DatabaseError(next((words for kind, words in _MEANINGS if isinstance(error, kind)), unknown))
