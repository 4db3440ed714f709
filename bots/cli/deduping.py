"""``kith dedupe``: rows of a plain sheet that mean the same, or of two sheets, for machines."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from adapters.files.opening import open_sheet
from core.duplicates.finding import THRESHOLD, find_duplicates, link
from core.duplicates.sheets import Identified, aligned, identified
from core.sheets.cells import as_text


def declare(_command: str, parser: ArgumentParser) -> None:
    """``FILE [OTHER]``, and how sure to be."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="CSV, TSV or XLSX, with headers; the column id names rows"
    )
    parser.add_argument(
        "other", metavar="OTHER", type=Path, nargs="?", help="a second sheet to find the first's rows in"
    )
    parser.add_argument("--json", action="store_true", help='{"a", "b", "score"} on a line for each pair')
    parser.add_argument(
        "--threshold", type=float, default=THRESHOLD, help=f"how sure to be, from 0 to 1 (default: {THRESHOLD})"
    )


def run(options: Namespace) -> None:
    """Within one sheet each pair of a cluster; across two each row once at most. In the order of the first sheet."""
    one = _read(options.file)
    other = _read(options.other) if options.other else None
    for first, second, score in _pairs(one, other, options.threshold):
        found = {"a": first, "b": second, "score": round(score, 4)}
        # Output of a filter, made for the next program.
        print(json.dumps(found, ensure_ascii=False) if options.json else f"{first}  {second}  {score:.2f}")  # noqa: T201


def _pairs(one: Identified, other: Identified | None, threshold: float) -> Iterator[tuple[str, str, float]]:
    if other is None:
        found, ids = find_duplicates(one.sheet, threshold), one.ids
    else:
        found, ids = link(*aligned(one.sheet, other.sheet), threshold), other.ids
    for pair in found:
        yield one.ids[pair.first], ids[pair.second], pair.score


def _read(path: Path) -> Identified:
    sheet = open_sheet(path)
    return identified(sheet.headers, [[as_text(cell) for cell in row] for _, row in sheet.rows()])
