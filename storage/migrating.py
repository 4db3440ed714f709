"""Brings a database to today's tables, and tells quickly whether it is there.

Alembic takes the better part of a second to import, so it is imported only when something has to be done.
"""

import asyncio
import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from storage.database import sqlite_path
from storage.sqlite_connection import explained, open_file

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FOLDER = Path(__file__).parent / "migrations"
# Alembic keeps what it is working on in global variables.
_ONE_AT_A_TIME = Lock()
_VERSION = "SELECT version_num FROM alembic_version"
_LOCKED = (
    "SET LOCAL lock_timeout = '60s'",
    "SET LOCAL statement_timeout = '60s'",
    # Who comes second waits here, and finds everything done. The number is any, but the same in every release.
    "SELECT pg_advisory_xact_lock(5484741)",
    # A migration that cannot have its lock soon would make everybody behind it wait too.
    "SET LOCAL lock_timeout = '4s'",
)


@lru_cache
def head() -> str:
    """The last migration. They form one line and are named by date and time, which is also their revision."""
    names = (file.name.partition("_")[0] for file in (_FOLDER / "versions").glob("2*.py"))
    return max(names).replace("-", "")


def is_current(url: str) -> bool:
    """Whether the database exists and has every migration. DatabaseError when it cannot be reached."""
    path = sqlite_path(url)
    return head() == (_sqlite_version(path) if path else asyncio.run(_postgres_version(url)))


def upgrade(url: str) -> None:
    """Applies the migrations that the database does not have; of two processes at once, one does it.

    Blocks, and begins an event loop of its own, so it is not for a running one. Raises DatabaseError.
    """
    path = sqlite_path(url)
    if path:
        _upgrade_sqlite(path)
    else:
        asyncio.run(_upgrade_postgres(url))


def run_migrations(connection: "Connection") -> None:
    """Applies the migrations inside the transaction that ``connection`` is in."""
    from alembic import command  # noqa: PLC0415 - see the module's docstring
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, "head")


def _sqlite_version(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute(_VERSION).fetchone()
    except sqlite3.OperationalError:
        return None
    except sqlite3.Error as error:
        raise explained(error, path) from error
    return None if row is None else str(row[0])


def _upgrade_sqlite(path: Path) -> None:
    from sqlalchemy import create_engine  # noqa: PLC0415
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415

    with closing(open_file(path, reads_only=False)) as opened:
        engine = create_engine("sqlite://", creator=lambda: opened.driver, poolclass=StaticPool)
        try:
            with engine.connect() as connection:
                # Who comes second waits here, and finds everything done.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                run_migrations(connection)
                connection.commit()
        except DBAPIError as error:
            raise (explained(error.orig, path) if isinstance(error.orig, sqlite3.Error) else error) from error


async def _postgres_version(url: str) -> str | None:
    import asyncpg  # noqa: PLC0415

    from storage.postgres_connection import connect  # noqa: PLC0415

    connection = await connect(url)
    try:
        version = await connection.fetchval(_VERSION)
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()
    return None if version is None else str(version)


async def _upgrade_postgres(url: str) -> None:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    from storage.postgres_connection import explained as explained_by_server  # noqa: PLC0415
    from storage.postgres_connection import make_engine  # noqa: PLC0415

    engine = make_engine(url, isolation_level="READ COMMITTED")
    try:
        async with engine.begin() as connection:
            for statement in _LOCKED:
                await connection.exec_driver_sql(statement)
            await connection.run_sync(run_migrations)
    except DBAPIError as error:
        cause = error.orig.__cause__ if error.orig is not None else None
        raise explained_by_server(cause or error) from error
    finally:
        await engine.dispose()
