"""``kith bench when``: dates and times in what people type, right and fast, on a file of labelled expressions."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from bots.bench.figures import Bench, Figures, percentile
from bots.bench.when_cases import DEFAULT, Case, Cases, load
from bots.bench.when_peer import peer_read
from core.when import Found, find

_ROUNDS = 3
_POINTS = ("date", "time", "datetime")
Read = Callable[[Case], object]


def _declare(parser: ArgumentParser) -> None:
    shown = "labelled expressions as JSON (../shared/bench/dates_dev.json)"
    parser.add_argument("--cases", type=Path, default=DEFAULT, help=shown)


def _run(options: Namespace) -> Figures:
    cases = load(options.cases)
    ours = _timed(cases.labelled, _alone)
    more = {"mean_ms": round(mean(ours) * 1000, 3), **_by_kind(cases), **_in_sentences(cases), **_negatives(cases)}
    floor, ratio = None, None
    if read := peer_read():
        theirs = _timed(_points(cases), read)
        floor, ratio = percentile(theirs, 0.5), round(mean(ours) / mean(theirs), 4)
        more |= {f"peer_{name}": share for name, share in _by_language(cases, lambda case: bool(read(case))).items()}
    return Figures(
        name="when",
        counted="expressions",
        n=len(cases.labelled),
        p50_ms=percentile(ours, 0.5),
        p99_ms=percentile(ours, 0.99),
        per_s=round(1 / mean(ours)),
        floor_p50_ms=floor,
        ratio=ratio,
        more=more,
    )


def _timed(cases: Sequence[Case], read: Read) -> list[float]:
    """Seconds for each, the median of three; the first reading, which builds the grammar, is not counted."""
    read(cases[0])
    return [median(_taken(case, read) for _ in range(_ROUNDS)) for case in cases]


def _taken(case: Case, read: Read) -> float:
    started = time.perf_counter()
    read(case)
    return time.perf_counter() - started


def _alone(case: Case) -> tuple[Found, ...]:
    return find(case.expr, case.now, case.language)


def _is_right_alone(case: Case) -> bool:
    """One thing is found in the expression, and it is the right one."""
    found = _alone(case)
    return len(found) == 1 and case.is_right(found[0])


def _points(cases: Cases) -> list[Case]:
    return [case for case in cases.labelled if case.kind in _POINTS]


def _by_language(cases: Cases, right: Callable[[Case], bool]) -> dict[str, float]:
    """The share of each language's dates and times that are right."""
    points = _points(cases)
    languages = sorted({case.language for case in points})
    return {f"{each}_right": _share([case for case in points if case.language == each], right) for each in languages}


def _by_kind(cases: Cases) -> dict[str, float]:
    """The share that is right, by language, and by language and kind."""
    forms = sorted({(case.language, case.kind) for case in cases.labelled})
    shares = {
        f"{language}_{kind}_right": _share(
            [case for case in cases.labelled if (case.language, case.kind) == (language, kind)], _is_right_alone
        )
        for language, kind in forms
    }
    return _by_language(cases, _is_right_alone) | shares


def _in_sentences(cases: Cases) -> dict[str, float]:
    """The share found inside their sentences, by where the sentence is from; and with exactly the words it should."""

    def found(case: Case) -> Iterator[Found]:
        return (each for each in find(case.text, case.now, case.language) if case.is_right(each))

    def in_sentence(case: Case) -> bool:
        return any(found(case))

    def in_words(case: Case) -> bool:
        return any(case.is_span(each) for each in found(case))

    sources = sorted({case.source for case in cases.labelled})
    shares: dict[str, float] = {
        f"in_sentence_{source}_right": _share([case for case in cases.labelled if case.source == source], in_sentence)
        for source in sources
    }
    whole = {"in_sentence_right": in_sentence, "in_sentence_words_right": in_words}
    return {name: _share(cases.labelled, right) for name, right in whole.items()} | shares


def _negatives(cases: Cases) -> dict[str, Any]:
    taken = [each for each in cases.negatives if find(each.text, each.now, each.language)]
    return {"negatives": len(cases.negatives), "negatives_taken": len(taken)}


def _share(cases: Sequence[Case], right: Callable[[Case], bool]) -> float:
    return round(sum(map(right, cases)) / len(cases), 4)


BENCH = Bench(
    "when", "dates and times in what people type, right and fast, beside dateparser if it is there", _declare, _run
)
