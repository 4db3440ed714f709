"""A connection to an SQLite file, its settings, and what its errors mean."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from core.errors import ConflictError
from storage.errors import DatabaseBusyError, DatabaseError

# Parameters of a statement that inserts many rows; SQLite takes 32,766. Few rows cost more than one at a time, for each
# such statement sets a savepoint of its own.
_VARIABLES = 8_000
# How long to wait for another process that writes, in seconds.
BUSY_SECONDS = 10
# Bytes of the file that are read without a call where the system has them in memory; fewer beside an index of names,
# which wants the memory too.
MAPPED, MAPPED_BESIDE_INDEX = 1 << 30, 1 << 26
_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32000",  # kibibytes
)
_WRITER_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    # NORMAL does not promise that an acknowledged delivery survives a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 67108864",
)
_TAKEN = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_MEANINGS = {
    "SQLITE_FULL": "the disk is full; nothing was kept",
    "SQLITE_READONLY": "the database file or its folder cannot be written to",
    "SQLITE_CANTOPEN": "the database file cannot be opened",
    "SQLITE_IOERR": "the disk failed while it was read or written; nothing was kept",
    "SQLITE_CORRUPT": "the database file is damaged; restore it from a backup",
    "SQLITE_NOTADB": "the file is not a database",
}


class SqliteConnection:
    """``storage.connections.Connection`` over the standard library's driver, with transactions said outright."""

    dialect = "sqlite"

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver
        self._depth = 0

    @property
    def driver(self) -> sqlite3.Connection:
        """The driver's own connection, for what is not a statement."""
        return self._driver

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open. A full disk ends one by itself."""
        return self._driver.in_transaction

    def fetch(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows a statement returns."""
        return self._driver.execute(sql, values).fetchall()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Runs a statement; the number of rows it touched."""
        return self._driver.execute(sql, values).rowcount

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement once for each of ``rows``."""
        self._driver.executemany(sql, rows)

    def fill(self, table: str, columns: Sequence[str], sql: str, rows: Iterable[Sequence[Any]]) -> None:  # noqa: ARG002
        """Inserts many rows, as many with each run as a statement may have parameters for."""
        rows, together = list(rows), _VARIABLES // len(columns)
        whole = len(rows) // together * together
        starts = range(0, whole, together)
        if starts:
            head, _, one = sql.rpartition("VALUES ")
            many = f"{head}VALUES {', '.join([one] * together)}"
            parts = (rows[start : start + together] for start in starts)
            self._driver.executemany(many, (list(chain.from_iterable(part)) for part in parts))
        self._driver.executemany(sql, rows[whole:])

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Every read inside sees the same state of the database."""
        self._driver.execute("BEGIN")
        try:
            yield
        finally:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is taken back alone when it raises. Raises ConflictError where a value had to be the only one."""
        self._depth += 1
        name = f"part_{self._depth}"
        self._driver.execute(f"SAVEPOINT {name}")
        try:
            yield
        except BaseException as error:
            if self._driver.in_transaction:
                self._driver.execute(f"ROLLBACK TO {name}")
                self._driver.execute(f"RELEASE {name}")
            if isinstance(error, sqlite3.IntegrityError):
                raise explained(error) from error
            raise
        else:
            self._driver.execute(f"RELEASE {name}")
        finally:
            self._depth -= 1

    def close(self) -> None:
        """Closes the file."""
        self._driver.close()


def open_file(path: Path, *, reads_only: bool, mapped: int = MAPPED) -> SqliteConnection:
    """A connection to the file, which is made when there is none. Raises DatabaseError when that is impossible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The writer's connection is opened here and used by its thread alone.
        driver = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=reads_only, cached_statements=512
        )
        driver.execute(f"PRAGMA mmap_size = {mapped}")
        for setting in (*_SETTINGS, *(("PRAGMA query_only = ON",) if reads_only else _WRITER_SETTINGS)):
            driver.execute(setting)
    except OSError as error:
        raise DatabaseError(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    except sqlite3.Error as error:
        raise explained(error, path) from error
    return SqliteConnection(driver)


def explained(error: sqlite3.Error, path: Path | None = None) -> DatabaseError | ConflictError:
    """What went wrong, in words for whoever runs Kith; ConflictError where a value had to be the only one."""
    name: str = getattr(error, "sqlite_errorname", None) or ""
    if name in _TAKEN:
        return ConflictError("taken")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusyError(f"another process has been writing for more than {BUSY_SECONDS} seconds")
    if "no such table" in str(error):
        return DatabaseError("the database has not been set up; run: kith db upgrade")
    meaning = next((words for start, words in _MEANINGS.items() if name.startswith(start)), str(error))
    return DatabaseError(f"{meaning} ({path})" if path else meaning)
