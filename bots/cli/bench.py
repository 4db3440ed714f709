"""``kith bench``: figures beside a floor or a peer, on a database of its own."""

import asyncio
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bots.bench import command as slash_command
from bots.bench import data, startup
from bots.bench.figures import Figures
from bots.clock import SystemClock
from storage.database import open_database
from storage.migrating import upgrade

_CUSTOMERS, _REQUESTS = 100_000, 5_000


def declare(_command: str, parser: ArgumentParser) -> None:
    """What to measure, how large, and where."""
    parser.add_argument("name", choices=("command", "startup"), help="what to measure")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--customers", type=int, default=_CUSTOMERS, help=f"rows to look in (command; {_CUSTOMERS:,})")
    parser.add_argument("--requests", type=int, default=_REQUESTS, help=f"requests to make (command; {_REQUESTS:,})")
    parser.add_argument(
        "--database",
        default="",
        help="an empty database to fill, or one that an earlier run filled; else a new SQLite file",
    )


def run(options: Namespace) -> None:
    """Measures and prints; JSON as ``{"name", "n", "p50_ms", "p99_ms", "per_s", …}``."""
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        figures = _measured(options, options.database or f"sqlite:///{Path(folder) / 'bench.db'}")
    print(figures.as_json() if options.json else _table(figures))  # noqa: T201 - its output


def _measured(options: Namespace, database_url: str) -> Figures:
    if options.name == "startup":
        return startup.measure(database_url)
    return asyncio.run(_command_bench(options, database_url))


async def _command_bench(options: Namespace, database_url: str) -> Figures:
    await asyncio.to_thread(upgrade, database_url)
    database = open_database(database_url, SystemClock())
    try:
        await data.fill(database, options.customers)
    finally:
        await database.close()
    return await slash_command.measure(database_url, options.customers, options.requests)


def _table(figures: Figures) -> str:
    known = {
        "requests": figures.n,
        "p50 ms": figures.p50_ms,
        "p99 ms": figures.p99_ms,
        "per second": figures.per_s,
        "floor p50 ms": figures.floor_p50_ms,
        "ratio of the medians": figures.ratio,
        **{name.replace("_", " "): value for name, value in figures.more.items()},
    }
    width = max(len(name) for name in known)
    rows = (f"  {name.ljust(width)}  {value}" for name, value in known.items() if value is not None)
    return "\n".join((f"kith bench {figures.name}", *rows))
