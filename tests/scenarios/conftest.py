"""A Kith with people in it, fresh for every test."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kith import Kith, People, start, stop


@pytest.fixture(scope="session")
def settled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """A SQLite file in which the people of the scenarios have settled, to copy."""
    path = tmp_path_factory.mktemp("settled") / "kith.db"
    shutil.copyfile(sqlite_template, path)
    with asyncio.Runner() as runner:
        kith = start(f"sqlite:///{path}", runner)
        stop(kith)
        return path, kith.people


def _on_a_copy(settled: tuple[Path, People], folder: Path) -> Iterator[Kith]:
    template, people = settled
    path = folder / "kith.db"
    shutil.copyfile(template, path)
    with asyncio.Runner() as runner:
        kith = start(f"sqlite:///{path}", runner, people)
        yield kith
        stop(kith)


@pytest.fixture
def sqlite_kith(settled: tuple[Path, People], tmp_path: Path) -> Iterator[Kith]:
    """A Kith on SQLite, on a database of its own."""
    yield from _on_a_copy(settled, tmp_path)


@pytest.fixture
def postgres_kith(empty_postgres_url: str) -> Iterator[Kith]:
    """A Kith on PostgreSQL, on an emptied database."""
    with asyncio.Runner() as runner:
        kith = start(empty_postgres_url, runner)
        yield kith
        stop(kith)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def either_kith(request: pytest.FixtureRequest) -> Kith:
    """A Kith on SQLite, and one on PostgreSQL."""
    kith: Kith = request.getfixturevalue(f"{request.param}_kith")
    return kith


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """The Kith of most scenarios; a module that says otherwise takes ``either_kith`` for it."""
    return sqlite_kith


@pytest.fixture(scope="module")
def module_kith(settled: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kith]:
    """A Kith on SQLite that the tests of a module share: those that only look."""
    yield from _on_a_copy(settled, tmp_path_factory.mktemp("kith"))
