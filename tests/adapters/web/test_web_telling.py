"""What Kith says in the workbench by itself stands in its reader's room once, and is changed there."""

from typing import Any

from adapters.web import bodies, rooms
from cards.model import Card, Text
from commands.model import Reply
from commands.sending import Address, Sending, Sent
from core.members.model import Member
from core.rooms.model import Message, Room
from tests.adapters.web.house import House


def _tell(house: House, address: Address, text: str, key: str, ref: str = "") -> Sending:
    reply = Reply(cards=(Card(summary=text, blocks=(Text(text=text),)),))
    return house.runner.run(house.web.tell(address, reply, key, ref))


def _said(house: House, member: Member, room: Room) -> list[str]:
    history: list[Message] = house.read(
        lambda work: work.rooms.history(member.workspace_id, member.id, room.id, limit=50)
    )
    return [card.summary for message in history for card in bodies.decode(message.body).cards]


def _own_room(house: House, member: Member) -> Any:
    return house.read(lambda work: rooms.direct_room(work, member))


def test_own_room_once_and_in_place(house: House) -> None:
    """The same key posts once; a message that is named is changed."""
    wei = house.people.wei
    address = Address(platform="web", tenant=wei.workspace_id, user=wei.id)
    first = _tell(house, address, "Call Tom", "k1")
    assert _tell(house, address, "Call Tom", "k1") == first
    assert _tell(house, address, "Call Tom: done", "k2", first.ref).ref == first.ref
    assert _said(house, wei, _own_room(house, wei)) == ["Call Tom: done"]


def test_room_of_several(house: House) -> None:
    """What is said to a room is seen by everybody in it."""
    wei, ann = house.people.wei, house.people.ann
    room = house.group(wei, ann)
    address = Address(platform="web", tenant=wei.workspace_id, conversation=room.id)
    assert _tell(house, address, "Digest", "k").sent is Sent.DELIVERED
    assert _said(house, wei, room) == _said(house, ann, room) == ["Digest"]


def test_nobody_there(house: House) -> None:
    """A room, or a member, that is not there is gone."""
    workspace = house.people.wei.workspace_id
    assert _tell(house, Address(platform="web", tenant=workspace, conversation="none"), "x", "k").sent is Sent.GONE
    assert _tell(house, Address(platform="web", tenant=workspace, user="none"), "x", "k").sent is Sent.GONE
