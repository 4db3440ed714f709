"""Filters for machines: one JSON object per line in and out, in input order."""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bots.errors import OperatorError


class Objects:
    """The object on each line that is not blank; a line that cannot be used is answered in its place.

    ``exit_code`` is 1 once there was one.
    """

    def __init__(self, lines: Iterable[str], needed: Sequence[str]) -> None:
        self.exit_code = 0
        self._lines = lines
        self._needed = needed

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                continue
            try:
                found = _object(line, number, self._needed)
            except OperatorError as unusable:
                self.refuse(unusable)
            else:
                yield found

    def refuse(self, why: OperatorError) -> None:
        """Answers a line with what is wrong with it: ``{"error": …}``."""
        self.exit_code = 1
        put({"error": str(why)}, time.perf_counter())


def objects(lines: Iterable[str], *needed: str) -> Objects:
    """The objects on lines, each with the names it needs."""
    return Objects(lines, needed)


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
