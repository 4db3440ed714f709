"""What the workbench page shows: the conversations, one of them, and the customer beside it."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from adapters.web import rooms, talking
from adapters.web.customer_views import CustomerView, customer_beside
from adapters.web.examples import examples_for
from adapters.web.faces import Face, face
from adapters.web.incoming import TEXT_LIMIT
from adapters.web.message_views import MessageView, MessageViews
from adapters.web.room_clues import guesses
from adapters.web.room_views import room_view, room_views
from adapters.web.rooms import Cursor
from adapters.web.shapes import SomeId
from adapters.web.viewer import Viewer
from cards.words import mark
from core.actor import Role
from core.members.model import Member
from core.rooms.model import Room, RoomKind
from core.work import Work

Word = Annotated[str, Query(max_length=TEXT_LIMIT)]
PANES = ("chat", "list", "customer")
_ROLES = {
    Role.ADMIN: mark("Administrator"),
    Role.MANAGER: mark("Manager"),
    Role.REP: mark("Rep"),
    Role.VIEWER: mark("Viewer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the address asks for: earlier messages, a customer, a pane on a narrow screen, a line to begin with."""

    before: SomeId = ""
    customer: SomeId = ""
    pane: Word = ""
    say: Word = ""


def workbench(work: Work, viewer: Viewer, room_id: str, wanted: Wanted) -> dict[str, Any]:
    """The values of ``workbench.html``; the room with Kith when none is named. Refuses with 404."""
    room = talking.room_of(work, viewer, room_id) if room_id else rooms.direct_room(work, viewer.member)
    messages, older = _messages(work, viewer, room, wanted.before)
    views = room_views(work, viewer)
    people = work.members.list_all(viewer.workspace.id)
    return {
        "rooms": views,
        "room": room_view(work, viewer, room, work.members.names(viewer.workspace.id)),
        "current": room.id,
        "unread": any(view.unread for view in views),
        "messages": messages,
        "older": older,
        "customer": _beside(work, viewer, room, messages, wanted.customer),
        "suggested": guesses(work, viewer, room),
        "examples": [] if messages else examples_for(work, viewer),
        "cursor": Cursor(rooms.last_id(work, viewer.actor), work.now),
        "pane": wanted.pane if wanted.pane in PANES else "chat",
        "draft": wanted.say[:TEXT_LIMIT],
        "text_limit": TEXT_LIMIT,
        "me": _face(viewer, viewer.member),
        "colleagues": [_face(viewer, person) for person in people if person.id != viewer.member.id],
        "others": [_face(viewer, person) for person in people if person.id != viewer.member.id] if viewer.demo else [],
        **_prompts(viewer, room),
    }


def _messages(work: Work, viewer: Viewer, room: Room, before: str) -> tuple[list[MessageView], str]:
    where = (viewer.workspace.id, viewer.member.id, room.id)
    found = work.rooms.history(*where, before=before, limit=rooms.PAGE + 1)
    shown = found[-rooms.PAGE :]
    views = MessageViews(viewer, room, work.members.names(viewer.workspace.id), work.now).all(shown)
    return views, shown[0].id if len(found) > rooms.PAGE else ""


def _beside(work: Work, viewer: Viewer, room: Room, messages: list[MessageView], asked: str) -> CustomerView | None:
    """The customer asked for, the one the room is bound to, or the last one it spoke of."""
    shown = customer_beside(work, viewer, room.id, asked)
    if shown is not None or asked:
        return shown
    spoken_of = next((message.customer for message in reversed(messages) if message.customer), "")
    return customer_beside(work, viewer, room.id, spoken_of) if spoken_of else None


def _prompts(viewer: Viewer, room: Room) -> dict[str, str]:
    words = viewer.words
    if room.kind is RoomKind.DIRECT:
        return {
            "placeholder": words("Type what happened, or /"),
            "hint": words("Enter sends, Shift+Enter begins a new line, / shows what Kith can do"),
        }
    return {
        "placeholder": words("Message, or / to ask Kith"),
        "hint": words("Everybody here reads what you say; what you ask with / is for you alone"),
    }


def _face(viewer: Viewer, member: Member) -> Face:
    return face(member.id, member.name, handle=member.handle, role=viewer.words(_ROLES[member.role]))
