"""What was brought to the server of ``kith bench mixed``, and what came of it."""

import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a call is."""

    GENUINE = "genuine"
    FORGED = "forged"
    REPLAYED = "replayed"


@dataclass(frozen=True, slots=True)
class Call:
    """A request to be sent as it is."""

    kind: Kind
    request: bytes


@dataclass
class Outcome:
    """Timings of genuine calls in seconds, and how often each kind was answered how."""

    seconds: list[float] = field(default_factory=list)
    answered: Counter[tuple[Kind, int]] = field(default_factory=Counter)

    def not_answered(self, kind: Kind, status: int) -> int:
        """How many calls of a kind were answered otherwise."""
        return sum(count for (each, told), count in self.answered.items() if each is kind and told != status)

    def of_kind(self, kind: Kind) -> int:
        """How many calls of a kind were answered at all."""
        return sum(count for (each, _), count in self.answered.items() if each is kind)


def error_lines(log: Path) -> tuple[int, int]:
    """How many lines tell of an error, and how many of these do not say of which delivery; a loose trace is one."""
    errors = [line for line in log.read_text(encoding="utf-8").splitlines() if _level(line) in {"error", "critical"}]
    return len(errors), sum('"delivery": ' not in line for line in errors)


def _level(line: str) -> str:
    try:
        return str(json.loads(line).get("level", ""))
    except (ValueError, AttributeError):
        return "error" if "Traceback" in line or "Error" in line else ""  # what no log has put into its shape
