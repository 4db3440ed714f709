"""Looks through every table for a word: SQL of the benchmark's own, so that no repository can hide a row from it."""

import sqlite3
from contextlib import closing

import asyncpg

from storage.database import sqlite_path


async def rows_with(url: str, word: str) -> int:
    """How many rows of whatever table hold ``word`` anywhere."""
    path = sqlite_path(url)
    return await _in_postgres(url, word) if path is None else _in_sqlite(str(path), word)


def _in_sqlite(path: str, word: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"'))  # noqa: S608 - our tables
        return sum(word in str(row) for row in rows)


async def _in_postgres(url: str, word: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = 0
        for (table,) in tables:
            asked = f'SELECT count(*) FROM "{table}" AS each WHERE each::text LIKE $1'  # noqa: S608 - our tables
            found += await connection.fetchval(asked, f"%{word}%")
        return found
    finally:
        await connection.close()
