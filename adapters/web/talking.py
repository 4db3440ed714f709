"""What a member does in a room: say something, press a button, save a message. Each may come twice and is done once."""

from collections.abc import Iterable
from dataclasses import dataclass

from adapters.web import incoming, rooms
from adapters.web.adapter import WebAdapter
from adapters.web.bodies import Body, decode
from adapters.web.refusals import RefusedError
from adapters.web.viewer import Viewer
from cards.words import mark
from commands.model import Incoming, Quoted
from core.errors import InvalidInputError
from core.ids import looks_like_id
from core.rooms.model import Message, Room
from core.text import clean_text
from core.work import Work

_NAMELESS = mark("Give the conversation a name, or choose somebody to talk with.")


def room_of(work: Work, viewer: Viewer, room_id: str) -> Room:
    """A room that the viewer is in. Refuses with 404."""
    room = work.rooms.by_id(viewer.workspace.id, viewer.member.id, room_id)
    if room is None:
        raise RefusedError(404)
    return room


def start_room(work: Work, viewer: Viewer, title: str, others: Iterable[str]) -> Room:
    """Starts a conversation. Refuses with 422 a title that is too long, and neither a title nor anybody."""
    try:
        return rooms.start_room(work, viewer.member, title, others)
    except InvalidInputError as wrong:
        raise RefusedError(422, _NAMELESS if wrong.reason == "missing" else "") from None


def message_of(work: Work, viewer: Viewer, room_id: str, message_id: str) -> Message:
    """A message that the viewer sees in a room. Refuses with 404."""
    found = work.rooms.message(viewer.workspace.id, viewer.member.id, message_id) if looks_like_id(message_id) else None
    if found is None or found.room_id != room_id:
        raise RefusedError(404)
    return found


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said. ``shown`` are the words of the button behind which a command stands; typed lines have none."""

    client_id: str
    text: str
    shown: str = ""


async def say(web: WebAdapter, viewer: Viewer, room_id: str, saying: Saying) -> list[Message]:
    """Keeps what was said, and carries it out where it is a command. Returns both, what was said and the answer."""
    said, client_id = clean_text(saying.text), saying.client_id
    if not said:
        raise RefusedError(422, mark("Type something first."))
    if len(said) > incoming.TEXT_LIMIT:
        raise RefusedError(
            422, mark("This is longer than a message can be. Nothing was sent; shorten it and send it again.")
        )

    def keep(work: Work) -> tuple[Message | None, Incoming | None]:
        room = room_of(work, viewer, room_id)
        line = incoming.command_in(said, room)
        body = Body(
            text=(line is not None and clean_text(saying.shown)) or said, command=line is not None, client=client_id
        )
        message = rooms.say(work, room, viewer.member.id, body)
        kept = message or rooms.said_before(work, room, viewer.member.id, client_id)
        return kept, None if line is None else incoming.line_said(room, viewer.member.id, client_id, line)

    message, delivery = await web.database.write(keep)
    # Also when it had come before: the process may have died between keeping the line and taking it up.
    answers = await web.take(delivery) if delivery else []
    return [message, *answers] if message else answers


@dataclass(frozen=True, slots=True)
class Pressing:
    """A button pressed on a message, or with ``fields`` a form sent."""

    message_id: str
    client_id: str
    token: str
    fields: dict[str, str] | None


async def press(web: WebAdapter, viewer: Viewer, room_id: str, pressing: Pressing) -> list[Message]:
    """Presses a button of a message, or sends its form. Returns the messages that answer."""

    def find(work: Work) -> Incoming:
        room = room_of(work, viewer, room_id)
        message = message_of(work, viewer, room_id, pressing.message_id)
        return incoming.pressed(
            message, room, viewer.member.id, pressing.client_id, token=pressing.token, fields=pressing.fields
        )

    return await web.take(await web.database.read(find))


async def save(web: WebAdapter, viewer: Viewer, room_id: str, message_id: str, client_id: str) -> list[Message]:
    """Asks which customer's timeline a message belongs to. Returns the messages that ask."""

    def find(work: Work) -> Incoming:
        room, message = room_of(work, viewer, room_id), message_of(work, viewer, room_id, message_id)
        names = work.members.names(viewer.workspace.id)
        link = f"{web.config.public_url}/r/{room_id}#m-{message_id}" if web.config.public_url else ""
        quoted = Quoted(
            text=decode(message.body).text,
            author=names.get(message.author_id or "", "Kith"),
            said_at=message.created_at,
            link=link,
        )
        return incoming.pointed_at(room, viewer.member.id, client_id, quoted)

    return await web.take(await web.database.read(find))
