"""Records come back as they were kept, and a removed one is gone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.activities.model import ActivityKind
from core.contacts.model import Decision
from core.customers.model import Lifecycle
from core.deals.model import DealStage
from core.errors import ConflictError
from core.events.model import Kind
from core.money import Money
from core.tasks.model import Priority
from core.work import Work
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, activity, contact, customer, deal, task

KINDS = (Kind.CUSTOMER, Kind.CONTACT, Kind.ACTIVITY, Kind.TASK, Kind.DEAL)


def _full(people: People) -> dict[Kind, Any]:
    """One record of each kind with every field filled in."""
    of = customer(
        people.wei,
        "Ünïcode 华为 'quoted'; DROP TABLE",
        aliases=("Huawei", "華為"),
        stage=Lifecycle.PROSPECT,
        tags=("a,b", "c"),
        external_id="C-1",
        extra={"列": "値", "": ""},
        phone="+86 755 2878 0808",
        updated_at=NOW + timedelta(days=1),
    )
    bought = deal(
        of,
        amount=Money(2**62, "JPY"),
        stage=DealStage.QUOTE,
        probability=55,
        close_on=date(2030, 2, 28),
        owner_id=people.ann.id,
        external_id="D-1",
    )
    met = contact(of, title="CTO", decision=Decision.DECIDER, email="ada@example.com", external_id="P-1")
    visit = activity(
        of,
        kind=ActivityKind.MEETING,
        text="line\nline 🎉",
        contact_ids=(met.id,),
        deal_id=bought.id,
        author_id=people.wei.id,
        happened_at=NOW.replace(microsecond=0),
        external_id="A-1",
    )
    follow_up = task(
        people.wei,
        of,
        due_on=date(2030, 1, 9),
        due_at=NOW + timedelta(days=7),
        priority=Priority.HIGH,
        creator_id=people.ann.id,
        deal_id=bought.id,
        activity_id=visit.id,
        snoozed_until=NOW - timedelta(days=1),
        external_id="T-1",
    )
    return {Kind.CUSTOMER: of, Kind.CONTACT: met, Kind.DEAL: bought, Kind.ACTIVITY: visit, Kind.TASK: follow_up}


def test_every_field_comes_back(store: Store, people: People) -> None:
    """A record read is equal to the record kept, by its id and by its external id."""
    records = _full(people)

    def keep(work: Work) -> None:
        for kind, record in records.items():
            work.records(kind).add(record)

    store.write(keep)
    for kind, record in records.items():
        assert store.read(lambda work: work.records(kind).by_id(people.all, record.id)) == record  # noqa: B023
        found = store.read(lambda work: work.records(kind).by_external_id(people.all, record.external_id))  # noqa: B023
        assert found == record


def test_empty_fields_come_back(store: Store, people: People) -> None:
    """Nothing is made of what was left out."""
    of = customer(people.wei, owner_id=None, team_id=None)
    plain = [of, contact(of), deal(of), activity(of), task(people.wei)]
    kinds = (Kind.CUSTOMER, Kind.CONTACT, Kind.DEAL, Kind.ACTIVITY, Kind.TASK)
    store.write(lambda work: [work.records(kind).add(record) for kind, record in zip(kinds, plain, strict=True)])
    for kind, record in zip(kinds, plain, strict=True):
        assert store.read(lambda work: work.records(kind).by_id(people.all, record.id)) == record  # noqa: B023


def test_saved_state_replaces_the_old(store: Store, people: People) -> None:
    """Every field can be changed, an amount can be taken away, and a removed record is found no more."""
    records = _full(people)
    store.write(lambda work: [work.records(kind).add(record) for kind, record in records.items()])
    cheaper = replace(records[Kind.DEAL], amount=None, stage=DealStage.WON, closed_at=NOW, close_on=None)
    store.write(lambda work: work.deals.save(cheaper))
    assert store.read(lambda work: work.deals.by_id(people.all, cheaper.id)) == cheaper
    for kind, record in records.items():
        gone = replace(record, removed_at=NOW)
        store.write(lambda work: work.records(kind).save(gone))  # noqa: B023
        assert store.read(lambda work: work.records(kind).by_id(people.all, gone.id)) is None  # noqa: B023
        assert store.read(lambda work: work.records(kind).by_external_id(people.all, gone.external_id)) is None  # noqa: B023
        assert store.read(lambda work: work.records(kind).list_after(people.all, limit=9)) == []  # noqa: B023


def test_many_are_kept_and_listed_in_order(store: Store, people: People) -> None:
    """What an import brings is all there, page after page."""
    brought = [customer(people.wei, f"Company {number}", external_id=str(number)) for number in range(25)]
    store.write(lambda work: work.customers.add_many(brought))
    first = store.read(lambda work: work.customers.list_after(people.all, limit=20))
    rest = store.read(lambda work: work.customers.list_after(people.all, after=first[-1].id, limit=20))
    assert first + rest == brought
    known = store.read(lambda work: work.customers.by_external_ids(people.all, ["3", "24", "none"]))
    assert known == {"3": brought[3], "24": brought[24]}
    assert store.read(lambda work: work.customers.count(people.all)) == 25


def test_last_touched_first(store: Store, people: People) -> None:
    """Recent customers come in the order they were last saved, a page at a time."""
    old, new = customer(people.wei, "Old"), customer(people.wei, "New", updated_at=NOW + timedelta(seconds=1))
    store.write(lambda work: work.customers.add_many([new, old]))
    assert store.read(lambda work: work.customers.list_recent(people.all, limit=5)) == [new, old]
    assert store.read(lambda work: work.customers.list_recent(people.all, limit=1, offset=1)) == [old]


def test_external_id_is_taken_once(store: Store, people: People) -> None:
    """A second record with the same external id is a conflict, and may come back when the first is removed."""
    first, second = (customer(people.wei, external_id="C-1") for _ in range(2))
    store.write(lambda work: work.customers.add(first))
    with pytest.raises(ConflictError):
        store.write(lambda work: work.customers.add(second))
    store.write(lambda work: work.customers.save(replace(first, removed_at=NOW)))
    store.write(lambda work: work.customers.add(second))
    assert store.read(lambda work: work.customers.by_external_id(people.all, "C-1")) == second


def test_contacts_deciders_first(store: Store, people: People) -> None:
    """A customer's contacts are listed with those who decide first."""
    of = customer(people.wei)
    user, decider, other = contact(of, "U"), contact(of, "D", decision=Decision.DECIDER), contact(of, "O")

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.contacts.add_many([user, decider, other])

    store.write(keep)
    listed = store.read(lambda work: work.contacts.list_of_customer(people.all, of.id, limit=2))
    assert listed == [decider, user]


def test_activities_latest_first(store: Store, people: People) -> None:
    """Activities come by when they happened, with their author's name."""
    of = customer(people.wei)
    before = activity(of, happened_at=NOW - timedelta(days=3), author_id=people.wei.id)
    after = activity(of)

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.activities.add_many([after, before])

    store.write(keep)
    lines = store.read(lambda work: work.activities.list_of_customer(people.all, of.id, limit=5))
    assert [(line.activity, line.author_name) for line in lines] == [(after, ""), (before, "Wei")]
    second = store.read(lambda work: work.activities.list_of_customer(people.all, of.id, limit=5, offset=1))
    assert second == lines[1:]
