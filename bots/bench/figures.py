"""Timings into figures."""

import json
from dataclasses import dataclass, field
from typing import Any


def percentile(seconds: list[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of the timings do not exceed, in milliseconds."""
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What ``kith bench NAME --json`` prints: times in milliseconds, ``ratio`` of the medians to the floor's."""

    name: str
    n: int
    p50_ms: float
    p99_ms: float
    per_s: float
    floor_p50_ms: float | None = None
    ratio: float | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> str:
        """One line."""
        known = {
            "name": self.name,
            "n": self.n,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "per_s": self.per_s,
            "floor_p50_ms": self.floor_p50_ms,
            "ratio": self.ratio,
            **self.more,
        }
        return json.dumps({name: value for name, value in known.items() if value is not None})
