"""Rooms are their members', and what is meant for one is not shown to another; bindings and drafts are replaced."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.conversations.model import Binding, Place
from core.drafts import Draft
from core.ids import new_id
from core.rooms.model import Message, Room, RoomKind
from core.work import Work
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, customer


@pytest.fixture
def room(store: Store, people: People) -> Room:
    """Wei's and Ann's room."""
    room = Room(id=new_id(NOW), workspace_id=people.workspace_id, title="Acme", kind=RoomKind.GROUP, created_at=NOW)
    store.write(lambda work: work.rooms.add_room(room, [people.wei.id, people.ann.id]))
    return room


def _said(room: Room, body: str, **values: Any) -> Message:
    stamps = {"created_at": NOW, "updated_at": NOW}
    return Message(id=new_id(NOW), workspace_id=room.workspace_id, room_id=room.id, body=body, **stamps, **values)


def test_rooms_are_their_members(store: Store, people: People, room: Room) -> None:
    """Who is not in a room finds neither it nor what was said in it."""
    said = _said(room, "1", author_id=people.wei.id)
    store.write(lambda work: work.rooms.post(said))
    workspace = people.workspace_id
    for member, sees in ((people.wei, True), (people.ann, True), (people.max, False)):
        reads = store.read(
            lambda work: (
                work.rooms.rooms_of(workspace, member.id),  # noqa: B023
                work.rooms.by_id(workspace, member.id, room.id),  # noqa: B023
                work.rooms.message(workspace, member.id, said.id),  # noqa: B023
                work.rooms.history(workspace, member.id, room.id, limit=9),  # noqa: B023
                work.rooms.since(workspace, member.id, room.id, after="", limit=9),  # noqa: B023
            )
        )
        assert reads == (([room], room, said, [said], [said]) if sees else ([], None, None, [], []))
    assert store.read(lambda work: work.rooms.by_id(people.eve.workspace_id, people.wei.id, room.id)) is None


def test_joining(store: Store, people: People, room: Room) -> None:
    """A new member sees the room from the start; joining twice changes nothing."""
    for _ in range(2):
        store.write(lambda work: work.rooms.join(people.workspace_id, room.id, people.max.id))
    present = store.read(lambda work: work.rooms.member_ids(people.workspace_id, room.id))
    assert sorted(present) == sorted([people.wei.id, people.ann.id, people.max.id])
    assert store.read(lambda work: work.rooms.rooms_of(people.workspace_id, people.max.id)) == [room]


def test_private_answers(store: Store, people: People, room: Room) -> None:
    """What Kith says to one member is shown to that member, and to all once it is shared."""
    private = _said(room, '{"card": 1}', audience_id=people.wei.id)
    store.write(lambda work: work.rooms.post(private))

    def seen_by(member_id: Any) -> list[Message]:
        return store.read(lambda work: work.rooms.history(people.workspace_id, member_id, room.id, limit=9))

    assert (seen_by(people.wei.id), seen_by(people.ann.id)) == ([private], [])
    assert store.read(lambda work: work.rooms.message(people.workspace_id, people.ann.id, private.id)) is None
    shared = replace(private, audience_id=None, body='{"card": 2}', updated_at=NOW + timedelta(seconds=1))
    store.write(lambda work: work.rooms.edit(shared))
    assert (seen_by(people.wei.id), seen_by(people.ann.id)) == ([shared], [shared])


def test_history_page_by_page(store: Store, people: People, room: Room) -> None:
    """The last messages first asked for, then those before, each page in the order of the talk."""
    said = [_said(room, str(number)) for number in range(5)]
    for message in said:
        store.write(lambda work: work.rooms.post(message))  # noqa: B023
    me = (people.workspace_id, people.wei.id, room.id)
    last = store.read(lambda work: work.rooms.history(*me, limit=2))
    before = store.read(lambda work: work.rooms.history(*me, before=last[0].id, limit=9))
    assert (before, last) == (said[:3], said[3:])
    assert store.read(lambda work: work.rooms.since(*me, after=said[1].id, limit=2)) == said[2:4]


def test_binding_is_replaced_and_dropped(store: Store, people: People) -> None:
    """A conversation is about one customer at a time."""
    place = Place("slack", "T", "C")
    first, second = customer(people.wei), customer(people.wei)

    def bound(to: Any) -> Binding:
        return Binding(
            workspace_id=people.workspace_id, place=place, customer_id=to.id, bound_by=people.wei.id, bound_at=NOW
        )

    def keep(work: Work) -> None:
        work.customers.add_many([first, second])
        work.bindings.put(bound(first))
        work.bindings.put(bound(second))

    store.write(keep)
    assert store.read(lambda work: work.bindings.of(people.workspace_id, place)) == bound(second)
    assert store.read(lambda work: work.bindings.of(people.eve.workspace_id, place)) is None
    store.write(lambda work: work.bindings.drop(people.workspace_id, place))
    assert store.read(lambda work: work.bindings.of(people.workspace_id, place)) is None


def test_draft_until_it_expires(store: Store) -> None:
    """A draft is replaced by a new one, gone when its time is over, and dropped when told."""
    until = NOW + timedelta(minutes=1)
    store.write(lambda work: work.drafts.put(Draft("form:1", "old", until)))
    store.write(lambda work: work.drafts.put(Draft("form:1", "new", until)))
    assert store.read(lambda work: work.drafts.get("form:1")) == "new"
    store.clock.move(minutes=1)
    assert store.read(lambda work: work.drafts.get("form:1")) is None
    store.write(lambda work: work.drafts.put(Draft("form:2", "x", until + timedelta(hours=1))))
    store.write(lambda work: work.drafts.drop("form:2"))
    assert store.read(lambda work: work.drafts.get("form:2")) is None


def test_no_draft_has_a_key_that_nothing_can_hold(store: Store) -> None:
    """A button's token may be forged: what PostgreSQL cannot even ask for is not there, on either database."""
    assert store.read(lambda work: work.drafts.get("press:\0")) is None
