"""``kith bench capture``: how well one-line notes are read, slot by slot, on the half that nobody built upon."""

import json
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bots.bench.figures import Bench, Figures, percentile
from core.capture.known import roster_of
from core.capture.roster import Roster
from core.capture.understanding import Understood, understand

_LINES = Path(__file__).with_name("capture_lines.json")
SLOTS = (
    "intent", "customer", "contacts", "new_contacts", "followup_date", "followup_time", "happened", "amount",
    "currency", "stage", "mentions",
)  # fmt: skip
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A line, what it says by slot, and against what it is read."""

    text: str
    now: datetime
    locale: str
    roster: Roster
    slots: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Score:
    """Values found and right, found and wrong, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, found: frozenset[str], wanted: frozenset[str]) -> None:
        """Adds one line's values of one slot."""
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
        every = 2 * self.right + self.wrong + self.missed
        return round(2 * self.right / every, 4) if every else 1.0


@dataclass(frozen=True, slots=True)
class Half:
    """The scores of one half of the lines."""

    scores: Mapping[str, Score] = field(default_factory=lambda: {slot: Score() for slot in SLOTS})

    @property
    def overall(self) -> float:
        """F1 over the values of all slots."""
        each = self.scores.values()
        return Score(
            sum(score.right for score in each), sum(score.wrong for score in each), sum(score.missed for score in each)
        ).f1


def cases() -> tuple[list[Case], list[Case]]:
    """The lines to build on, and those that are kept for judging."""
    data = json.loads(_LINES.read_text("utf-8"))
    rosters = {name: roster_of(**world["known"]) for name, world in data["worlds"].items()}
    made = [_case(line, data["worlds"][line["world"]], rosters[line["world"]]) for line in data["lines"]]
    return made[::2], made[1::2]


def _case(line: Mapping[str, Any], world: Mapping[str, Any], roster: Roster) -> Case:
    amount = line.get("amount") or {}
    said = {
        "intent": _set(line["intent"]),
        "customer": _set(line.get("customer")),
        "contacts": _set(*line.get("contacts", ())),
        "new_contacts": _set(*line.get("new_contacts", ())),
        "followup_date": _set(line.get("due")),
        "followup_time": _set(line.get("at")),
        "happened": _set(line.get("happened")),
        "amount": _set(amount.get("value")),
        "currency": _set(amount.get("currency")),
        "stage": _set(line.get("stage")),
        "mentions": _set(*line.get("mentions", ())),
    }
    return Case(line["text"], datetime.fromisoformat(world["now"]), world["locale"], roster, said)


def _set(*values: object) -> frozenset[str]:
    return frozenset(str(value) for value in values if value is not None)


def slots_of(understood: Understood) -> dict[str, frozenset[str]]:
    """What was understood, as sets of values by slot."""
    todo, amount = understood.followup, understood.amount
    return {
        "intent": _set(understood.intent),
        "customer": _set(understood.customer and understood.customer.name),
        "contacts": _set(*(person.name for person in understood.contacts)),
        "new_contacts": _set(*understood.new_contacts),
        "followup_date": _set(todo and todo.date.isoformat()),
        "followup_time": _set(f"{todo.time:%H:%M}" if todo and todo.time else None),
        "happened": _set(understood.happened and understood.happened.isoformat()),
        "amount": _set(amount and f"{amount.value.normalize():f}"),
        "currency": _set(amount and amount.currency),
        "stage": _set(understood.captured.stage),
        "mentions": _set(*understood.captured.mentions),
    }


def judge(half: Iterable[Case]) -> Half:
    """Reads each line and counts."""
    judged = Half()
    for case in half:
        found = slots_of(understand(case.text, case.now, case.locale, case.roster))
        for slot, score in judged.scores.items():
            score.count(found[slot], case.slots[slot])
    return judged


def misread(half: Iterable[Case]) -> Iterable[tuple[Case, dict[str, tuple[list[str], list[str]]]]]:
    """The lines that were not read as they should, with (found, wanted) by slot."""
    for case in half:
        found = slots_of(understand(case.text, case.now, case.locale, case.roster))
        differ = {
            slot: (sorted(found[slot]), sorted(case.slots[slot])) for slot in SLOTS if found[slot] != case.slots[slot]
        }
        if differ:
            yield case, differ


def _declare(parser: ArgumentParser) -> None:
    """``--misread`` shows what went wrong in the half to build on; the other half is never shown."""
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="readings of each line that are timed")
    parser.add_argument("--misread", action="store_true", help="show the lines misread in the half to build on")


def _run(options: Namespace) -> Figures:
    building, judging = cases()
    every = [*building, *judging]
    if options.misread:
        _show(misread(building))
    built, held = judge(building), judge(judging)
    taken, spent = _timed(every, options.rounds)
    return Figures(
        name="capture",
        counted="lines",
        n=len(every),
        p50_ms=percentile(taken, 0.5),
        p99_ms=percentile(taken, 0.99),
        per_s=round(len(taken) / sum(taken)),
        more={
            "mean_ms": round(sum(taken) / len(taken) * 1000, 3),
            "cpu_mean_ms": round(spent / len(taken) * 1000, 3),
            "f1_held_out": held.overall,
            "f1_built_upon": built.overall,
            **{f"held_out_{slot}": score.f1 for slot, score in held.scores.items()},
            **{f"built_upon_{slot}": score.f1 for slot, score in built.scores.items()},
        },
    )


def _timed(every: Sequence[Case], rounds: int) -> tuple[list[float], float]:
    """Seconds for each reading, and of the processor for all; the first round, which builds tables, is not timed."""
    _read(every)
    spent, taken = time.process_time(), []
    for _ in range(rounds):
        taken += _read(every)
    return taken, time.process_time() - spent


def _read(every: Sequence[Case]) -> list[float]:
    taken = []
    for case in every:
        started = time.perf_counter()
        understand(case.text, case.now, case.locale, case.roster)
        taken.append(time.perf_counter() - started)
    return taken


def _show(wrong: Iterable[tuple[Case, dict[str, tuple[list[str], list[str]]]]]) -> None:
    for case, differ in wrong:
        print(case.text)  # noqa: T201 - its output
        for slot, (found, wanted) in differ.items():
            print(f"    {slot}: {found} instead of {wanted}")  # noqa: T201 - its output


BENCH = Bench("capture", "how well one-line notes are read, slot by slot, and how fast", _declare, _run)
