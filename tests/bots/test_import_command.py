"""``kith import`` and ``kith export`` as they are typed: what they show, what they ask, and how they end."""

import io
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bots.cli import commands, preparing

SHEET = "external_id,name,aliases,Budget\n1,Acme,ACM;Acme Tools,10k\n2,远航科技,,\n"
BAD_ROW = "3,,,\n"


@dataclass(frozen=True)
class Printed:
    """What a command printed, and its exit code."""

    out: str
    err: str
    code: int


class Shell:
    """An empty folder with a database in it, where commands are typed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def kith(self, line: str, *, typed: str = "") -> Printed:
        """What a command does, its arguments parted by blanks; ``typed`` is what its questions are answered."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = commands.run(line.split())
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = self._capsys.readouterr()
        return Printed(out, err, code)

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def names(self) -> list[str]:
        """Every customer's name."""
        self.kith("export customers names.csv")
        lines = (self.folder / "names.csv").read_text("utf-8-sig").splitlines()[1:]
        return [line.split(",")[1] for line in lines]


@pytest.fixture
def shell(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KITH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KITH_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(preparing, "configure_logs", lambda *_, **__: None)
    mask = os.umask(0o077)
    yield Shell(tmp_path, monkeypatch, capsys)
    os.umask(mask)


def test_columns_are_shown_before_anything_is_written(shell: Shell) -> None:
    """Headers, what they are taken for, what stands below them, and what is kept as it is; then the question."""
    shell.file("c.csv", SHEET)
    printed = shell.kith("import customers c.csv", typed="n\n")
    assert "about 2 rows" in printed.out
    for shown in ("Also known as (aliases)", "kept with the customer as it is", "ACM;Acme Tools", "Acme, 远航科技"):
        assert shown in printed.out, shown
    assert printed.out.index("External id") < printed.out.index("Import these rows?")
    assert "Nothing was written." in printed.out
    assert printed.code == 1
    assert shell.names() == []


def test_yes_imports(shell: Shell) -> None:
    """Said at the question or beforehand, on an empty database, whose workspace is then made."""
    shell.file("c.csv", SHEET)
    agreed = shell.kith("import customers c.csv", typed="y\n")
    assert agreed.code == 0
    assert agreed.out.endswith("Added 2, changed 0, unchanged 0, rejected 0.\n")
    again = shell.kith("import customers c.csv --yes")
    assert (again.code, again.out.splitlines()[-1]) == (0, "Added 0, changed 0, unchanged 2, rejected 0.")
    assert shell.names() == ["Acme", "远航科技"]
    assert "@admin" in shell.kith("member list").out


def test_nobody_to_ask_is_an_answer(shell: Shell) -> None:
    """A script that forgot --yes hears of it, and nothing is written."""
    shell.file("c.csv", SHEET)
    printed = shell.kith("import customers c.csv")
    assert (printed.code, printed.err) == (2, "kith: Nobody is there to ask. Run it with --yes.\n")
    assert shell.names() == []


def test_rejected_rows_are_told(shell: Shell) -> None:
    """Exit code 1, and where they are; the good ones are taken."""
    shell.file("c.csv", SHEET + BAD_ROW)
    printed = shell.kith("import customers c.csv --yes")
    assert printed.code == 1
    assert "rejected 1." in printed.out
    assert "The rejected rows are in c.errors.csv, each with its line and the reason." in printed.out
    assert (shell.folder / "c.errors.csv").read_text("utf-8-sig").splitlines()[1] == "4,Name,Name is missing.,3,,,"
    assert shell.names() == ["Acme", "远航科技"]


def test_dry_run_writes_nothing(shell: Shell) -> None:
    """It asks nothing either, and ends as the real one would."""
    shell.file("c.csv", SHEET + BAD_ROW)
    printed = shell.kith("import customers c.csv --dry-run")
    assert printed.code == 1
    assert "would add 2, change 0, leave 0 as they are, reject 1. No record was written." in printed.out
    assert shell.names() == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("import customers none.csv --yes", "There is no file “none.csv”."),
        ("import customers c.doc --yes", "“c.doc” is none of .csv, .tsv and .xlsx."),
        ("import contacts c.csv --yes", "No column is taken for Customer (customer)."),
        ("import customers c.csv --map Nix=name --yes", "There is no column “Nix”."),
        ("import customers c.csv --map Budget=money --yes", "“money” is not a field I know."),
        ("import customers c.csv --as nobody --yes", "No member “nobody”."),
        ("import customers c.csv --as rep --yes", "Only a manager may do this."),
        ("export customers none/out.csv", "There is no folder “none”."),
        ("export customers c.doc", "“c.doc” is none of .csv, .tsv and .xlsx."),
    ],
)
def test_what_cannot_be_used_is_refused(shell: Shell, line: str, why: str) -> None:
    """With exit code 2 and a sentence, and nothing is written."""
    shell.file("c.csv", SHEET)
    shell.file("c.doc", SHEET)
    shell.kith("member add rep")
    printed = shell.kith(line)
    assert printed.code == 2
    assert why in printed.err
    assert shell.names() == []


