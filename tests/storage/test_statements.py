"""Statements: every one is used, scoped, compiled once, and goes through an index."""

import importlib
import json
import pkgutil
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import storage
from core.customers.model import Lifecycle
from core.money import Money
from storage import compiled, deals, name_index, tasks
from storage.statements import _Statement
from storage.values import instant_text, record_writer, row_reader

DIALECTS = ("sqlite", "postgresql")
# Statements about what belongs to no workspace, or finds out which one it is.
_OF_NO_WORKSPACE = (
    "jobs.",
    "drafts.",
    "posts.FORGET",
    "members.ADD_WORKSPACE",
    "members.TWO_WORKSPACES",
    "members.WORKSPACES",
    "alerts.FORGET",
    "names.FORGET_CHANGES",
)
_FINDS_THE_WORKSPACE = {
    "members.WORKSPACES",
    "members.WORKSPACE_OF_TENANT",
    "members.SECRET_OF_TENANT",
    "members.KEEP_SECRET",
    "members.BY_IDENTITY",
    "members.USE_CODE",
}
# Small tables, or the whole of a small part of one.
_MAY_SCAN = {
    "members.TWO_WORKSPACES",
    "members.WORKSPACES",
    "jobs.FORGET_DONE",
    "jobs.FORGET_DELIVERIES",
    "jobs.BY_STATE.done",
    "jobs.BY_STATE.dead",
    "jobs.BACKLOG",
    "drafts.FORGET",
}


def _used() -> set[str]:
    """The names of the statements that repositories hold."""
    found: set[str] = set()
    modules = [
        f"{package.__name__}.{module.name}"
        for package in (storage, name_index)
        for module in pkgutil.iter_modules(package.__path__)
    ]
    for module in modules:
        for value in vars(importlib.import_module(module)).values():
            held = value.values() if isinstance(value, dict) else vars(value).values() if _holds(value) else [value]
            found |= {each._name for each in held if isinstance(each, _Statement)}
    for listing in (tasks, deals):
        made = [value for value in vars(listing).values() if hasattr(value, "cache_info")]
        found |= {of("all")._name for of in made}
    return {_without_variant(name) for name in found}


def _holds(value: object) -> bool:
    return type(value).__name__ == "RecordStatements"


def _without_variant(name: str) -> str:
    return ".".join(name.split(".")[:2])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_is_there_and_used(dialect: str) -> None:
    """What a repository names is there, and what is there a repository names; variants count as one."""
    assert _used() == {_without_variant(name) for name in compiled.catalogue(dialect)}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_rows_of_names_are_in_the_order_of_the_statement(dialect: str) -> None:
    """Rows that are handed over as they are have their values where the statements expect them."""
    order = ("workspace_id", "key", "key_kind", "record_id", "record_kind", "customer_id")
    assert compiled.find(dialect, "names.FILE").parameters == order
    assert compiled.find(dialect, "names.FILE_AGAIN").parameters == order
    assert compiled.find(dialect, "names.DROP").parameters == order[:4]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_statement_is_scoped(dialect: str) -> None:
    """No statement reads or writes what belongs to a workspace without naming the workspace."""
    for name, statement in compiled.catalogue(dialect).items():
        if name not in _FINDS_THE_WORKSPACE and not name.startswith(_OF_NO_WORKSPACE):
            assert "workspace_id" in statement.parameters, name


def test_what_is_one_customers_is_not_looked_for_in_the_whole_workspace(sqlite_template: Path) -> None:
    """A statement that names a customer or an owner reads their records alone, however many others there are."""
    whole = re.compile(r"SEARCH (deals|tasks|activities|contacts)\b.*\(workspace_id=\?\)$")
    with closing(sqlite3.connect(sqlite_template)) as connection:
        for name, statement in compiled.catalogue("sqlite").items():
            if not {"customer_id", "owner_id"} & set(statement.parameters):
                continue
            values = [statement.constants.get(parameter, "[]") for parameter in statement.parameters]
            values = [0 if value == "[]" and "LIMIT" in statement.sql else value for value in values]
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values)]
            assert not [step for step in plan if whole.search(step)], (name, plan)


