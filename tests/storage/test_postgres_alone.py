"""What only PostgreSQL does: several processes, connections that break, signals between processes."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest

from core.errors import StoreUnavailableError
from core.work import Work
from storage.database import open_database
from storage.errors import DatabaseBusyError, DatabaseError
from storage.postgres_connection import MOST_CONNECTIONS
from tests.storage.conftest import Store
from tests.storage.samples import NOW, MovableClock, People, customer, hire, job

pytestmark = pytest.mark.postgres


@pytest.fixture
def served(empty_postgres_url: str, clock: MovableClock, runner: asyncio.Runner) -> Iterator[Store]:
    store = Store(empty_postgres_url, clock, runner)
    yield store
    store.close()


async def _as_server(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


_END_THE_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kith'"


def test_idle_connections_that_were_ended(served: Store) -> None:
    """A server that was started again is used again, without an error in between."""
    assert served.write(lambda work: work.jobs.accept("a", NOW))
    served.runner.run(_as_server(served.url, _END_THE_OTHERS))
    assert served.read(lambda work: work.jobs.count_waiting(NOW)) == 0
    served.runner.run(_as_server(served.url, _END_THE_OTHERS))
    assert served.write(lambda work: work.jobs.accept("b", NOW))


def test_connection_lost_in_the_middle(served: Store) -> None:
    """A unit of work whose connection breaks before the commit is begun again, and is done once."""
    tries: list[int] = []

    def break_once(work: Work) -> bool:
        tries.append(1)
        kept = work.jobs.accept("a", NOW)
        if len(tries) == 1:
            work.jobs._connection.execute(_END_THE_OTHERS)  # type: ignore[attr-defined]
        return kept

    assert served.write(break_once)
    assert len(tries) == 2
    assert not served.write(lambda work: work.jobs.accept("a", NOW))


def test_swallowed_conflict_is_not_committed(served: Store) -> None:
    """Code that goes on after a conflict does not get half of its work committed: all of it is run again."""
    staff = served.write(hire)
    of = customer(staff.wei)
    served.write(lambda work: work.customers.add(of))
    other = served.another()
    tries: list[int] = []
    passed_over: list[int] = []

    async def race() -> None:
        loop = asyncio.get_running_loop()
        met = loop.create_future()

        def slow(work: Work) -> None:
            tries.append(1)
            work.customers.by_id(staff.all, of.id)
            if len(tries) == 1:
                # Another process changes the record between this unit's reading and saving.
                work.customers._connection._await(lambda _: met)  # type: ignore[attr-defined]
            try:
                with work.nested():
                    work.customers.save(of)
            except StoreUnavailableError:  # what the dispatcher lets through, and takes for no crash
                passed_over.append(1)
                work.jobs.add(job("half"))

        writing = asyncio.ensure_future(served.database.write(slow))
        while not tries:  # noqa: ASYNC110 - the unit of work has no event to set
            await asyncio.sleep(0)
        await other.database.write(lambda work: work.customers.save(of))
        met.set_result(None)
        await writing

    served.runner.run(race())
    assert (len(tries), len(passed_over)) == (2, 1)
    assert served.read(lambda work: work.jobs.count_waiting(NOW)) == 0
    other.close()


def test_signal_reaches_another_process(served: Store) -> None:
    """What one process commits, another hears; after its connection was lost as well."""
    other = served.another()
    heard: list[str] = []

    async def listen() -> None:
        async with asyncio.timeout(20):
            other.database.subscribe("jobs", heard.append)
            await _heard("")
            await served.database.write(lambda work: work.signal("jobs", "one two"))
            await _heard("one two")
            heard.clear()
            await _as_server(served.url, _END_THE_OTHERS)
            await _heard("")
            await served.database.write(lambda work: work.signal("jobs", "三"))
            await _heard("三")

    async def _heard(payload: str) -> None:
        while payload not in heard:  # noqa: ASYNC110 - a callback fills the list
            await asyncio.sleep(0.001)

    served.runner.run(listen())
    other.close()


def test_row_held_for_too_long(served: Store) -> None:
    """Waiting for somebody's lock ends with a clear error, not with a command that hangs."""
    served.write(lambda work: work.jobs.add(job("lane", lease="mine")))

    async def race() -> None:
        holder = await asyncpg.connect(served.url)
        try:
            await holder.execute("BEGIN; SELECT * FROM jobs FOR UPDATE")
            await served.database.write(_with_little_patience)
        finally:
            await holder.close()

    def _with_little_patience(work: Work) -> None:
        work.jobs._connection.execute("SET LOCAL lock_timeout = '1ms'")  # type: ignore[attr-defined]
        work.jobs.claim("other", NOW, NOW, limit=1)
        work.jobs.holds("x", "mine")
        work.jobs._connection.execute("UPDATE jobs SET reason = 'x'")  # type: ignore[attr-defined]

    with pytest.raises(DatabaseBusyError):
        served.runner.run(race())


@pytest.mark.parametrize("way", ["read", "write", "read_long"])
def test_server_that_is_not_there(clock: MovableClock, runner: asyncio.Runner, way: str) -> None:
    """An address where no server answers says so at once."""
    store = Store("postgresql://kith@127.0.0.1:1/kith", clock, runner)
    with pytest.raises(DatabaseError, match="cannot be reached"):
        runner.run(getattr(store.database, way)(lambda work: work.jobs.count_waiting(NOW)))
    store.close()


def test_database_that_is_not_there(served: Store, clock: MovableClock) -> None:
    """A server without the database says which is missing."""
    base, _, query = served.url.partition("?")
    absent = open_database(f"{base}_absent?{query}", clock)
    with pytest.raises(DatabaseError, match="no such database"):
        served.runner.run(absent.read(lambda work: work.jobs.count_waiting(NOW)))
    served.runner.run(absent.close())


def test_cancelled_work_leaves_the_connection_usable(served: Store) -> None:
    """Who stops waiting takes nothing with them: the transaction is taken back and the connection goes on."""
    staff: People = served.write(hire)

    async def cancel_one() -> int:
        started = asyncio.Event()

        def slow(work: Work) -> None:
            work.customers.add(customer(staff.wei))
            started.set()
            work.jobs._connection.execute("SELECT pg_sleep(30)")  # type: ignore[attr-defined]

        task = asyncio.ensure_future(served.database.write(slow))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await served.database.read(lambda work: work.customers.count(staff.all))

    assert served.runner.run(cancel_one()) == 0


def test_connections_are_shared_in_turn(served: Store) -> None:
    """Many more than there are connections all come to their turn, in the order they asked."""
    served.write(hire)
    done: list[int] = []

    async def ask(number: int) -> None:
        await served.database.read(lambda work: work.jobs.count_waiting(NOW))
        done.append(number)

    async def together() -> None:
        await asyncio.gather(*(ask(number) for number in range(60)))

    served.runner.run(together())
    assert sorted(done) == list(range(60))
    assert set(done[:10]) <= set(range(MOST_CONNECTIONS + 10))


def test_value_that_no_server_takes_is_no_outage(served: Store) -> None:
    """What the server can never take is a fault of ours: it is not told as an outage, which would be tried for ever."""
    for function in (served.read, served.write):
        with pytest.raises(asyncpg.DataError):
            function(lambda work: work.jobs.accept("a\0", NOW))