def test_unknown_kind_is_refused(shell: Shell) -> None:
    """By the parser, which names the kinds there are."""
    printed = shell.kith("import people c.csv")
    assert printed.code == 2
    assert "activities" in printed.err
    assert "SheetKind" not in printed.err


def test_columns_that_are_lost_are_said_to_be(shell: Shell) -> None:
    """A contact has no place for a column of its own; with --map it goes where it is sent."""
    shell.file("c.csv", SHEET)
    shell.kith("import customers c.csv --yes")
    shell.file("p.csv", "name,company,Birthday,Mobile,Phone,Funktion\nAda,Acme,1 May,555 0100,,CTO\n")
    printed = shell.kith("import contacts p.csv --yes --map Funktion=title")
    assert "not kept: there is no such field" in printed.out
    assert "Phone (phone) · where the column before is empty; not kept elsewhere" in printed.out
    assert "Job title" not in printed.err
    assert printed.code == 0
    shell.kith("export contacts out.csv")
    assert "Acme,Ada,CTO,555 0100" in (shell.folder / "out.csv").read_text("utf-8-sig")


def test_words_are_those_of_the_locale(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table, the sentences and the file of rejected rows."""
    monkeypatch.setenv("KITH_LOCALE", "zh_Hans")
    shell.file("客户.csv", SHEET + BAD_ROW)
    printed = shell.kith("import customers 客户.csv --yes")
    assert "原样保留在客户中" in printed.out
    assert "新增 2 条，更新 0 条，0 条不变，1 条无法导入。" in printed.out
    assert "缺少名称。" in (shell.folder / "客户.errors.csv").read_text("utf-8-sig")
    assert shell.kith("export customers 导出.xlsx").out == "已将 2 行写入 导出.xlsx。\n"


def test_machines_read_the_result(shell: Shell) -> None:
    """One line of JSON on standard output, whatever else is shown."""
    shell.file("c.csv", SHEET + BAD_ROW)
    printed = shell.kith("import customers c.csv --yes --json")
    told = json.loads(printed.out)
    assert (told["added"], told["rejected"], told["errors"], told["dry_run"]) == (2, 1, "c.errors.csv", False)
    assert "Taken for" in printed.err


def test_import_is_done_by_whom_it_says(shell: Shell) -> None:
    """With --as, and then the history says so."""
    shell.kith("member add mona --role manager --name Mona")
    shell.file("c.csv", SHEET)
    assert shell.kith("import customers c.csv --yes --as @mona").code == 0
    with closing(sqlite3.connect(shell.folder / "kith.db")) as database:
        asked = "SELECT DISTINCT members.name FROM events JOIN members ON members.id = events.actor_id"
        assert database.execute(asked).fetchall() == [("Mona",)]
