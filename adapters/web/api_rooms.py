"""``/api/v1/rooms``: conversations and what is said in them, for a member's session."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from adapters.web import rooms, talking
from adapters.web.access import Member, door_of, poster, reporter
from adapters.web.room_views import RoomView, room_view, room_views
from adapters.web.shapes import (
    API,
    REFUSALS,
    Line,
    MessageId,
    Messages,
    NewRoom,
    Press,
    Read,
    RoomId,
    Rooms,
    RoomShape,
    Save,
    SomeId,
)
from adapters.web.shaping import message_shapes, pages_of, room_shape
from adapters.web.viewer import Viewer
from cards.renderers.html import submitted
from core.rooms.model import Message
from core.work import Work

router = APIRouter(prefix=API, tags=["rooms"], responses=REFUSALS)
Poster = Annotated[Viewer, Depends(poster)]
Reporter = Annotated[Viewer, Depends(reporter)]


@router.get("/rooms")
async def list_rooms(request: Request, member: Member, current: SomeId = "") -> Rooms:
    """The member's conversations, the one with Kith first. ``current`` is the one that is open."""
    views = await door_of(request).web.database.read(lambda work: room_views(work, member))
    return Rooms(rooms=[room_shape(pages_of(request), member, view, current) for view in views])


@router.post("/rooms", status_code=201)
async def new_room(request: Request, member: Poster, wanted: NewRoom) -> RoomShape:
    """Starts a conversation with other members."""

    def start(work: Work) -> RoomView:
        room = talking.start_room(work, member, wanted.title, wanted.members)
        return room_view(work, member, room, work.members.names(member.workspace.id))

    view = await door_of(request).web.database.write(start)
    return room_shape(pages_of(request), member, view, "")


@router.get("/rooms/{room_id}/messages")
async def messages(request: Request, member: Member, room_id: RoomId, before: SomeId = "") -> Messages:
    """The last messages of a conversation, or the last before one of them."""

    def find(work: Work) -> list[Message]:
        room = talking.room_of(work, member, room_id)
        return work.rooms.history(member.workspace.id, member.member.id, room.id, before=before, limit=rooms.PAGE + 1)

    found = await door_of(request).web.database.read(find)
    more = len(found) > rooms.PAGE
    shown = found[1:] if more else found
    return Messages(messages=await message_shapes(request, member, shown), before=shown[0].id if more else "")


@router.post("/rooms/{room_id}/messages", status_code=201)
async def say(request: Request, member: Poster, room_id: RoomId, line: Line) -> Messages:
    """Says something. Comes back with what was said and, where it was a command, the answer."""
    said = await talking.say(door_of(request).web, member, room_id, talking.Saying(line.id, line.text, line.shown))
    return Messages(messages=await message_shapes(request, member, said))


@router.post("/rooms/{room_id}/messages/{message_id}/press", status_code=201)
async def press(request: Request, member: Poster, room_id: RoomId, message_id: MessageId, pressed: Press) -> Messages:
    """Presses a button of a message, or sends its form."""
    fields = None if pressed.fields is None else submitted(pressed.fields)
    pressing = talking.Pressing(message_id, pressed.id, pressed.token, fields)
    answers = await talking.press(door_of(request).web, member, room_id, pressing)
    return Messages(messages=await message_shapes(request, member, answers))


@router.post("/rooms/{room_id}/messages/{message_id}/save", status_code=201)
async def save(request: Request, member: Poster, room_id: RoomId, message_id: MessageId, wanted: Save) -> Messages:
    """Asks which customer's timeline a message belongs to."""
    answers = await talking.save(door_of(request).web, member, room_id, message_id, wanted.id)
    return Messages(messages=await message_shapes(request, member, answers))


@router.post("/rooms/{room_id}/read", status_code=204)
async def read(request: Request, member: Reporter, room_id: RoomId, reached: Read) -> None:
    """Remembers how far the member has read."""

    def mark(work: Work) -> None:
        room = talking.room_of(work, member, room_id)
        talking.message_of(work, member, room_id, reached.message)
        rooms.mark_read(work, room, member.member.id, reached.message)

    await door_of(request).web.database.write(mark)
