"""What a benchmark is, and what it finds out."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def percentile(seconds: list[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the timings do not exceed, in milliseconds."""
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What ``kith bench NAME --json`` prints: times in milliseconds, ``ratio`` of the medians to the floor's.

    ``counted`` says what ``n`` is a number of, for people.
    """

    name: str
    n: int
    p50_ms: float | None = None
    p99_ms: float | None = None
    per_s: float | None = None
    floor_p50_ms: float | None = None
    ratio: float | None = None
    more: dict[str, Any] = field(default_factory=dict)
    counted: str = "requests"

    def known(self) -> dict[str, Any]:
        """The figures that were taken, by the names they have in JSON."""
        figures = {
            "name": self.name,
            "n": self.n,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "per_s": self.per_s,
            "floor_p50_ms": self.floor_p50_ms,
            "ratio": self.ratio,
            **self.more,
        }
        return {name: value for name, value in figures.items() if value is not None}

    def as_json(self) -> str:
        """One line."""
        return json.dumps(self.known(), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Bench:
    """A benchmark: ``kith bench NAME``, a line on it, its options, and what measures."""

    name: str
    about: str
    declare: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], Figures]
