"""Filters for machines: one JSON object per line in and out, in input order."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from bots.errors import OperatorError


def objects(lines: Iterable[str], *needed: str) -> Iterator[dict[str, Any]]:
    """The object on each line that is not blank. Raises OperatorError with the number of one that cannot be used."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _object(line, number, needed)


def _object(line: str, number: int, needed: Iterable[str]) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise OperatorError(f"line {number} is no JSON object")
    if missing := [name for name in needed if name not in found]:
        raise OperatorError(f"line {number} lacks {', '.join(missing)}")
    return found


def put(answer: dict[str, Any], started: float) -> None:
    """Writes an answer at once, with the milliseconds since ``started`` (of ``time.perf_counter``)."""
    milliseconds = round((time.perf_counter() - started) * 1000, 3)
    sys.stdout.write(json.dumps({**answer, "ms": milliseconds}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
