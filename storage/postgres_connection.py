"""Connections to PostgreSQL, their settings, and what its errors mean."""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, cast

import asyncpg
from sqlalchemy import Engine, PoolProxiedConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core.errors import ConflictError
from storage.errors import DatabaseBusyError, DatabaseError

CONNECT_SECONDS = 10
_SETTINGS = {
    "application_name": "kith",
    "lock_timeout": "4s",
    "statement_timeout": "15s",
    "idle_in_transaction_session_timeout": "60s",
    # Every statement goes through an index whatever its values; planning it each time costs more than running it.
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}
# More would only make the server's own processes wait for each other.
MOST_CONNECTIONS = 10
_POOL = {"pool_size": MOST_CONNECTIONS, "max_overflow": 0, "pool_reset_on_return": None}
# More than Kith has, so that each is prepared once on a connection.
_STATEMENTS = 512

# Another transaction was in the way; the same work, begun again, will go through.
CONFLICTS = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
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
_WORTH_COPYING = 50
_Call = Callable[["asyncpg.Connection"], Coroutine[Any, Any, Any]]
_BUSY = (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError)


class AdaptedConnection(Protocol):
    """SQLAlchemy's face of an asyncpg connection, usable inside ``AsyncConnection.run_sync``."""

    driver_connection: "asyncpg.Connection"

    def run_async(self, function: _Call) -> Any:
        """Waits for what ``function`` makes of the driver's own connection."""
        ...


class PostgresConnection:
    """``storage.connections.Connection`` over asyncpg; waits give way to other tasks of the event loop."""

    dialect = "postgresql"

    def __init__(self, adapted: AdaptedConnection) -> None:
        self._adapted = adapted
        self._await = adapted.run_async
        self._depth = 0
        self._in_transaction = False
        # Kept even when whoever asked for the statement went on: the whole unit of work must then begin again.
        self.conflict: BaseException | None = None

    @property
    def is_lost(self) -> bool:
        """Whether the server, or the way to it, has ended the connection."""
        closed: bool = self._adapted.driver_connection.is_closed()
        return closed

    def fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """The rows a statement returns."""
        rows: Sequence[Sequence[Any]] = self._run(lambda driver: driver.fetch(sql, *values))
        return rows

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement; the number of rows it touched."""
        status: str = self._run(lambda driver: driver.execute(sql, *values))
        # UPDATE 3, INSERT 0 1, BEGIN
        last = status.rpartition(" ")[2]
        return int(last) if last.isdecimal() else 0

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement once for each of ``rows``, sent without waiting in between."""
        self._run(lambda driver: driver.executemany(sql, rows))

    def fill(self, table: str, columns: Sequence[str], sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Inserts many rows; a few by the statement, more by COPY, which has a price of its own."""
        rows = list(rows)
        if len(rows) < _WORTH_COPYING:
            self.execute_many(sql, rows)
        else:
            self._run(lambda driver: driver.copy_records_to_table(table, records=rows, columns=columns))

    def begin(self, statement: str) -> None:
        """Begins a transaction."""
        self._run(lambda driver: driver.execute(statement))
        self._in_transaction = True

    def commit(self) -> None:
        """Ends the transaction and keeps what was done in it."""
        self._in_transaction = False
        self._run(lambda driver: driver.execute("COMMIT"))

    def take_back(self) -> None:
        """Ends the transaction, if one is open, and keeps nothing."""
        if self._in_transaction and not self.is_lost:
            self._in_transaction = False
            self._run(lambda driver: driver.execute("ROLLBACK"))

    def expect_no_conflict(self) -> None:
        """Raises the conflict that a part of the work came upon and passed over."""
        if self.conflict is not None:
            raise self.conflict

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is taken back alone when it raises. Raises ConflictError where a value had to be the only one."""
        if not self._in_transaction:
            yield  # where nothing is written there is nothing to take back
            return
        self._depth += 1
        name = f"part_{self._depth}"
        self.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException as error:
            if not self.is_lost:
                self.execute(f"ROLLBACK TO {name}")
            if isinstance(error, asyncpg.UniqueViolationError):
                raise explained(error) from error
            raise
        else:
            self.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    def _run(self, call: _Call) -> Any:
        try:
            return self._await(call)
        except CONFLICTS as error:
            # For who asked, the store cannot be used now; the unit of work is begun again further out.
            self.conflict = error
            raise explained(error) from error


@contextmanager
def checked_out(pool: Engine) -> Iterator[PostgresConnection]:
    """A connection of the pool. One that the server has ended, idle or in use, is not used again."""
    taken = pool.raw_connection()
    while _adapted(taken).driver_connection.is_closed():
        taken.invalidate()
        taken = pool.raw_connection()
    connection = PostgresConnection(_adapted(taken))
    try:
        yield connection
    finally:
        if connection.is_lost:
            taken.invalidate()
        else:
            taken.close()


def _adapted(taken: PoolProxiedConnection) -> AdaptedConnection:
    return cast("AdaptedConnection", taken.dbapi_connection)


async def connect(url: str) -> "asyncpg.Connection":
    """A connection of its own, outside the pool. Raises DatabaseError when there is none to be had."""
    # asyncpg reads the address itself: sockets, certificates and password files included.
    address = url.replace("postgresql+asyncpg:", "postgresql:", 1)
    try:
        return await asyncpg.connect(
            address, timeout=CONNECT_SECONDS, statement_cache_size=_STATEMENTS, server_settings=_SETTINGS
        )
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise explained(error) from error


def make_engine(url: str, *, isolation_level: str = "AUTOCOMMIT") -> AsyncEngine:
    """A pool of connections on which every statement stands alone unless a transaction is begun outright."""
    return create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: connect(url), isolation_level=isolation_level, **_POOL
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
