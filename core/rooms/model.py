"""A room of Kith's own chat, and a message in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import MemberId, WorkspaceId


class RoomKind(StrEnum):
    """Who a room is for."""

    DIRECT = "direct"  # one member and Kith
    GROUP = "group"  # several members and Kith


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room. ``title`` is empty in a direct one."""

    id: str
    workspace_id: WorkspaceId
    title: str = ""
    kind: RoomKind = RoomKind.GROUP
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What was said. ``body`` is JSON text (words or a card); without ``author_id`` it is Kith who says it.

    With ``audience_id`` only that member sees it.
    """

    id: str
    workspace_id: WorkspaceId
    room_id: str
    author_id: MemberId | None = None
    audience_id: MemberId | None = None
    body: str
    created_at: datetime
    updated_at: datetime
