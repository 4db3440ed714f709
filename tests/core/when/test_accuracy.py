"""Accuracy on the published cases: the figures reached are lower bounds."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from core.when import Found, find

_CASES = Path(__file__).resolve().parents[4] / "shared" / "bench" / "dates_dev.json"
_DIGITS = {"hour": 13, "minute": 16, "second": 19}


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    if not _CASES.exists():
        pytest.skip("the cases are not beside this checkout")
    loaded: dict[str, Any] = json.loads(_CASES.read_text(encoding="utf-8"))
    return loaded


def _right(found: Found, case: dict[str, Any]) -> bool:
    if case["kind"] == "duration":
        return found.kind == "duration" and f"{float(found.seconds or 0)}" in case["gold"]
    if case["kind"] == "date":
        return found.kind in {"date", "datetime"} and f"{found.start:%Y-%m-%d}" in case["gold"]
    if case["kind"] == "time":
        return found.kind in {"time", "datetime"} and f"{found.start:%H:%M:%S}" in case["gold"]
    digits = _DIGITS[case["grain"]]
    return found.kind in {"time", "datetime"} and str(found.start)[:digits] in {gold[:digits] for gold in case["gold"]}


def _read(case: dict[str, Any], words: str) -> tuple[Found, ...]:
    return find(words, datetime.fromisoformat(case["ref"]), case["lang"])


@pytest.mark.parametrize(("language", "kinds", "bound"), [
    ("en", {"date", "time", "datetime"}, 0.96),
    ("zh", {"date", "time", "datetime"}, 0.97),
    ("en", {"duration"}, 0.97),
    ("zh", {"duration"}, 0.97),
])  # fmt: skip
def test_expressions_alone(data: dict[str, Any], language: str, kinds: set[str], bound: float) -> None:
    """Of each language's expressions at least so many are read as exactly one thing, and rightly."""
    cases = [case for case in data["cases"] if case["lang"] == language and case["kind"] in kinds]
    right = [case for case in cases if len(found := _read(case, case["expr"])) == 1 and _right(found[0], case)]
    assert len(right) / len(cases) >= bound


def test_inside_sentences(data: dict[str, Any]) -> None:
    """The same expressions are found inside their sentences."""
    right = [case for case in data["cases"] if any(_right(found, case) for found in _read(case, case["text"]))]
    assert len(right) / len(data["cases"]) >= 0.95


def test_sentences_without_dates(data: dict[str, Any]) -> None:
    """Hardly a sentence without a date yields one."""
    taken = [case["text"] for case in data["negatives"] if _read(case, case["text"])]
    assert len(taken) <= 3, taken
