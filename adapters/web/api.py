"""``/api/v1``: the JSON that the page itself uses, for a member's session."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request

from adapters.web import rooms, talking
from adapters.web.access import Member, door_of, poster
from adapters.web.bodies import decode
from adapters.web.customer_views import CustomerView, customer_beside
from adapters.web.incoming import line_said
from adapters.web.message_views import MessageView, MessageViews
from adapters.web.pages import Pages
from adapters.web.refusals import Refusal
from adapters.web.room_views import RoomView, room_view, room_views
from adapters.web.shapes import (
    CommandShape,
    Commands,
    CustomerId,
    CustomerShape,
    FactShape,
    Line,
    Me,
    MessageId,
    Messages,
    MessageShape,
    NewRoom,
    Options,
    OptionShape,
    Press,
    Problem,
    Read,
    RoomId,
    Rooms,
    RoomShape,
    RowShape,
    Save,
    Typed,
)
from adapters.web.viewer import Viewer
from cards.model import InputKind, Option, Row
from cards.renderers.html import submitted
from commands.model import Incoming
from commands.registry import COMMANDS
from core.rooms.model import Message, Room
from core.work import Work

_REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (401, 403, 404, 413, 422, 429)}
router = APIRouter(prefix="/api/v1", tags=["workbench"], responses=_REFUSALS)
Poster = Annotated[Viewer, Depends(poster)]


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


@router.get("/me")
async def me(member: Member) -> Me:
    """Who the session belongs to."""
    known = member.member
    return Me(
        id=known.id,
        handle=known.handle,
        name=known.name,
        role=known.role,
        workspace=member.workspace.name,
        language=member.language,
        zone=member.words.zone.key,
    )


@router.get("/commands")
async def commands(member: Member) -> Commands:
    """What can be typed."""
    shown = (command for command in COMMANDS if not command.hidden and member.actor.at_least(command.role))
    return Commands(
        commands=[
            CommandShape(
                verb=command.verb,
                title=member.words(command.title),
                usage=member.words(command.usage),
                aliases=list(command.aliases),
                examples=list(command.examples),
            )
            for command in shown
        ]
    )


@router.get("/rooms")
async def list_rooms(request: Request, member: Member, current: Annotated[str, Query(max_length=13)] = "") -> Rooms:
    """The member's conversations, the one with Kith first. ``current`` is the one that is open."""
    views = await door_of(request).web.database.read(lambda work: room_views(work, member))
    return Rooms(rooms=[_room_shape(_pages(request), member, view, current) for view in views])


@router.post("/rooms", status_code=201)
async def new_room(request: Request, member: Poster, wanted: NewRoom) -> RoomShape:
    """Starts a conversation with other members."""

    def start(work: Work) -> RoomView:
        room = rooms.start_room(work, member.member, wanted.title, wanted.members)
        return room_view(work, member, room, work.members.names(member.workspace.id))

    view = await door_of(request).web.database.write(start)
    return _room_shape(_pages(request), member, view, "")


@router.get("/rooms/{room_id}/messages")
async def messages(
    request: Request, member: Member, room_id: RoomId, before: Annotated[str, Query(max_length=13)] = ""
) -> Messages:
    """The last messages of a conversation, or the last before one of them."""

    def find(work: Work) -> tuple[Room, list[Message]]:
        room = talking.room_of(work, member, room_id)
        found = work.rooms.history(member.workspace.id, member.member.id, room.id, before=before, limit=rooms.PAGE + 1)
        return room, found

    room, found = await door_of(request).web.database.read(find)
    more = len(found) > rooms.PAGE
    shown = found[1:] if more else found
    return Messages(messages=await message_shapes(request, member, shown), before=shown[0].id if more else "")


@router.post("/rooms/{room_id}/messages", status_code=201)
async def say(request: Request, member: Poster, room_id: RoomId, line: Line) -> Messages:
    """Says something. Comes back with what was said and, where it was a command, the answer."""
    said = await talking.say(door_of(request).web, member, room_id, line.id, line.text)
    return Messages(messages=await message_shapes(request, member, said))


@router.post("/rooms/{room_id}/messages/{message_id}/press", status_code=201)
async def press(request: Request, member: Poster, room_id: RoomId, message_id: MessageId, pressed: Press) -> Messages:
    """Presses a button of a message, or sends its form."""
    fields = None if pressed.fields is None else submitted(pressed.fields)
    answers = await talking.press(
        door_of(request).web,
        member,
        message_id,
        room_id=room_id,
        client_id=pressed.id,
        token=pressed.token,
        fields=fields,
    )
    return Messages(messages=await message_shapes(request, member, answers))


@router.post("/rooms/{room_id}/messages/{message_id}/save", status_code=201)
async def save(request: Request, member: Poster, room_id: RoomId, message_id: MessageId, wanted: Save) -> Messages:
    """Asks which customer's timeline a message belongs to."""
    web = door_of(request).web
    answers = await talking.save(web, member, message_id, room_id=room_id, client_id=wanted.id)
    return Messages(messages=await message_shapes(request, member, answers))


