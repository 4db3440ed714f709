"""From what is kept to the shapes of the JSON API."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from fastapi import Request

from adapters.web.access import door_of
from adapters.web.bodies import decode
from adapters.web.message_views import MessageView, MessageViews
from adapters.web.pages import Pages
from adapters.web.room_views import RoomView
from adapters.web.shapes import MessageShape, Options, OptionShape, RoomShape, RowShape
from adapters.web.viewer import Viewer
from cards.model import Option, Row
from core.rooms.model import Message, Room
from core.work import Work


def pages_of(request: Request) -> Pages:
    """The app's templates."""
    pages: Pages = request.app.state.pages
    return pages


async def message_shapes(request: Request, member: Viewer, found: Iterable[Message]) -> list[MessageShape]:
    """Messages as the API gives them, each once and as it stands now."""
    kept = {message.id: message for message in found}

    def names_and_rooms(work: Work) -> tuple[dict[str, str], dict[str, Room], datetime]:
        mine = {room.id: room for room in work.rooms.rooms_of(member.workspace.id, member.member.id)}
        return work.members.names(member.workspace.id), mine, work.now

    names, mine, now = await door_of(request).web.database.read(names_and_rooms)
    pages = pages_of(request)
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
        cards=msgspec.to_builtins(decode(message.body).cards_in(member.language)),
        html=html,
    )


def room_shape(pages: Pages, member: Viewer, view: RoomView, current: str) -> RoomShape:
    """A conversation as the API gives it; ``current`` is the one that is open."""
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


def options(found: Iterable[Option]) -> Options:
    """What there is to choose from."""
    return Options(options=[OptionShape(value=option.value, label=option.label) for option in found])


def rows(lines: Iterable[Row]) -> list[RowShape]:
    """Lines of a list."""
    return [RowShape(title=row.title, detail=row.detail, meta=row.meta, tone=row.tone) for row in lines]
