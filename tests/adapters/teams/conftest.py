"""Kith and a Teams for it to talk to."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.teams.world import World, running


@pytest.fixture
def anyio_backend() -> str:
    """Kith runs on asyncio."""
    return "asyncio"


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """A seeded Kith with one directory of people."""
    async with running(sqlite_url) as made:
        yield made
