"""A unit of work is kept as a whole or not at all, whatever else happens at the same time."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import ConflictError
from core.events.model import Kind, Ref
from core.work import SIGNAL_LIMIT, Work
from storage.errors import DatabaseClosedError
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, customer, deal, event


class _BugError(Exception):
    """Something nobody expected."""


def test_failing_unit_keeps_nothing(store: Store, people: People) -> None:
    """What it wrote before it failed is gone, and whoever asked is told."""
    of = customer(people.wei)

    def fail(work: Work) -> None:
        work.customers.add(of)
        raise _BugError

    with pytest.raises(_BugError):
        store.write(fail)
    assert store.read(lambda work: work.customers.by_id(people.all, of.id)) is None


def test_failing_units_do_not_harm_their_neighbours(store: Store, people: People) -> None:
    """Of many units that are committed together, those that fail are taken back and the rest stays."""
    kept = [customer(people.wei, str(number), external_id=str(number // 2)) for number in range(40)]

    async def together() -> list[object]:
        return await asyncio.gather(
            *(store.database.write(lambda work, one=one: work.customers.add(one)) for one in kept),
            return_exceptions=True,
        )

    outcomes = store.runner.run(together())
    assert sum(isinstance(outcome, ConflictError) for outcome in outcomes) == 20
    assert outcomes.count(None) == 20
    assert store.read(lambda work: work.customers.count(people.all)) == 20


def test_nothing_is_lost_between_reading_and_saving(store: Store, people: People) -> None:
    """Many who add to the same number at once all count."""
    of = customer(people.wei)
    counter = deal(of, probability=0)

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.deals.add(counter)

    def add_one(work: Work) -> None:
        current = work.deals.by_id(people.all, counter.id)
        assert current is not None
        work.deals.save(replace(current, probability=current.probability + 1))

    store.write(keep)
    other = store.another()

    async def together() -> None:
        await asyncio.gather(*(each.database.write(add_one) for each in (store, other) * 5))

    store.runner.run(together())
    final = store.read(lambda work: work.deals.by_id(people.all, counter.id))
    assert final is not None
    assert final.probability == 10
    other.close()


def test_nested_part_fails_alone(store: Store, people: People) -> None:
    """A part may fail inside a part; what was outside stays."""
    outer, middle, inner = (customer(people.wei, name) for name in ("outer", "middle", "inner"))

    def write(work: Work) -> None:
        work.customers.add(outer)
        with work.nested():
            work.customers.add(middle)
            with suppress(_BugError), work.nested():
                work.customers.add(inner)
                raise _BugError

    store.write(write)
    present = store.read(lambda work: work.customers.list_after(people.all, limit=9))
    assert present == [outer, middle]


def test_conflict_in_a_part_can_be_answered(store: Store, people: People) -> None:
    """A value that is taken is an expected failure, after which the unit goes on."""
    first, second, other = (customer(people.wei, external_id=taken) for taken in ("1", "1", "2"))

    def write(work: Work) -> None:
        work.customers.add(first)
        with pytest.raises(ConflictError), work.nested():
            work.customers.add(second)
        work.customers.add(other)

    store.write(write)
    assert store.read(lambda work: work.customers.count(people.all)) == 2


def test_part_of_a_read_may_fail(store: Store, people: People) -> None:
    """Reading, too, can be done in parts."""

    def read(work: Work) -> int:
        with pytest.raises(_BugError), work.nested():
            raise _BugError
        return work.customers.count(people.all)

    assert store.read(read) == 0
    assert store.read(read) == 0


def test_one_receipt_and_one_instant(store: Store, people: People) -> None:
    """A unit of work has its instant, its receipt and ids that sort."""

    def look(work: Work) -> tuple[object, ...]:
        return work.now, work.receipt_id, work.new_id(), work.new_id()

    now, receipt, first, second = store.write(look)
    assert now == NOW
    assert receipt < first < second  # type: ignore[operator]
    assert store.write(look)[1] != receipt


def test_signals_follow_the_commit(store: Store, people: People) -> None:
    """They are heard once kept, each once; what was taken back is never heard."""
    heard: list[str] = []
    of = customer(people.wei)

    def signal(work: Work) -> None:
        work.signal("jobs", "1")
        work.signal("jobs", "1")
        work.signal("others", "2")
        with suppress(_BugError), work.nested():
            work.signal("jobs", "taken back")
            raise _BugError

    def fail(work: Work) -> None:
        work.events.append(event(of))
        work.signal("jobs", "failed")
        raise _BugError

    async def listen() -> None:
        stop = store.database.subscribe("jobs", heard.append)
        await _until(lambda: "" in heard or store.url.startswith("sqlite"))
        with pytest.raises(_BugError):
            await store.database.write(fail)
        await store.database.write(signal)
        await _until(lambda: "1" in heard)
        stop()
        await store.database.write(lambda work: work.signal("jobs", "unheard"))
        await store.database.write(lambda work: work.events.append(event(of)))

    store.runner.run(listen())
    assert [payload for payload in heard if payload] == ["1"]
    assert (
        len(store.read(lambda work: work.events.of_subject(of.workspace_id, Ref(Kind.CUSTOMER, of.id), limit=9))) == 1
    )


async def _until(condition: Callable[[], bool]) -> None:
    """Lets the event loop turn until something has happened; fails when it does not."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event to wait on
            await asyncio.sleep(0)


