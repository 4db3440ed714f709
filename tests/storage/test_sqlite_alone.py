"""What only SQLite does: one writer, a file that can fill the disk, a folder that may be missing."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from core.work import Work
from storage.database import open_database
from storage.errors import DatabaseBusyError, DatabaseError
from storage.migrating import upgrade
from storage.sqlite import SqliteDatabase
from storage.sqlite_connection import open_file
from tests.storage.conftest import Store
from tests.storage.samples import NOW, MovableClock, People, customer, hire


@pytest.fixture
def lone(sqlite_url: str, clock: MovableClock, runner: asyncio.Runner) -> Iterator[Store]:
    store = Store(sqlite_url, clock, runner)
    yield store
    store.close()


@pytest.fixture
def staff(lone: Store) -> People:
    return lone.write(hire)


def test_full_disk_keeps_nothing_and_says_so(lone: Store, staff: People) -> None:
    """Everybody whose work was committed together is told; when there is room again, writing goes on."""
    assert isinstance(lone.database, SqliteDatabase)
    assert lone.database._writer is not None
    driver = lone.database._writer._connection.driver
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    big = [customer(staff.wei, str(number), address="x" * 100_000) for number in range(3)]

    async def together() -> list[object]:
        writing = [lone.database.write(lambda work, one=one: work.customers.add(one)) for one in big]
        return await asyncio.gather(*writing, return_exceptions=True)

    driver.execute(f"PRAGMA max_page_count = {pages + 5}")
    outcomes = lone.runner.run(together())
    assert all(isinstance(outcome, DatabaseError) and "disk is full" in str(outcome) for outcome in outcomes)
    assert lone.read(lambda work: work.customers.count(staff.all)) == 0
    driver.execute("PRAGMA max_page_count = 1000000")
    assert lone.runner.run(together()) == [None, None, None]
    assert lone.read(lambda work: work.customers.count(staff.all)) == 3


def test_full_disk_that_somebody_passes_over(lone: Store, staff: People) -> None:
    """Code that goes on after a full disk has its work refused, its neighbours' with it, and the writer lives on."""
    assert isinstance(lone.database, SqliteDatabase)
    assert lone.database._writer is not None
    driver = lone.database._writer._connection.driver
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count = {pages + 5}")

    def pass_over(work: Work) -> None:
        with suppress(sqlite3.Error, DatabaseError):
            work.customers.add(customer(staff.wei, address="x" * 100_000))

    async def together() -> list[object]:
        writing = [
            lone.database.write(lambda work: work.jobs.accept("neighbour", NOW)),
            lone.database.write(pass_over),
        ]
        return await asyncio.gather(*writing, return_exceptions=True)

    outcomes = lone.runner.run(together())
    driver.execute("PRAGMA max_page_count = 1000000")
    assert [type(outcome) for outcome in outcomes] == [DatabaseError, DatabaseError]
    assert lone.write(lambda work: work.jobs.accept("neighbour", NOW))


def test_another_process_writing_for_long(lone: Store, staff: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kith waits a while, then says why it cannot write; reading goes on meanwhile."""
    assert isinstance(lone.database, SqliteDatabase)
    assert lone.database._writer is not None
    lone.database._writer._connection.driver.execute("PRAGMA busy_timeout = 1")
    other = open_file(Path(lone.url.removeprefix("sqlite:///")), reads_only=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusyError, match="another process"):
        lone.write(lambda work: work.jobs.accept("d", NOW))
    assert lone.read(lambda work: work.customers.count(staff.all)) == 0
    other.execute("ROLLBACK")
    other.close()
    assert lone.write(lambda work: work.jobs.accept("d", NOW))


def test_writing_while_reading_is_refused(lone: Store, staff: People) -> None:
    """A function that only reads cannot write by mistake."""
    with pytest.raises(DatabaseError, match=r"readonly|written to"):
        lone.read(lambda work: work.jobs.accept("d", NOW))


def test_cancelled_waiter_harms_nobody(lone: Store, staff: People) -> None:
    """Who stops waiting for a write leaves the writer at work for the others."""

    async def cancel_one() -> bool:
        task = asyncio.ensure_future(lone.database.write(lambda work: work.jobs.accept("a", NOW)))
        await asyncio.sleep(0)
        task.cancel()
        return await lone.database.write(lambda work: work.jobs.accept("b", NOW))

    assert lone.runner.run(cancel_one())


def test_database_without_tables_names_the_way_out(tmp_path: Path, clock: MovableClock, runner: asyncio.Runner) -> None:
    """Before it is set up, whoever runs Kith is told what to run."""
    store = Store(f"sqlite:///{tmp_path}/new/folder/kith.db", clock, runner)
    for run in (store.read, store.write):
        with pytest.raises(DatabaseError, match="kith db upgrade"):
            run(lambda work: work.jobs.count_waiting(NOW))
    store.close()
    upgrade(store.url)
    again = store.another()
    assert again.read(lambda work: work.jobs.count_waiting(NOW)) == 0
    again.close()


def test_file_that_is_no_database(tmp_path: Path, clock: MovableClock, runner: asyncio.Runner) -> None:
    """A damaged or foreign file is named as such, and left alone."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database " * 1000)
    store = Store(f"sqlite:///{path}", clock, runner)
    with pytest.raises(DatabaseError, match="not a database"):
        store.write(lambda work: work.jobs.count_waiting(NOW))
    assert path.read_text().startswith("not a database")
    store.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://x", "", "kith.db"])
def test_impossible_addresses(url: str, clock: MovableClock) -> None:
    """An address of no database that Kith knows says what one looks like."""
    with pytest.raises(DatabaseError, match="sqlite:///"):
        open_database(url, clock)


def test_starting_without_sqlalchemy(sqlite_url: str, lone: Store) -> None:
    """A process that finds its statements compiled imports neither SQLAlchemy, nor Alembic, nor asyncpg."""
    lone.read(lambda work: work.members.only_workspace())  # compiles them unless an earlier test has
    program = (
        "import asyncio, sys\n"
        "from datetime import UTC, datetime\n"
        "from storage.database import open_database\n"
        "from storage.migrating import is_current\n"
        "class Clock:\n"
        "    now = staticmethod(lambda: datetime.now(UTC))\n"
        f"assert is_current({sqlite_url!r})\n"
        f"database = open_database({sqlite_url!r}, Clock())\n"
        "asyncio.run(database.write(lambda work: work.jobs.accept('d', work.now)))\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'asyncpg') if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert ran.stdout == "[]\n"


def test_units_run_in_the_order_they_came(lone: Store, staff: People) -> None:
    """The writer takes work first come, first served."""
    order: list[int] = []

    async def together() -> None:
        await asyncio.gather(*(lone.database.write(lambda _, n=number: order.append(n)) for number in range(500)))

    lone.runner.run(together())
    assert order == list(range(500))
