"""A Kith with one Telegram bot against the stand-in, and people to talk to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bots.emulators.telegram.client import Account
from tests.adapters.telegram.process import (
    ANA,
    FORUM,
    GROUP,
    STRANGER,
    TOPIC,
    WEI,
    Kith,
    MovableClock,
    Starting,
    populate,
)
from tests.adapters.telegram.stand_in import StandIn


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server(anyio_backend: str, clock: MovableClock) -> AsyncIterator[StandIn]:
    async with StandIn(clock) as running:
        for person in (WEI, ANA):
            running.chat(person)
        running.chat(STRANGER)
        running.chat(GROUP, type="group", title="Sales")
        running.chat(FORUM, type="supergroup", title="Accounts", threads=(TOPIC,))
        yield running


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def start(sqlite_url: str, server: StandIn, clock: MovableClock) -> AsyncIterator[Starting]:
    """Starts a Kith; what still runs at the end is stopped."""
    async with AsyncExitStack() as stack:

        async def started(**settings: Any) -> Kith:
            kith = Kith(sqlite_url, server, clock, **settings)
            await populate(kith.database)
            await kith.start()
            stack.push_async_callback(_stop_once, kith)
            return kith

        yield started


async def _stop_once(kith: Kith) -> None:
    if not kith.http.is_closed:
        await kith.stop()


@pytest.fixture
async def kith(start: Starting) -> Kith:
    return await start()


@pytest.fixture
def wei(server: StandIn) -> Account:
    return Account(server, WEI, "Wei")


@pytest.fixture
def ana(server: StandIn) -> Account:
    return Account(server, ANA, "Ana", "zh-hans")


@pytest.fixture
def stranger(server: StandIn) -> Account:
    return Account(server, STRANGER, "Sam")
