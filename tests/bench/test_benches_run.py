"""Every benchmark runs, small, and prints what its interface promises; how fast anything is, is not judged here."""

import json
from pathlib import Path

import pytest

from bots.cli.bench import BENCHES
from bots.cli.commands import run

_SMALL = {
    "command": ["--customers", "40", "--requests", "20"],
    "import": ["--customers", "60"],
    "startup": ["--rounds", "1"],
}


def test_every_benchmark_is_tried() -> None:
    """None is forgotten below."""
    assert {bench.name for bench in BENCHES} == set(_SMALL)


@pytest.mark.parametrize("name", sorted(_SMALL))
def test_benchmark_prints_its_figures(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line of JSON with the name, how many, and times or rates that are numbers; beside a floor, a ratio."""
    assert run(["bench", name, "--json", *_SMALL[name]]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["name"] == name
    assert figures["n"] > 0
    assert figures["ratio"] > 0
    assert figures["per_s"] > 0


def test_table_is_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without --json the same stands in a table, and a database that was filled before is used again."""
    database = f"sqlite:///{tmp_path / 'bench.db'}"
    for _ in range(2):
        assert run(["bench", "command", *_SMALL["command"], "--database", database]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("kith bench command\n")
        assert "ratio to the floor" in shown
