"""Databases for tests, built by the migrations: a fresh SQLite file, or the emptied database of a PostgreSQL server."""

import asyncio
import shutil
from pathlib import Path

import asyncpg
import pytest

from storage.migrating import upgrade
from storage.tables import metadata


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "kith.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite file of the test's own, with nothing in it."""
    path = tmp_path / "kith.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_url: str) -> str:
    """The address of a migrated database on a PostgreSQL server."""
    upgrade(postgres_url)
    return postgres_url


@pytest.fixture
def empty_postgres_url(migrated_postgres_url: str) -> str:
    """The address of a migrated database on a PostgreSQL server, emptied for the test."""
    asyncio.run(_empty(migrated_postgres_url))
    return migrated_postgres_url


async def _empty(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        # Faster than TRUNCATE, which makes every table and index anew.
        await connection.execute(";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)))  # noqa: S608 - names of our tables
    finally:
        await connection.close()
