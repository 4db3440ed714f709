"""The floor under ``kith bench jobs``: rows inserted and committed one by one by the driver alone."""

import sqlite3
import time
from datetime import UTC, datetime
from typing import Any

import asyncpg

_INSERT = "INSERT INTO jobs (id, kind, lane, payload, run_at, attempts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"


async def commits_per_second(database_url: str, count: int) -> float:
    """How many such commits a second one connection makes; the rows are taken away again."""
    now = datetime.now(UTC)
    rows = [(f"floor-{number:08d}", "nothing", "", "{}", now, 0, now) for number in range(count)]
    if database_url.startswith("sqlite:///"):
        return _on_sqlite(database_url.removeprefix("sqlite:///"), rows)
    return await _on_postgres(database_url, rows)


def _on_sqlite(path: str, rows: list[tuple[Any, ...]]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    insert = _INSERT.replace("$", "?")
    started = time.perf_counter()
    for row in rows:
        texts = [value.isoformat() if isinstance(value, datetime) else value for value in row]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(insert, texts)
        connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.execute("DELETE FROM jobs")
    connection.close()
    return len(rows) / taken


async def _on_postgres(database_url: str, rows: list[tuple[Any, ...]]) -> float:
    connection = await asyncpg.connect(database_url)
    started = time.perf_counter()
    for row in rows:
        await connection.execute(_INSERT, *row)
    taken = time.perf_counter() - started
    await connection.execute("DELETE FROM jobs")
    await connection.close()
    return len(rows) / taken
