"""``kith dedupe`` and ``kith sweep``, as programs call them."""

import json
from pathlib import Path

import pytest

from bots.cli.commands import run

ONE = """id,name,phone,email,website,address
a1,Northwind Foods Inc,+1 617 555 0101,info@northwind.example,northwind.example,1 Harbor Street
a2,Globex Optics,+1 212 555 0102,hi@globex.example,globex.example,40 Pine Street
a3,NORTHWIND FOODS,617-555-0101,,www.northwind.example,1 Harbour St
a4,Initech Software,+1 303 555 0103,,initech.example,7 Mill Road
a5,Umbrella Textiles,+1 404 555 0104,,,9 Church Lane
"""
OTHER = """编号,名称,电话,邮箱,网站,地址
b1,Globex Optics Ltd,212 555 0102,,www.globex.example,40 Pine St
b2,Hooli,+1 505 555 0109,,hooli.example,3 Lake Road
b3,Initech Softwares,303 555 0103,,,7 Mill Rd
b4,Vandelay,+1 808 555 0110,,,1 Dock Street
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(ONE)
    other.write_text(OTHER)
    return str(one), str(other)


def _pairs(said: str) -> dict[tuple[str, str], float]:
    return {(each["a"], each["b"]): each["score"] for each in map(json.loads, said.splitlines())}


def test_one_sheet(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, for each pair within the sheet, ids from the column that holds them."""
    assert run(["dedupe", files[0], "--json"]) == 0
    found = _pairs(capsys.readouterr().out)
    assert found.keys() == {("a1", "a3")}
    assert all(0.8 <= score <= 1 for score in found.values())


def test_two_sheets(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Pairs across, though the headers are in two languages."""
    assert run(["dedupe", *files, "--json"]) == 0
    assert _pairs(capsys.readouterr().out).keys() == {("a2", "b1"), ("a4", "b3")}


def test_for_people(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json a line a pair."""
    assert run(["dedupe", files[0]]) == 0
    assert capsys.readouterr().out.split()[:2] == ["a1", "a3"]


def test_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what is wrong."""
    assert run(["dedupe", "nowhere.csv", "--json"]) == 1
    assert "nowhere.csv" in capsys.readouterr().err


def test_sweep(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On an empty workspace there is nothing to find."""
    monkeypatch.setenv("KITH_DATABASE_URL", sqlite_url)
    assert run(["sweep"]) == 0
    assert capsys.readouterr().out.startswith("0 pairs")
