"""The same queries put to rapidfuzz over every name, and to PostgreSQL's pg_trgm."""

import os
import time
from typing import Any

import asyncpg

from bots.bench.figures import percentile
from bots.bench.names import Made
from bots.bench.queries import Wanted
from core.names import normalise

_HITS = 5
_TABLE = "kith_bench_find"


def _told(found: list[tuple[int, list[int], float]]) -> dict[str, Any]:
    first = sum(hits[:1] == [wanted] for wanted, hits, _ in found)
    among = sum(wanted in hits for wanted, hits, _ in found)
    seconds = [taken for *_, taken in found]
    return {
        "n": len(found),
        "recall_at_1": round(100 * first / len(found), 2),
        "recall_at_5": round(100 * among / len(found), 2),
        "p50_ms": percentile(seconds, 0.5),
        "p99_ms": percentile(seconds, 0.99),
    }


def _rows(made: list[Made]) -> list[tuple[str, int]]:
    """Every text a record goes by, normalised where it is a name: the peers are given what can be given."""
    return [
        (text, one.number)
        for one in made
        for text in (*map(normalise, (one.name, *one.aliases)), one.phone, one.website, one.email)
        if text
    ]


def rapidfuzz(made: list[Made], queries: list[Wanted]) -> dict[str, Any]:
    """Its ratio over everything."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a benchmark is started by name

    rows = _rows(made)
    texts, numbers = [text for text, _ in rows], [number for _, number in rows]
    found = []
    for wanted in queries:
        started = time.perf_counter()
        best = process.extract(normalise(wanted.text), texts, scorer=fuzz.ratio, limit=_HITS)
        found.append((wanted.number, [numbers[place] for *_, place in best], time.perf_counter() - started))
    return _told(found)


async def pg_trgm(database_url: str, made: list[Made], queries: list[Wanted]) -> dict[str, Any] | str:
    """Its similarity over an index of its own; in words why not, where there is no server or no extension."""
    url = database_url or os.environ.get("KITH_TEST_POSTGRES_URL", "")
    if not url:
        return "not compared: no PostgreSQL was named (--database postgresql://...)"
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError) as error:
        return f"not compared: {type(error).__name__}"
    try:
        await _fill(connection, made)
        return _told([await _ask(connection, wanted) for wanted in queries])
    except asyncpg.PostgresError as error:
        return f"not compared: {error}"
    finally:
        await connection.execute(f"DROP TABLE IF EXISTS {_TABLE}")
        await connection.close()


async def _fill(connection: "asyncpg.Connection[Any]", made: list[Made]) -> None:
    await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    await connection.execute(f"DROP TABLE IF EXISTS {_TABLE}")
    await connection.execute(f"CREATE UNLOGGED TABLE {_TABLE} (text text NOT NULL, number integer NOT NULL)")
    await connection.copy_records_to_table(_TABLE, records=_rows(made), columns=["text", "number"])
    await connection.execute(f"CREATE INDEX ON {_TABLE} USING gin (text gin_trgm_ops)")
    await connection.execute(f"ANALYZE {_TABLE}")


async def _ask(connection: "asyncpg.Connection[Any]", wanted: Wanted) -> tuple[int, list[int], float]:
    text = normalise(wanted.text)
    started = time.perf_counter()
    rows = await connection.fetch(
        f"SELECT number FROM {_TABLE} WHERE text % $1 ORDER BY similarity(text, $1) DESC LIMIT {_HITS}",  # noqa: S608 - ours
        text,
    )
    return wanted.number, [row["number"] for row in rows], time.perf_counter() - started
