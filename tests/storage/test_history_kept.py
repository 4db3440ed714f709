"""Events are appended and read, never changed; receipts are found and undone once."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from core.events.model import Change, EventType, Kind, Ref
from core.ids import EventId, MemberId, ReceiptId, new_id
from core.receipts.model import Receipt
from core.work import Work
from storage.compiled import catalogue
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, contact, customer, event


def _receipt(people: People, **values: Any) -> Receipt:
    defaults = {"verb": "visit", "digest": "words", "created_at": NOW, "member_id": people.wei.id}
    return Receipt(id=ReceiptId(new_id(NOW)), workspace_id=people.workspace_id, **{**defaults, **values})


def test_event_comes_back_whole(store: Store, people: People) -> None:
    """Changes keep their JSON values, and everything else is as it was said."""
    of = customer(people.wei)
    kept = event(
        of,
        type=EventType.DEAL_CHANGED,
        related=(Ref(Kind.CONTACT, "c"), Ref(Kind.DEAL, "d")),
        changes=(Change("amount", None, {"minor": 5, "currency": "CNY"}), Change("名", "旧", ["新", 1, None])),
        actor_id=MemberId(people.wei.id),
        happened_at=NOW - timedelta(days=1),
        platform="slack",
        delivery="slack:T:1",
        undoes=EventId("e"),
    )
    store.write(lambda work: work.events.append(kept))
    assert store.read(lambda work: work.events.of_receipt(people.workspace_id, kept.receipt_id)) == [kept]


def test_timeline_by_when_it_happened(store: Store, people: People) -> None:
    """A record's timeline has its own events and the related ones, the latest to have happened first."""
    of = customer(people.wei)
    ada = Ref(Kind.CONTACT, contact(of).id)
    first = event(of, happened_at=NOW - timedelta(days=1))
    related = event(of, record=ada, related=(Ref(Kind.CUSTOMER, of.id),))
    told_late = event(of, happened_at=NOW - timedelta(days=2), related=(ada,))
    store.write(lambda work: work.events.append_many([first, related, told_late]))

    def timeline(work: Work, subject: Ref, **page: int) -> list[Any]:
        return work.events.of_subject(people.workspace_id, subject, **{"limit": 9, **page})

    of_customer = Ref(Kind.CUSTOMER, of.id)
    assert store.read(lambda work: timeline(work, of_customer)) == [related, first, told_late]
    assert store.read(lambda work: timeline(work, of_customer, limit=1, offset=1)) == [first]
    assert store.read(lambda work: timeline(work, ada)) == [related, told_late]
    assert store.read(lambda work: work.events.latest_of(people.workspace_id, of_customer)) == told_late


def test_timeline_of_some_kinds(store: Store, people: People) -> None:
    """Narrowed down to what happened to records of some kinds, page by page."""
    of = customer(people.wei)
    about = (Ref(Kind.CUSTOMER, of.id),)
    added = event(of, happened_at=NOW - timedelta(days=3))
    task = event(of, record=Ref(Kind.TASK, "t"), related=about, happened_at=NOW - timedelta(days=2))
    deal = event(of, record=Ref(Kind.DEAL, "d"), related=about, happened_at=NOW - timedelta(days=1))
    store.write(lambda work: work.events.append_many([added, task, deal]))

    def timeline(work: Work, *kinds: Kind, **page: int) -> list[Any]:
        return work.events.of_subject(people.workspace_id, about[0], kinds=kinds, **{"limit": 9, **page})

    assert store.read(timeline) == [deal, task, added]
    assert store.read(lambda work: timeline(work, Kind.TASK)) == [task]
    assert store.read(lambda work: timeline(work, Kind.TASK, Kind.DEAL, limit=1, offset=1)) == [task]
    assert store.read(lambda work: timeline(work, Kind.ACTIVITY)) == []


def test_recorded_in_this_unit(store: Store, people: People) -> None:
    """A unit of work knows its own events, without those of a part that was taken back."""
    of = customer(people.wei)
    first, dropped, last = event(of), event(of), event(of)

    def record(work: Work) -> tuple[Any, ...]:
        work.events.append(first)
        with suppress(LookupError), work.nested():
            work.events.append(dropped)
            raise LookupError
        work.events.append_many([last])
        return work.events.recorded

    assert store.write(record) == (first, last)
    assert store.read(lambda work: work.events.recorded) == ()
    subject = Ref(Kind.CUSTOMER, of.id)
    kept = store.read(lambda work: work.events.of_subject(people.workspace_id, subject, limit=9))
    assert kept == [last, first]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_events_are_never_changed(dialect: str) -> None:
    """There is no statement that updates or deletes an event."""
    about_events = [found.sql for name, found in catalogue(dialect).items() if " event" in found.sql]
    assert about_events
    assert not [sql for sql in about_events if sql.startswith(("UPDATE event", "DELETE FROM event"))]


def test_repeat_is_found_while_it_is_fresh(store: Store, people: People) -> None:
    """The same member's same words since then, unless undone."""
    kept = _receipt(people)
    store.write(lambda work: work.receipts.add(kept))

    def repeat(work: Work, digest: str = "words", seconds: int = 0) -> Receipt | None:
        since = NOW + timedelta(seconds=seconds)
        return work.receipts.repeat_of(people.workspace_id, people.wei.id, digest, since)

    assert store.read(repeat) == kept
    assert store.read(lambda work: repeat(work, digest="others")) is None
    assert store.read(lambda work: repeat(work, seconds=1)) is None
    assert store.write(lambda work: work.receipts.mark_undone(kept, NOW))
    assert store.read(repeat) is None


def test_sent_twice_at_once(store: Store, people: People) -> None:
    """Of several who send the same words at the same time, one finds no repeat, whichever process it comes to."""

    def say(work: Work) -> bool:
        if work.receipts.repeat_of(people.workspace_id, people.wei.id, "words", NOW) is not None:
            return False
        work.receipts.add(_receipt(people))
        return True

    other = store.another()

    async def together() -> list[bool]:
        return await asyncio.gather(*(each.database.write(say) for each in (store, other) * 3))

    assert sum(store.runner.run(together())) == 1
    other.close()


def test_undone_once(store: Store, people: People) -> None:
    """Of two who undo a receipt, one does."""
    kept = _receipt(people)
    store.write(lambda work: work.receipts.add(kept))
    assert store.write(lambda work: work.receipts.mark_undone(kept, NOW))
    assert not store.write(lambda work: work.receipts.mark_undone(kept, NOW + timedelta(seconds=1)))
    undone = store.read(lambda work: work.receipts.by_id(people.workspace_id, kept.id))
    assert undone is not None
    assert undone.undone_at == NOW


def test_latest_receipt_to_undo(store: Store, people: People) -> None:
    """The member's last one, passing over undoings, what is undone, and what others did."""
    first, second = _receipt(people), _receipt(people, created_at=NOW + timedelta(seconds=1))
    undoing = _receipt(people, verb="undo", created_at=NOW + timedelta(seconds=2))
    others = _receipt(people, member_id=people.ann.id, created_at=NOW + timedelta(seconds=3))

    def keep(work: Work) -> None:
        for receipt in (first, second, undoing, others):
            work.receipts.add(receipt)

    store.write(keep)

    def latest(work: Work) -> Receipt | None:
        return work.receipts.latest_of(people.workspace_id, people.wei.id)

    assert store.read(latest) == second
    store.write(lambda work: work.receipts.mark_undone(second, NOW))
    assert store.read(latest) == first
