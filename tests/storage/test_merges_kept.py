"""A merge moves everything in a few statements, and its undo leaves every row as it was, on both databases."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import create_engine, select

from core.actor import Actor, Role
from core.conversations.model import Binding, Place
from core.customers.model import Customer, Lifecycle
from core.customers.service import edit_customer
from core.deals.model import DealStage
from core.duplicates.model import Decision, Suspect, in_order
from core.duplicates.service import Merged, keep_apart, merge
from core.errors import ConflictError, NotAllowedError, NotFoundError
from core.events.model import Kind, Ref
from core.members.model import Member
from core.receipts.service import keep_receipt, undo
from core.work import Work
from storage.tables import metadata
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, activity, contact, customer, deal, event, task

# What a merge and its undo write down about themselves.
_WRITTEN_DOWN = {"events", "receipts", "suspects", "name_changes"}
_PLACE = Place("fake", "t", "room")


def actor_of(member: Member) -> Actor:
    return Actor(
        workspace_id=member.workspace_id,
        member_id=member.id,
        name=member.name,
        role=member.role,
        team_id=member.team_id,
    )


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is kept but what is written down about the merge itself."""
    url = store.url if store.url.startswith("sqlite") else store.url.replace("postgresql://", "postgresql+asyncpg://")
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.connect() as connection:
            found = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in _tables()}
        engine.dispose()
        return found
    return store.runner.run(_rows_of_postgres(store.url))


async def _rows_of_postgres(url: str) -> dict[str, list[Any]]:
    import asyncpg  # noqa: PLC0415 - for one of two databases

    connection = await asyncpg.connect(url)
    try:
        return {
            table.name: sorted(map(repr, await connection.fetch(f"SELECT * FROM {table.name}")))  # noqa: S608 - ours
            for table in _tables()
        }
    finally:
        await connection.close()


def _tables() -> list[Any]:
    return [table for table in metadata.sorted_tables if table.name not in _WRITTEN_DOWN]


def _without_events(found: dict[str, Any], ids: set[str]) -> dict[str, Any]:
    """Without the lines by which the merge and its undo stand in the timelines."""
    kept = [row for row in found["event_subjects"] if not any(each in row for each in ids)]
    return {**found, "event_subjects": kept}


@pytest.fixture
def pair(store: Store, people: People) -> tuple[Customer, Customer]:
    """Two of Wei's customers; the second has one of everything."""
    survivor = customer(people.wei, "Acme Robotics", phone="+1 617 555 0100", tags=("key",))
    loser = customer(
        people.wei, "Acme Robots Inc", website="acme.example", aliases=("ARI",), tags=("new",), external_id="x-7",
        extra={"rating": "A"}, region="Boston",
    )  # fmt: skip

    def keep(work: Work) -> None:
        work.customers.add_many([survivor, loser])
        person = contact(loser, "Ada Byron", email="ada@acme.example", phone="+1 617 555 0177")
        opened = deal(loser, stage=DealStage.QUOTE)
        visit = activity(loser, contact_ids=(person.id,))
        work.contacts.add(person)
        work.deals.add(opened)
        work.activities.add(visit)
        work.tasks.add(task(people.wei, loser, activity_id=visit.id))
        work.tasks.add(task(people.wei, loser, done_at=NOW))
        work.bindings.put(
            Binding(
                workspace_id=loser.workspace_id,
                place=_PLACE,
                customer_id=loser.id,
                bound_by=people.wei.id,
                bound_at=NOW,
            )
        )
        work.events.append(event(loser))
        work.events.append(event(loser, related=(Ref(Kind.CUSTOMER, survivor.id),)))

    store.write(keep)
    return loser, survivor


def _merge(store: Store, member: Member, loser: Customer, survivor: Customer) -> tuple[Merged, str]:
    def do(work: Work) -> tuple[Merged, str]:
        merged = merge(work, actor_of(member), loser, survivor)
        receipt = keep_receipt(work, actor_of(member), "merge", "digest")
        assert receipt is not None
        return merged, receipt.id

    return store.write(do)


