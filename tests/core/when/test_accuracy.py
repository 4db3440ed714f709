"""Accuracy on the published cases: the figures reached are lower bounds."""

from collections.abc import Callable, Sequence

import pytest

from bots.bench.when_cases import DEFAULT, Case, Cases, load
from core.when import Found, find

_POINTS = {"date", "time", "datetime"}


@pytest.fixture(scope="module")
def cases() -> Cases:
    if not DEFAULT.exists():
        pytest.skip("the cases are not beside this checkout")
    return load(DEFAULT)


def _read(case: Case, words: str) -> tuple[Found, ...]:
    return find(words, case.now, case.language)


def _share(cases: Sequence[Case], right: Callable[[Case], bool]) -> float:
    return sum(map(right, cases)) / len(cases)


@pytest.mark.parametrize(("language", "kinds", "bound"), [
    ("en", _POINTS, 0.97), ("zh", _POINTS, 0.98), ("en", {"duration"}, 1), ("zh", {"duration"}, 1),
])  # fmt: skip
def test_expressions_alone(cases: Cases, language: str, kinds: set[str], bound: float) -> None:
    """Of each language's expressions at least so many are read as exactly one thing, and rightly."""
    those = [case for case in cases.labelled if case.language == language and case.kind in kinds]
    assert _share(those, lambda case: [case.is_right(found) for found in _read(case, case.expr)] == [True]) >= bound


def test_inside_sentences(cases: Cases) -> None:
    """The same expressions are found inside their sentences, in the very words."""

    def in_words(case: Case) -> bool:
        return any(case.is_right(found) and case.is_span(found) for found in _read(case, case.text))

    assert _share(cases.labelled, in_words) >= 0.97


def test_sentences_without_dates(cases: Cases) -> None:
    """Hardly a sentence without a date yields one."""
    taken = [each.text for each in cases.negatives if find(each.text, each.now, each.language)]
    assert len(taken) <= 2, taken
