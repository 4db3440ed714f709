"""A Kith with people in it, fresh for every test."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.kith import Kith, People, start

Scenario = Callable[[Kith, People], Coroutine[Any, Any, None]]
Play = Callable[[Scenario], None]


async def _played(scenario: Scenario, url: str, people: People | None = None) -> People:
    kith, people = await start(url, people)
    try:
        await scenario(kith, people)
    finally:
        await kith.database.close()
    return people


@pytest.fixture(scope="session")
def settled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, People]:
    """A SQLite file in which the people of the scenarios have settled, to copy."""

    async def nothing(kith: Kith, people: People) -> None:
        pass

    path = tmp_path_factory.mktemp("settled") / "kith.db"
    shutil.copyfile(sqlite_template, path)
    return path, asyncio.run(_played(nothing, f"sqlite:///{path}"))


@pytest.fixture
def play(settled: tuple[Path, People], tmp_path: Path) -> Play:
    """Plays a scenario from beginning to end on a database of its own."""
    template, people = settled
    path = tmp_path / "kith.db"
    shutil.copyfile(template, path)
    return lambda scenario: asyncio.run(_played(scenario, f"sqlite:///{path}", people))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def play_on_both(request: pytest.FixtureRequest) -> Play:
    """``play`` on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        play: Play = request.getfixturevalue("play")
        return play
    url = request.getfixturevalue("empty_postgres_url")
    return lambda scenario: asyncio.run(_played(scenario, url))