@router.post("/rooms/{room_id}/read", status_code=204)
async def read(request: Request, member: Poster, room_id: RoomId, reached: Read) -> None:
    """Remembers how far the member has read."""

    def mark(work: Work) -> None:
        room = talking.room_of(work, member, room_id)
        talking.message_of(work, member, room_id, reached.message)
        rooms.mark_read(work, room, member.member.id, reached.message)

    await door_of(request).web.database.write(mark)


@router.get("/rooms/{room_id}/completions")
async def completions(request: Request, member: Member, room_id: RoomId, line: Typed = "") -> Options:
    """How a command line may go on: whole lines to put in its place."""
    asked = await _asked(request, member, room_id)
    return _options(await door_of(request).web.road.complete(asked, line))


@router.get("/rooms/{room_id}/suggestions")
async def suggestions(request: Request, member: Member, room_id: RoomId, kind: InputKind, typed: Typed = "") -> Options:
    """What a customer or member field may be filled with: ids with names."""
    if kind not in (InputKind.CUSTOMER, InputKind.MEMBER):
        raise Refusal(422)
    asked = await _asked(request, member, room_id)
    return _options(await door_of(request).web.road.suggest(asked, kind, typed))


@router.get("/customers/{customer_id}")
async def customer(
    request: Request, member: Member, customer_id: CustomerId, room: Annotated[str, Query(max_length=13)] = ""
) -> CustomerShape:
    """A customer at a glance, as it stands beside a conversation."""

    def find(work: Work) -> tuple[CustomerView, RoomView]:
        known = talking.room_of(work, member, room) if room else rooms.direct_room(work, member.member)
        view = customer_beside(work, member, known.id, customer_id)
        if view is None:
            raise Refusal(404)
        return view, room_view(work, member, known, {})

    view, beside = await door_of(request).web.database.read(find)
    html = _pages(request).render("sidebar.html", member, customer=view, room=beside)
    return CustomerShape(
        id=view.id,
        name=view.name,
        stage=view.stage,
        next=view.next.text,
        tasks=_rows(view.tasks),
        tasks_total=view.tasks_total,
        deals=_rows(view.deals),
        deals_total=view.deals_total,
        activities=_rows(view.activities),
        facts=[FactShape(label=fact.label, value=fact.value) for fact in view.facts],
        html=html,
    )


# -- shapes ----------------------------------------------------------------------------------------


async def message_shapes(request: Request, member: Viewer, found: Iterable[Message]) -> list[MessageShape]:
    """Messages as the API gives them, each once and as it stands now."""
    kept = {message.id: message for message in found}

    def names_and_rooms(work: Work) -> tuple[dict[str, str], dict[str, Room], datetime]:
        mine = {room.id: room for room in work.rooms.rooms_of(member.workspace.id, member.member.id)}
        return work.members.names(member.workspace.id), mine, work.now

    names, mine, now = await door_of(request).web.database.read(names_and_rooms)
    pages = _pages(request)
    return [
        message_shape(pages, member, message, MessageViews(member, mine[message.room_id], names, now).one(message))
        for message in kept.values()
        if message.room_id in mine
    ]


def message_shape(pages: Pages, member: Viewer, message: Message, view: MessageView) -> MessageShape:
    """One message as the API gives it."""
    html = pages.render("message.html", member, message=view, room_url=member.room_url(view.room))
    return MessageShape(
        id=view.id,
        room=view.room,
        client_id=view.client_id,
        author=view.author.name,
        own=view.own,
        private=view.private,
        text=view.text,
        summary=view.summary,
        customer=view.customer,
        sent_at=view.at,
        edited=view.edited,
        cards=msgspec.to_builtins(decode(message.body).cards),
        html=html,
    )


def _room_shape(pages: Pages, member: Viewer, view: RoomView, current: str) -> RoomShape:
    html = pages.render("room_line.html", member, line=view, current=current)
    return RoomShape(
        id=view.id,
        title=view.title,
        with_kith=view.with_kith,
        people=view.people,
        last=view.last,
        time=view.time,
        unread=view.unread,
        html=html,
    )


async def _asked(request: Request, member: Viewer, room_id: str) -> Incoming:
    """A question that no delivery stands behind: it is asked in a room and leaves nothing there."""
    room = await door_of(request).web.database.read(lambda work: talking.room_of(work, member, room_id))
    return line_said(room, member.member.id, "asked", "")


def _options(found: Iterable[Option]) -> Options:
    return Options(options=[OptionShape(value=option.value, label=option.label) for option in found])


def _rows(rows: Iterable[Row]) -> list[RowShape]:
    return [RowShape(title=row.title, detail=row.detail, meta=row.meta, tone=row.tone) for row in rows]
