"""The tables of sayings in ``tables/``: what people write, and what must be read from it.

A line is ``words = reading``. In a sentence the words to be found stand in brackets, one reading for each, parted by
``;``. Alternatives are parted by ``|``. ``@ now locale`` sets the moment and the locale of the lines that follow.
Readings: ``2026-12-05``, ``2026-12-05T15:00``, ``15:00``; ``90m``, ``2h``, ``3d`` for spans; ``from..to`` for
stretches; ``every PART-OF-RULE`` for what recurs; ``~START`` where the kind is left open. A line without ``=`` holds no
date, one that begins with ``?`` is known to be misread.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.when import Found, find

FOLDER = Path(__file__).parent / "tables"
_BRACKETS = re.compile(r"\[([^\]]*)\]")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# Words that say how a date is used: whether they belong to what is found is a matter of taste.
_AROUND = re.compile(
    r"^(?:(?:on|at|by|for|from|until|before|around|about|circa|between|over|in|the|within|sometime)\s+|从|于|大约|大概|整整)*"
    r"|[\s,。]*(?:之前|以前|前|后|左右|内|之内|多|整|sharp)?$"
)


@dataclass(frozen=True, slots=True)
class Saying:
    """One line of a table."""

    text: str
    wanted: tuple[tuple[str, str], ...]
    now: datetime
    locale: str
    missed: bool

    def surprise(self) -> str:
        """What is not as the table has it: a line misread, or one known to be misread that no longer is."""
        wrong = self.wrong()
        if self.missed:
            return "" if wrong else f"{self.text}: is right now"
        return wrong

    def wrong(self) -> str:
        """What is wrong with the reading of the line, or nothing."""
        found = find(self.text, self.now, self.locale)
        right = len(found) == len(self.wanted) and all(
            _bare(each.matched) == _bare(words) and any(_fits(each, gold.strip()) for gold in golds.split("|"))
            for each, (words, golds) in zip(found, self.wanted, strict=True)
        )
        return "" if right else f"{self.text} = {'; '.join(map(_shown, found)) or 'nothing'}, not {self.wanted}"


def sayings(name: str) -> Iterator[Saying]:
    """The lines of the table ``tables/NAME.txt``."""
    now, locale = datetime(2026, 1, 1), ""  # noqa: DTZ001 - a member's wall time
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@ "):
            _, moment, locale = line.split()
            now = datetime.fromisoformat(moment)
        elif line and not line.startswith("#"):
            yield _saying(line.removeprefix("? "), now, locale, missed=line.startswith("? "))


def _saying(line: str, now: datetime, locale: str, *, missed: bool) -> Saying:
    words, equals, golds = line.partition(" =")
    if not equals or not golds.strip():
        return Saying(words, (), now, locale, missed)
    marked = _BRACKETS.findall(words) or [words]
    text = _BRACKETS.sub(r"\1", words)
    return Saying(text, tuple(zip(marked, golds.split(";"), strict=True)), now, locale, missed)


def _bare(words: str) -> str:
    return _AROUND.sub("", words.lower())


def _fits(found: Found, gold: str) -> bool:
    start = found.start.isoformat()
    if gold.startswith("every "):
        return gold[6:] in found.recurring
    if gold.startswith("~"):
        return start.startswith(gold[1:])
    if ".." in gold:
        return found.kind == "range" and gold == _like(gold, found)
    return not found.recurring and _fits_kind(found, start, gold)


def _fits_kind(found: Found, start: str, gold: str) -> bool:
    if span := re.fullmatch(r"([\d.]+)([smhd])", gold):
        return found.kind == "duration" and found.seconds == float(span[1]) * _UNIT_SECONDS[span[2]]
    if re.match(r"\d\d:", gold):
        return found.kind in {"time", "datetime"} and start[11:].startswith(gold)
    kinds = {"time", "datetime"} if "T" in gold else {"date", "datetime"}
    return found.kind in kinds and start.startswith(gold)


def _like(gold: str, found: Found) -> str:
    digits = len(gold.partition("..")[0])
    assert found.end is not None
    return f"{found.start.isoformat()[:digits]}..{found.end.isoformat()[:digits]}"


def _shown(found: Found) -> str:
    end = f"..{found.end.isoformat()}" if found.end else ""
    return f"[{found.matched}] {found.kind} {found.start.isoformat()}{end} {found.seconds or ''}{found.recurring or ''}"
