"""Opens the database that an address names, importing only what that one needs."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.clock import Clock
from core.work import Database
from storage.errors import DatabaseError

if TYPE_CHECKING:
    from storage.work import Indexes


def sqlite_path(url: str) -> Path | None:
    """The file of ``sqlite:///var/kith.db`` (relative) or ``sqlite:////var/kith.db``; None for another database."""
    start = "sqlite:///"
    if not url.startswith("sqlite:"):
        return None
    path = url.removeprefix(start).partition("?")[0]
    if not url.startswith(start) or path in {"", ":memory:"}:
        raise DatabaseError("SQLite needs a file, such as sqlite:///var/kith.db")
    return Path(path)


def open_database(url: str, clock: Clock, indexes: "Indexes | None" = None) -> Database:
    """The database at ``url``; nothing is connected before it is used. DatabaseError for an address of no such kind.

    ``indexes`` are the names that the process holds in memory, if it does.
    """
    path = sqlite_path(url)
    if path is not None:
        from storage.sqlite import SqliteDatabase  # noqa: PLC0415 - see the module's first line

        return SqliteDatabase(path, clock, indexes)
    if url.startswith(("postgresql:", "postgres:", "postgresql+asyncpg:")):
        from storage.postgres import PostgresDatabase  # noqa: PLC0415 - see the module's first line

        return PostgresDatabase(url, clock, indexes)
    raise DatabaseError("KITH_DATABASE_URL must begin with sqlite:/// or postgresql://")
