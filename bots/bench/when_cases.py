"""Labelled expressions of time, and whether a reading of one is right."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bots.errors import OperatorError
from core.when import Found

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "bench" / "dates_dev.json"
_DIGITS = {"hour": 13, "minute": 16, "second": 19}  # of an ISO time, up to the grain
_LEADING = ("on", "at", "by", "for", "in", "from", "around", "about", "over", "the")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An expression ``expr`` inside ``text``, said at ``now``: a ``kind`` of time that is any of ``gold``."""

    source: str
    language: str
    text: str
    expr: str
    now: datetime
    kind: str
    grain: str
    gold: tuple[str, ...]

    def is_right(self, found: Found) -> bool:
        """Whether a reading is one of those wanted: of its kind, and the same to the grain."""
        if self.kind == "duration":
            return found.kind == "duration" and f"{float(found.seconds or 0)}" in self.gold
        if found.kind not in {self.kind, "datetime"} and (self.kind, found.kind) != ("datetime", "time"):
            return False
        return self.is_at(found.start)

    def is_at(self, start: datetime) -> bool:
        """Whether a time is one of those wanted, to the grain."""
        if self.kind == "date":
            return f"{start:%Y-%m-%d}" in self.gold
        if self.kind == "time":
            return f"{start:%H:%M:%S}" in self.gold
        digits = _DIGITS[self.grain]
        return str(start)[:digits] in {gold[:digits] for gold in self.gold}

    def is_span(self, found: Found) -> bool:
        """Whether the words found are the expression's, a leading ``on`` or a closing full stop aside."""
        return _bare(found.matched) == _bare(self.expr)


@dataclass(frozen=True, slots=True)
class Negative:
    """A sentence that holds no time."""

    text: str
    language: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Cases:
    """What a file of cases holds."""

    labelled: tuple[Case, ...]
    negatives: tuple[Negative, ...]


def load(path: Path) -> Cases:
    """The cases of a file, as JSON ``{"cases": [{"src", "lang", "text", "expr", "ref", "kind", "grain", "gold"}],
    "negatives": [{"lang", "text", "ref"}]}``.

    Raises OperatorError where there is no such file or it is something else.
    """
    if not path.is_file():
        raise OperatorError(f"kith bench when needs a file of labelled expressions; {path} is none. Pass --cases FILE.")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        cases = Cases(tuple(_cases(data)), tuple(_negatives(data)))
    except (ValueError, KeyError, TypeError) as error:
        raise OperatorError(f'{path} is not {{"cases": […], "negatives": […]}}: {error!r}') from error
    if not cases.labelled:
        raise OperatorError(f"{path} holds no cases.")
    return cases


def _cases(data: dict[str, Any]) -> Iterator[Case]:
    for case in data["cases"]:
        yield Case(
            source=str(case.get("src", "")),
            language=case["lang"],
            text=case["text"],
            expr=case["expr"],
            now=datetime.fromisoformat(case["ref"]),
            kind=case["kind"],
            grain=case["grain"],
            gold=tuple(case["gold"]),
        )


def _negatives(data: dict[str, Any]) -> Iterator[Negative]:
    for case in data.get("negatives", ()):
        yield Negative(case["text"], case["lang"], datetime.fromisoformat(case["ref"]))


def _bare(words: str) -> str:
    left = words.lower().strip().rstrip(".").replace("，", ",").split(" ")
    while len(left) > 1 and left[0] in _LEADING:
        left.pop(0)
    return " ".join(left)
