"""Every storage test runs against both databases."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from core.work import Database, Work
from storage.database import open_database
from tests.storage.samples import MovableClock, People, hire

T = TypeVar("T")


class Store:
    """A database, and an event loop to use it in."""

    def __init__(self, url: str, clock: MovableClock, runner: asyncio.Runner) -> None:
        self.url = url
        self.clock = clock
        self.runner = runner
        self.database: Database = open_database(url, clock)

    def read(self, function: Callable[[Work], T]) -> T:
        """Reads in the store's event loop."""
        return self.runner.run(self.database.read(function))

    def write(self, function: Callable[[Work], T]) -> T:
        """Writes in the store's event loop."""
        return self.runner.run(self.database.write(function))

    def another(self) -> "Store":
        """The same database, as another process opens it."""
        return Store(self.url, self.clock, self.runner)

    def close(self) -> None:
        """Closes the database."""
        self.runner.run(self.database.close())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "empty_postgres_url")
    return url


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def store(database_url: str, clock: MovableClock, runner: asyncio.Runner) -> Iterator[Store]:
    store = Store(database_url, clock, runner)
    yield store
    store.close()


@pytest.fixture
def people(store: Store) -> People:
    return store.write(hire)
