"""Kith's own chat in the database."""

from collections.abc import Iterable

from core.ids import MemberId, WorkspaceId
from core.rooms.model import Message, Room
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_ADD = RecordCommand("rooms.ADD", Room)
_JOIN = Command("rooms.JOIN")
_OF_MEMBER = Query("rooms.OF_MEMBER", Room)
_BY_ID = Query("rooms.BY_ID", Room)
_MEMBER_IDS = Query("rooms.MEMBER_IDS", tuple)
_POST = RecordCommand("rooms.POST", Message)
_EDIT = RecordCommand("rooms.EDIT", Message)
_MESSAGE = Query("rooms.MESSAGE", Message)
_HISTORY = Query("rooms.HISTORY", Message)
_SINCE = Query("rooms.SINCE", Message)
# Sorts behind every id.
_LAST = "~"


class SqlRooms:
    """``core.rooms.ports.RoomRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_room(self, room: Room, member_ids: Iterable[MemberId]) -> None:
        """Keeps a new room and who is in it."""
        _ADD.run(self._connection, room)
        for member_id in member_ids:
            self.join(room.workspace_id, room.id, member_id)

    def join(self, workspace_id: WorkspaceId, room_id: str, member_id: MemberId) -> None:
        """Lets a member into a room; nothing changes when they were in it."""
        _JOIN.run(self._connection, workspace_id=workspace_id, room_id=room_id, member_id=member_id)

    def rooms_of(self, workspace_id: WorkspaceId, member_id: MemberId) -> list[Room]:
        """The rooms a member is in, the oldest first."""
        return _OF_MEMBER.all(self._connection, workspace_id=workspace_id, member_id=member_id)

    def by_id(self, workspace_id: WorkspaceId, member_id: MemberId, room_id: str) -> Room | None:
        """A room that the member is in."""
        return _BY_ID.first(self._connection, workspace_id=workspace_id, member_id=member_id, id=room_id)

    def member_ids(self, workspace_id: WorkspaceId, room_id: str) -> tuple[MemberId, ...]:
        """Who is in a room."""
        return tuple(row[0] for row in _MEMBER_IDS.all(self._connection, workspace_id=workspace_id, room_id=room_id))

    def post(self, message: Message) -> None:
        """Keeps a new message."""
        _POST.run(self._connection, message)

    def edit(self, message: Message) -> None:
        """Keeps a message's new body and audience."""
        _EDIT.run(self._connection, message)

    def message(self, workspace_id: WorkspaceId, member_id: MemberId, message_id: str) -> Message | None:
        """One message."""
        return _MESSAGE.first(self._connection, workspace_id=workspace_id, member_id=member_id, id=message_id)

    def history(
        self, workspace_id: WorkspaceId, member_id: MemberId, room_id: str, *, before: str = "", limit: int
    ) -> list[Message]:
        """The last messages of a room, or the last before the message ``before``; in the order they were said."""
        seen = {"workspace_id": workspace_id, "member_id": member_id, "room_id": room_id}
        return _HISTORY.all(self._connection, **seen, before=before or _LAST, limit=limit)[::-1]

    def since(
        self, workspace_id: WorkspaceId, member_id: MemberId, room_id: str, *, after: str, limit: int
    ) -> list[Message]:
        """The first messages of a room after the message ``after``, in the order they were said."""
        seen = {"workspace_id": workspace_id, "member_id": member_id, "room_id": room_id}
        return _SINCE.all(self._connection, **seen, after=after, limit=limit)