def test_everything_goes_along(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """Contacts, deals, activities, tasks (done ones too), bindings and the history are the survivor's."""
    loser, survivor = pair
    merged, _ = _merge(store, people.wei, loser, survivor)
    assert merged.moved == {"contacts": 1, "deals": 1, "activities": 1, "tasks": 2, "bindings": 1}
    bound = store.read(lambda work: work.bindings.of(loser.workspace_id, _PLACE))
    assert bound is not None
    assert bound.customer_id == survivor.id
    told = store.read(
        lambda work: work.events.of_subject(loser.workspace_id, Ref(Kind.CUSTOMER, survivor.id), limit=10)
    )
    assert len(told) == 3
    found = store.read(lambda work: work.names.find(people.all, "ada@acme.example"))
    assert {hit.customer_id for hit in found} == {survivor.id}


def test_empty_fields_are_filled(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """What the survivor did not know comes from the other, its names as aliases; what it knew stays."""
    loser, survivor = pair
    whole = _merge(store, people.wei, loser, survivor)[0].survivor
    assert (whole.name, whole.phone) == ("Acme Robotics", "+1 617 555 0100")
    assert (whole.website, whole.region, whole.external_id) == ("acme.example", "Boston", "x-7")
    assert whole.aliases == ("Acme Robots Inc", "ARI")
    assert whole.tags == ("key", "new")
    assert whole.extra == {"rating": "A"}


def test_old_ids_open_the_survivor(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """The old id, the old external id and the old name all find the survivor, through several merges."""
    loser, survivor = pair
    third = customer(people.wei, "Acme")
    store.write(lambda work: work.customers.add(third))
    _merge(store, people.wei, loser, survivor)
    _merge(store, people.wei, store.read(lambda work: work.customers.by_id(people.all, survivor.id)), third)
    by_id = store.read(lambda work: work.customers.by_id(people.all, loser.id))
    assert by_id is not None
    assert by_id.id == third.id
    by_external = store.read(lambda work: work.customers.by_external_ids(people.all, ["x-7"]))
    assert by_external["x-7"].id == third.id
    assert {hit.customer_id for hit in store.read(lambda work: work.names.find(people.all, "ARI"))} == {third.id}


def test_old_ids_are_as_hidden_as_the_survivor(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """Who may not see the survivor learns nothing through the id of the one that went into it."""
    loser, survivor = pair
    _merge(store, people.wei, loser, survivor)
    for whose, scope in people.blind():
        assert store.read(lambda work, scope=scope: work.customers.by_id(scope, loser.id)) is None, whose


def test_undo_leaves_every_row_as_it_was(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """After merge and undo every table but the log says what it said before."""
    loser, survivor = pair
    before = rows(store)
    _, receipt = _merge(store, people.wei, loser, survivor)
    store.clock.move(minutes=1)
    events = store.write(lambda work: _undone(work, people.wei, receipt))
    after = rows(store)
    assert _without_events(after, events) == before


def _undone(work: Work, member: Member, receipt: str) -> set[str]:
    taken_back = undo(work, actor_of(member), receipt)
    return {each.id for each in (*taken_back.events, *work.events.recorded)}


def test_any_merge_and_its_undo(store: Store, people: People) -> None:
    """Whatever the two say and whatever hangs on them, merge and undo change nothing but the log."""
    random = Random(20)  # noqa: S311 - the same rows every time
    for number in range(8):
        loser, survivor = (_any_customer(random, people, f"{number}{side}") for side in "ab")
        store.write(lambda work, both=(survivor, loser): work.customers.add_many(both))
        for each in (loser, survivor):
            store.write(lambda work, each=each: _add_any_children(work, random, people, each))
        before = rows(store)
        _, receipt = _merge(store, people.max, loser, survivor)
        store.clock.move(seconds=20)
        events = store.write(lambda work, receipt=receipt: _undone(work, people.max, receipt))
        assert _without_events(rows(store), events) == before, number


def _any_customer(random: Random, people: People, name: str) -> Customer:
    said = {
        "phone": "617 555 0100", "website": "acme.example", "address": "1 Harbor Street", "industry": "food",
        "region": "Boston", "tags": ("a", "b"), "aliases": ("Alias", f"Other {name}"), "extra": {"x": name},
        "external_id": f"e-{name}", "stage": Lifecycle.CUSTOMER,
    }  # fmt: skip
    kept = {key: value for key, value in said.items() if random.random() < 0.5}
    owned = {} if random.random() < 0.6 else {"owner_id": None, "team_id": None}
    return customer(random.choice((people.wei, people.ann)), f"Acme {name}", **{**owned, **kept})


def _add_any_children(work: Work, random: Random, people: People, of: Customer) -> None:
    for _ in range(random.randrange(3)):
        work.contacts.add(contact(of, random.choice(("Ada", "张三")), email="ada@acme.example"))
        work.deals.add(deal(of))
        work.activities.add(activity(of, removed_at=random.choice((None, NOW))))
        work.tasks.add(task(people.wei, of, done_at=random.choice((None, NOW))))
        work.events.append(event(of))


def test_undo_keeps_what_came_later(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """A contact that was added to the survivor after the merge stays there when the merge is taken back."""
    loser, survivor = pair
    _, receipt = _merge(store, people.wei, loser, survivor)
    late = contact(survivor, "Late")
    store.write(lambda work: work.contacts.add(late))
    store.write(lambda work: _undone(work, people.wei, receipt))
    kept = store.read(lambda work: work.contacts.by_id(people.all, late.id))
    assert kept is not None
    assert kept.customer_id == survivor.id


def test_undo_never_goes_over_a_later_change(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """What the merge had filled and somebody changed since is not put back, and nothing else is either."""
    loser, survivor = pair
    _, receipt = _merge(store, people.wei, loser, survivor)
    store.write(lambda work: edit_customer(work, actor_of(people.wei), survivor.id, region="Denver"))
    with pytest.raises(ConflictError):
        store.write(lambda work: _undone(work, people.wei, receipt))


def test_merging_needs_both(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """Another team's customer is not found, a viewer may not, and a customer is not merged into itself."""
    loser, survivor = pair
    theirs = customer(people.ann, "Acme South")
    store.write(lambda work: work.customers.add(theirs))
    with pytest.raises(NotFoundError):
        _merge(store, people.wei, theirs, survivor)
    with pytest.raises(NotFoundError):
        _merge(store, people.wei, loser, theirs)
    with pytest.raises(ConflictError):
        _merge(store, people.wei, survivor, survivor)
    looking = Actor(
        workspace_id=loser.workspace_id,
        member_id=people.wei.id,
        name="Wei",
        role=Role.VIEWER,
        team_id=people.wei.team_id,
    )
    with pytest.raises(NotAllowedError):
        store.write(lambda work: merge(work, looking, loser, survivor))


def test_queue_offers_a_pair_once(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """Somebody of another team is not offered the pair; once decided it is offered to nobody, however often found."""
    loser, survivor = pair
    first, second = in_order(loser.id, survivor.id)
    found = Suspect(workspace_id=loser.workspace_id, first_id=first, second_id=second, score=0.97, found_at=NOW)
    store.write(lambda work: work.duplicates.note([found]))
    assert store.read(lambda work: work.duplicates.count_open(people.scope(people.ann))) == 0
    assert store.read(lambda work: work.duplicates.list_open(people.scope(people.wei), limit=5)) == [found]
    store.write(lambda work: keep_apart(work, actor_of(people.wei), loser, survivor))
    store.write(lambda work: work.duplicates.note([found]))
    assert store.read(lambda work: work.duplicates.count_open(people.all)) == 0
    decided = store.read(lambda work: work.duplicates.decided(loser.workspace_id, first, second))
    assert decided is not None
    assert decided.decision is Decision.DIFFERENT


def test_probes_are_counted_by_day(store: Store, people: People) -> None:
    """Each probe adds one to the member's day."""
    day = NOW.date()
    for expected in (1, 2, 3):
        assert (
            store.write(lambda work: work.duplicates.count_probe(people.workspace_id, people.wei.id, day)) == expected
        )
    (shown,) = store.read(lambda work: work.duplicates.probes(people.workspace_id, day))
    assert (shown.member_id, shown.day, shown.count) == (people.wei.id, day, 3)


def test_ten_thousand_children_in_few_statements(store: Store, people: People, pair: tuple[Customer, Customer]) -> None:
    """The number of statements does not depend on the number of children."""
    loser, survivor = pair
    store.write(lambda work: work.activities.add_many(activity(loser) for _ in range(10_000)))
    merged, _ = _merge(store, people.wei, loser, survivor)
    assert merged.moved["activities"] == 10_001
    assert len(store.read(lambda work: work.events.of_receipt(loser.workspace_id, _last(work, survivor)))) == 1


def _last(work: Work, survivor: Customer) -> Any:
    latest = work.events.latest_of(survivor.workspace_id, Ref(Kind.CUSTOMER, survivor.id))
    assert latest is not None
    return latest.receipt_id
