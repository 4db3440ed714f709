"""The workbench for a test: a house with people, closed at the end."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.adapters.web.house import House


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def house(sqlite_url: str, runner: asyncio.Runner) -> Iterator[House]:
    house = House(sqlite_url, runner)
    yield house
    house.close()


@pytest.fixture
def demo(sqlite_url: str, runner: asyncio.Runner) -> Iterator[House]:
    house = House(sqlite_url, runner, demo=True, public_url="http://127.0.0.1:8000")
    yield house
    house.close()
