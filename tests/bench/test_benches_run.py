"""Every benchmark runs, small, and prints what its interface promises; how fast anything is, is not judged here."""

import json
from pathlib import Path

import pytest

from bots.cli.bench import BENCHES
from bots.cli.commands import run

_SMALL = {
    "capture": ["--rounds", "1", "--misread"],
    "command": ["--customers", "40", "--requests", "20"],
    "digest": ["--teams", "3", "--tasks", "60"],
    "faults": ["--jobs", "20", "--kills", "1"],
    "import": ["--customers", "60"],
    "jobs": ["--jobs", "40", "--idle", "0.1"],
    "startup": ["--rounds", "1"],
    "when": ["--cases", str(Path(__file__).with_name("when_cases.json"))],
}


def test_every_benchmark_is_tried() -> None:
    """None is forgotten below."""
    assert {bench.name for bench in BENCHES} == set(_SMALL)


@pytest.mark.parametrize("name", sorted(_SMALL))
def test_benchmark_prints_its_figures(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of JSON with the name, how many, and times or rates that are numbers; beside a floor, a ratio."""
    assert run(["bench", name, "--json", *_SMALL[name]]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["name"] == name
    assert figures["n"] > 0
    assert figures.get("ratio", 1) > 0
    assert ("ratio" in figures) == any(each.startswith("floor") for each in figures)
    assert figures["per_s"] > 0


def test_accuracy_is_told_by_language_and_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """What is read rightly, alone and in its sentence, and what is taken for a date and is none."""
    assert run(["bench", "when", "--json", *_SMALL["when"]]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["en_right"] == figures["zh_date_right"] == figures["in_sentence_days_right"] == 1
    assert figures["en_duration_right"] == 0.5  # one answer in the file is wrong on purpose
    assert (figures["negatives"], figures["negatives_taken"]) == (2, 1)


@pytest.mark.parametrize(
    ("content", "words"), [(None, "--cases FILE"), ("[]", "is not"), ('{"cases": []}', "no cases")]
)
def test_file_of_cases_that_cannot_be_used(
    content: str | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a file, or with another one, the bench says what it needs."""
    path = tmp_path / "cases.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert run(["bench", "when", "--cases", str(path)]) == 1
    assert words in capsys.readouterr().err


def test_table_is_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without --json the same stands in a table, and a database that was filled before is used again."""
    database = f"sqlite:///{tmp_path / 'bench.db'}"
    for _ in range(2):
        assert run(["bench", "command", *_SMALL["command"], "--database", database]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("kith bench command\n")
        assert "ratio to the floor" in shown
