"""Kith and a Mattermost for it to talk to."""

from collections.abc import AsyncIterator

import pytest

from tests.adapters.mattermost.mattermost_world import Office, running


@pytest.fixture
def anyio_backend() -> str:
    """Kith runs on asyncio."""
    return "asyncio"


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[Office]:
    """A seeded Kith with one Mattermost server."""
    async with running(sqlite_url) as made:
        yield made