def test_signal_is_short(store: Store) -> None:
    """A signal carries a hint, not the thing itself."""
    with pytest.raises(ValueError, match="short"):
        store.write(lambda work: work.signal("topic", "x" * SIGNAL_LIMIT))


def test_long_reads_go_apart(store: Store, people: People) -> None:
    """A read that takes long sees what was committed, while others go on."""
    store.write(lambda work: work.customers.add(customer(people.wei)))

    async def both() -> tuple[int, int]:
        return await asyncio.gather(
            store.database.read_long(lambda work: work.customers.count(people.all)),
            store.database.read(lambda work: work.customers.count(people.all)),
        )

    assert store.runner.run(both()) == [1, 1]
    with pytest.raises(_BugError):
        store.runner.run(store.database.read_long(_fail))


def test_long_read_leaves_nothing_open(store: Store, people: People) -> None:
    """Whoever comes next sees the latest state, and may write."""
    assert store.runner.run(store.database.read_long(lambda work: work.customers.count(people.all))) == 0
    store.write(lambda work: work.customers.add(customer(people.wei)))
    assert store.read(lambda work: work.customers.count(people.all)) == 1


def _fail(work: Work) -> None:
    raise _BugError


def test_closed_database_says_so(store: Store) -> None:
    """After closing nothing is read or written, and closing again does no harm."""
    store.close()
    for run in (store.read, store.write):
        with pytest.raises(DatabaseClosedError):
            run(lambda work: work.jobs.count_waiting(NOW))
    with pytest.raises(DatabaseClosedError):
        store.runner.run(store.database.read_long(lambda work: work.jobs.count_waiting(NOW)))


def test_written_before_closing(store: Store, people: People) -> None:
    """What was handed over before the end is kept."""
    many = [customer(people.wei, str(number)) for number in range(30)]

    async def write_and_close() -> None:
        writing = [
            asyncio.ensure_future(store.database.write(lambda work, one=one: work.customers.add(one))) for one in many
        ]
        await asyncio.gather(*writing)
        await store.database.close()

    store.runner.run(write_and_close())
    again = store.another()
    assert again.read(lambda work: work.customers.count(people.all)) == 30
    again.close()


def test_instants_survive_to_the_microsecond(store: Store, people: People) -> None:
    """Instants with and without a fraction come back as they were and sort by time."""
    moments = [NOW.replace(microsecond=0), NOW.replace(microsecond=1), NOW + timedelta(seconds=1)]
    kept = [customer(people.wei, str(number), updated_at=moment) for number, moment in enumerate(moments)]
    store.write(lambda work: work.customers.add_many(kept))
    recent = store.read(lambda work: work.customers.list_recent(people.all, limit=9))
    assert [each.updated_at for each in recent] == moments[::-1]
