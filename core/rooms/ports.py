"""What Kith's own chat needs of a store."""

from collections.abc import Iterable
from typing import Protocol

from core.ids import MemberId, WorkspaceId
from core.rooms.model import Message, Room


class RoomRepository(Protocol):
    """Rooms and messages as one member sees them: nothing of a room they are not in, nothing meant for another."""

    def add_room(self, room: Room, member_ids: Iterable[MemberId]) -> None:
        """Keeps a new room and who is in it."""
        ...

    def join(self, workspace_id: WorkspaceId, room_id: str, member_id: MemberId) -> None:
        """Lets a member into a room; nothing changes when they were in it."""
        ...

    def rooms_of(self, workspace_id: WorkspaceId, member_id: MemberId) -> list[Room]:
        """The rooms a member is in, the oldest first."""
        ...

    def by_id(self, workspace_id: WorkspaceId, member_id: MemberId, room_id: str) -> Room | None:
        """A room that the member is in."""
        ...

    def member_ids(self, workspace_id: WorkspaceId, room_id: str) -> tuple[MemberId, ...]:
        """Who is in a room."""
        ...

    def post(self, message: Message) -> None:
        """Keeps a new message."""
        ...

    def edit(self, message: Message) -> None:
        """Keeps a message's new body and audience."""
        ...

    def message(self, workspace_id: WorkspaceId, member_id: MemberId, message_id: str) -> Message | None:
        """One message."""
        ...

    def history(
        self, workspace_id: WorkspaceId, member_id: MemberId, room_id: str, *, before: str = "", limit: int
    ) -> list[Message]:
        """The last messages of a room, or the last before the message ``before``; in the order they were said."""
        ...

    def since(
        self, workspace_id: WorkspaceId, member_id: MemberId, room_id: str, *, after: str, limit: int
    ) -> list[Message]:
        """The first messages of a room after the message ``after``, in the order they were said."""
        ...
