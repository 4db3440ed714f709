"""What Kith says in the workbench by itself: in a member's own room, or to everybody in one."""

from dataclasses import replace

from adapters.web import bodies, rooms
from adapters.web.bodies import Body
from commands.model import Reply
from commands.sending import Address, Sending, Sent
from core.drafts import Draft
from core.ids import MemberId, WorkspaceId
from core.rooms.model import Room
from core.work import Work

_GONE = Sending(Sent.GONE, reason="left_the_room")


def place_notice(work: Work, address: Address, reply: Reply, key: str, ref: str) -> Sending:
    """Posts the cards, or puts them in the place of the message ``ref``; the same ``key`` posts once."""
    workspace_id = WorkspaceId(address.tenant)
    if (placed := work.drafts.get(_key(workspace_id, key))) is not None:
        return Sending(Sent.DELIVERED, ref=placed)
    found = _room(work, workspace_id, address)
    if found is None:
        return _GONE
    room, reader = found
    placed = _put(work, room, reader, Body(cards=reply.cards, translations=reply.translations), ref)
    work.drafts.put(Draft(_key(workspace_id, key), placed, work.now + rooms.MARK_LIFE))
    return Sending(Sent.DELIVERED, ref=placed)


def _put(work: Work, room: Room, reader: MemberId, body: Body, ref: str) -> str:
    standing = work.rooms.message(room.workspace_id, reader, ref) if ref else None
    if standing is None or standing.room_id != room.id:
        return rooms.post(work, room, body, author=None, audience=None).id
    changed = replace(standing, body=bodies.encode(body), updated_at=work.now)
    work.rooms.edit(changed)
    rooms.tell(work, changed)
    return changed.id


def _room(work: Work, workspace_id: WorkspaceId, address: Address) -> tuple[Room, MemberId] | None:
    """The room, and somebody who reads it."""
    if not address.conversation:
        return _own_room(work, workspace_id, MemberId(address.user))
    readers = work.rooms.member_ids(workspace_id, address.conversation)
    room = work.rooms.by_id(workspace_id, readers[0], address.conversation) if readers else None
    return (room, readers[0]) if room else None


def _own_room(work: Work, workspace_id: WorkspaceId, member_id: MemberId) -> tuple[Room, MemberId] | None:
    member = work.members.by_id(workspace_id, member_id)
    if member is None or member.removed_at is not None:
        return None
    rooms.settle(work, member)
    return rooms.direct_room(work, member), member_id


def _key(workspace_id: WorkspaceId, key: str) -> str:
    return f"told:{workspace_id}:{key}"