def test_every_read_goes_through_an_index(sqlite_template: Path) -> None:
    """No statement walks through a table, so that it stays fast as the tables grow."""
    with closing(sqlite3.connect(sqlite_template)) as connection:
        for name, statement in compiled.catalogue("sqlite").items():
            values = [statement.constants.get(parameter, "[]") for parameter in statement.parameters]
            values = [0 if value == "[]" and "LIMIT" in statement.sql else value for value in values]
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement.sql}", values)]
            walks = [step for step in plan if step.startswith("SCAN") and not _is_small(step)]
            assert not walks or name in _MAY_SCAN, (name, plan)


def _is_small(step: str) -> bool:
    """What a statement has picked already, or the list of values it was given."""
    return (
        step.split()[1].startswith("(subquery-")
        or step.split()[1] in {"found", "due", "json_each", "anon_1", "anon_2", "anon_3", "CONSTANT"}
        or "USING INDEX" in step
    )


def test_compiled_text_is_kept_and_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kept text is used while its sources are unchanged, and replaced when it is older, damaged or in the way."""
    kept = tmp_path / "__pycache__" / "statements_sqlite.json"
    monkeypatch.setattr(compiled.importlib.util, "cache_from_source", lambda _: str(kept))  # type: ignore[attr-defined]

    def find() -> str:
        compiled.catalogue.cache_clear()
        return compiled.find("sqlite", "drafts.GET").sql

    true = find()
    content = json.loads(kept.read_text())
    content["statements"]["drafts.GET"][0] = "SELECT 'kept'"
    kept.write_text(json.dumps(content))
    assert find() == "SELECT 'kept'"
    for damaged in (json.dumps({**content, "made_from": "other files"}), "{", ""):
        kept.write_text(damaged)
        assert find() == true
    kept.unlink()
    kept.mkdir()
    assert find() == true
    compiled.catalogue.cache_clear()


def test_unknown_statement_is_an_error() -> None:
    """A name that no query module has is a mistake in the code."""
    with pytest.raises(KeyError):
        compiled.find("sqlite", "customers.NONE")


@dataclass(frozen=True)
class _Everything:
    """One field of every type that records have."""

    text: str
    number: int
    moment: datetime
    day: date
    stage: Lifecycle
    amount: Money | None
    whole: Money
    several: tuple[str, ...]
    mapping: dict[str, str]
    absent: str | None = None
    more: tuple[Money, ...] = field(default=())


_COLUMNS = (
    "text number moment day stage amount_minor amount_currency whole_minor whole_currency several mapping absent more"
)


@pytest.mark.parametrize("amount", [None, Money(5, "EUR")])
def test_rows_and_records_agree(amount: Money | None) -> None:
    """What is written comes back the same, whatever its types, on SQLite as text and numbers only."""
    columns = _COLUMNS.split()
    moment, price = datetime(2030, 1, 2, 3, 4, 5, 6, tzinfo=UTC), Money(1, "CNY")
    record = _Everything(
        "词", 1, moment, date(2030, 1, 2), Lifecycle.LEAD, amount, price, ("a", "ß"), {"k": "v"}, more=(price, price)
    )
    row = record_writer(_Everything, columns, "sqlite")(record)
    assert {type(value) for value in row} <= {str, int, type(None)}
    assert row_reader(_Everything, columns)(row) == record
    on_server = record_writer(_Everything, columns, "postgresql")(record)
    assert (on_server[2], on_server[3], on_server[4]) == (moment, date(2030, 1, 2), "lead")
    assert row_reader(_Everything, columns)(on_server) == record


def test_missing_column_is_an_error() -> None:
    """A row that lacks a field cannot be read as a record."""
    reader = row_reader(Money, ["minor"])
    with pytest.raises(Exception, match="currency"):
        reader([5])


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC), "2030-01-02T03:04:05.000000Z"),
        (datetime(2030, 1, 2, 3, 4, 5, 60, tzinfo=UTC), "2030-01-02T03:04:05.000060Z"),
        (datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=8))), "2030-01-01T19:04:05.000000Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00.000000Z"),
    ],
)
def test_instants_as_text(moment: datetime, text: str) -> None:
    """Always as long, always in UTC, so that the text sorts as the time does."""
    assert instant_text(moment) == text


def test_instant_without_zone_is_refused() -> None:
    """A moment that could be any of 38 is a mistake in the code."""
    naive: Any = datetime(2030, 1, 2)  # noqa: DTZ001 - that it has no zone is the point
    with pytest.raises(ValueError, match="time zone"):
        instant_text(naive)
