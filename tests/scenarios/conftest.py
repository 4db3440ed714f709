"""A Kith with people in it, fresh for every test."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kith import Kith, People, start

Scenario = Callable[[Kith, People], Coroutine[Any, Any, None]]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Callable[[Scenario], None]]:
    """Plays a scenario from beginning to end on a database of its own."""

    async def whole(scenario: Scenario) -> None:
        kith, people = await start(tmp_path / "kith.db")
        try:
            await scenario(kith, people)
        finally:
            await kith.database.close()

    yield lambda scenario: asyncio.run(whole(scenario))
