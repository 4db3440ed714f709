"""The migrations form one line and arrive at the tables that the queries are written for, on both databases."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import migrations
from storage.migrating import head, is_current, upgrade
from storage.postgres_connection import make_engine
from storage.tables import metadata

_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
_COLUMNS = (
    "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default, ordinal_position "
    "FROM information_schema.columns WHERE table_schema = '{schema}' AND table_name <> 'alembic_version'"
)
_INDEXES = (
    "SELECT replace(indexdef, '{schema}.', '') FROM pg_indexes "
    "WHERE schemaname = '{schema}' AND tablename <> 'alembic_version'"
)
_CONSTRAINTS = (
    "SELECT conname, replace(pg_get_constraintdef(pg_constraint.oid), '{schema}.', '') FROM pg_constraint "
    "JOIN pg_namespace ON pg_namespace.oid = connamespace "
    "WHERE nspname = '{schema}' AND conname <> 'alembic_version_pkc'"
)


@pytest.fixture
def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_one_line_that_ends_where_the_names_say(scripts: ScriptDirectory) -> None:
    """There is one head, and it is the last by name, which is how a start tells that nothing is to be done."""
    assert scripts.get_heads() == [head()]
    assert len(scripts.get_bases()) == 1


def test_files_are_named_by_their_revision(scripts: ScriptDirectory) -> None:
    """A migration's file begins with the date and time that its revision is."""
    for script in scripts.walk_revisions():
        assert Path(script.path).name.partition("_")[0].replace("-", "") == script.revision


def test_sqlite_arrives_at_the_tables(sqlite_template: Path, tmp_path: Path) -> None:
    """What the tables say, with every index and constraint; SQLite writes a column that is added behind the others."""
    engine = create_engine(f"sqlite:///{tmp_path}/tables.db")
    metadata.create_all(engine)
    engine.dispose()

    def objects(path: Path) -> set[tuple[str, str, str]]:
        with closing(sqlite3.connect(path)) as connection:
            return {(kind, name, _parts(sql)) for kind, name, sql in connection.execute(_OBJECTS)}

    assert objects(sqlite_template) == objects(tmp_path / "tables.db")


def _parts(sql: str) -> str:
    """A statement with what it says of each column and constraint in the order of the alphabet."""
    head, _, body = " ".join(sql.split()).partition("(")
    closed = body.rpartition(")")[0]
    parts = re.split(r",\s*(?![^()]*\))", closed)
    return f"{head}({', '.join(sorted(part.strip() for part in parts))}){body.rpartition(')')[2]}"


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_alembic_sees_no_drift_on_sqlite(sqlite_template: Path) -> None:
    """Asked for what is missing, Alembic finds nothing."""
    engine = create_engine(f"sqlite:///{sqlite_template}")
    with engine.connect() as connection:
        assert _differences(connection) == []
    engine.dispose()


@pytest.mark.postgres
def test_postgres_arrives_at_the_tables(migrated_postgres_url: str) -> None:
    """Columns, collations, indexes and constraints are those that the tables say."""

    async def compare() -> None:
        async with _connected(migrated_postgres_url) as connection:
            assert await connection.run_sync(_differences) == []
            await connection.exec_driver_sql("CREATE SCHEMA tables")
            await connection.exec_driver_sql("SET LOCAL search_path = tables")
            await connection.run_sync(metadata.create_all)
            for question in (_COLUMNS, _INDEXES, _CONSTRAINTS):
                answers = [
                    {tuple(row) for row in await connection.exec_driver_sql(question.format(schema=schema))}
                    for schema in ("public", "tables")
                ]
                assert answers[0] == answers[1]
                assert answers[0]
            await connection.rollback()

    asyncio.run(compare())


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = make_engine(url, isolation_level="READ COMMITTED")
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


def _differences(connection: Connection) -> list[Any]:
    found: list[Any] = compare_metadata(MigrationContext.configure(connection), metadata)
    return found


def _postgres_url_of_an_empty_database(postgres_server: str) -> str:
    base, _, query = postgres_server.partition("?")
    return f"{base.rpartition('/')[0]}/kith_test_twice" + (f"?{query}" if query else "")


async def _on_server(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    await connection.execute(statement)
    await connection.close()


def _upgraded_by_two(url: str) -> None:
    assert not is_current(url)
    command = [sys.executable, "-c", f"from storage.migrating import upgrade; upgrade({url!r})"]
    running = [subprocess.Popen(command) for _ in range(2)]  # noqa: S603 - our own words
    assert [each.wait() for each in running] == [0, 0]
    assert is_current(url)
    upgrade(url)
    assert is_current(url)


def test_two_at_once_on_sqlite(tmp_path: Path) -> None:
    """Two processes that start together do not get in each other's way; a third finds nothing to do."""
    _upgraded_by_two(f"sqlite:///{tmp_path}/folder/kith.db")


@pytest.mark.postgres
def test_two_at_once_on_postgres(postgres_server: str) -> None:
    """The same on a server, where one waits for the other's lock."""
    url = _postgres_url_of_an_empty_database(postgres_server)
    asyncio.run(_on_server(postgres_server, "CREATE DATABASE kith_test_twice"))
    try:
        _upgraded_by_two(url)
    finally:
        asyncio.run(_on_server(postgres_server, "DROP DATABASE kith_test_twice WITH (FORCE)"))


def test_older_database_is_not_current(sqlite_url: str) -> None:
    """A database that lacks the last migration, or knows another, is to be upgraded."""
    assert is_current(sqlite_url)
    path = sqlite_url.removeprefix("sqlite:///")
    changes: list[Callable[[sqlite3.Connection], object]] = [
        lambda connection: connection.execute("UPDATE alembic_version SET version_num = '2'"),
        lambda connection: connection.execute("DELETE FROM alembic_version"),
        lambda connection: connection.execute("DROP TABLE alembic_version"),
    ]
    for change in changes:
        with closing(sqlite3.connect(path)) as connection, connection:
            change(connection)
        assert not is_current(sqlite_url)
