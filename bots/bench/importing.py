"""``kith bench import``: `kith import customers FILE` as a whole process, beside the same rows by hand-written SQL."""

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from itertools import islice
from pathlib import Path

from bots.bench.data import name_of
from bots.bench.figures import Bench, Figures
from storage.migrating import upgrade

_CUSTOMERS = 100_000
_BATCH = 4_000  # rows committed together, as the import does
# What an imported customer is: its row, its entries in the index of names, and its event.
_TABLES = ("customers", "names", "events")
_HEADERS = ("external_id", "name", "aliases", "phone", "website", "industry", "region", "address", "tags")


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=_CUSTOMERS, help=f"rows of the file ({_CUSTOMERS:,})")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as name:
        folder = Path(name)
        _write_sheet(folder / "customers.csv", options.customers)
        imported, again = (_timed_import(folder) for _ in range(2))
        floor = _timed_floor(folder)
    return Figures(
        name="import",
        n=options.customers,
        counted="customers",
        per_s=round(options.customers / imported),
        ratio=round(imported / floor, 2),
        more={"seconds": round(imported, 2), "floor_seconds": round(floor, 2), "again_seconds": round(again, 2)},
    )


def _write_sheet(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(_HEADERS)
        for number in range(count):
            aliases = f"Alias {number};A{number}" if number % 3 == 0 else ""
            tags = "vip;key" if number % 5 == 0 else ""
            contact = (f"+1 555 {number:08d}", f"https://c{number}.example")
            sheet.writerow(
                (f"x{number}", name_of(number), aliases, *contact, "Food", "Boston", f"{number} Main St", tags)
            )


def _timed_import(folder: Path) -> float:
    """The first run adds every row; the second finds that nothing has changed."""
    environment = {**os.environ, "KITH_DATABASE_URL": f"sqlite:///{folder / 'kith.db'}"}
    command = [sys.executable, "-m", "bots", "import", "customers", str(folder / "customers.csv"), "--yes"]
    started = time.perf_counter()
    subprocess.run(command, check=True, env=environment, capture_output=True)  # noqa: S603 - our own module
    return time.perf_counter() - started


def _timed_floor(folder: Path) -> float:
    """The very rows that Kith wrote, into the same tables with the same indexes, and nothing else done."""
    upgrade(f"sqlite:///{folder / 'floor.db'}")
    with sqlite3.connect(folder / "kith.db") as source:
        rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}  # noqa: S608 - ours
    target = sqlite3.connect(folder / "floor.db", isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = FULL")
    started = time.perf_counter()
    for table, found in rows.items():
        places = ", ".join("?" * len(found[0]))
        left = iter(found)
        while batch := list(islice(left, _BATCH)):
            target.execute("BEGIN IMMEDIATE")
            target.executemany(f"INSERT INTO {table} VALUES ({places})", batch)  # noqa: S608 - ours
            target.execute("COMMIT")
    taken = time.perf_counter() - started
    target.close()
    return taken


BENCH = Bench("import", "a sheet of customers, beside the same rows by hand-written SQL", _declare, _run)
