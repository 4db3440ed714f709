"""Where an answer stands in a room: as a message of its own, or in the place of the one whose button was pressed."""

from dataclasses import replace

from adapters.web import bodies, rooms
from adapters.web.bodies import Body
from adapters.web.incoming import PLATFORM
from cards.forms import refilled
from commands.model import Audience, Incoming, Reply
from core.ids import MemberId, WorkspaceId
from core.rooms.model import Message, Room, RoomKind
from core.work import Work


def place_answer(work: Work, incoming: Incoming, reply: Reply, key: str) -> list[Message] | None:
    """Shows the answer to ``incoming`` and returns the messages that do; none when ``key`` had come before.

    None when the member is no longer in the room.
    """
    workspace_id, member_id = WorkspaceId(incoming.tenant), MemberId(incoming.user)
    room = work.rooms.by_id(workspace_id, member_id, incoming.conversation)
    if room is None:
        return None
    if not work.jobs.accept(f"{PLATFORM}:{incoming.tenant}:answer.{key}", work.now):
        return []
    pressed = work.rooms.message(workspace_id, member_id, incoming.reply_to.get("message", ""))
    if pressed is not None and incoming.fields is not None and not reply.ok:
        return [_with_what_was_typed(work, pressed, incoming, reply), *_shown(work, room, None, incoming, reply)]
    return _shown(work, room, pressed, incoming, reply)


def _shown(work: Work, room: Room, pressed: Message | None, incoming: Incoming, reply: Reply) -> list[Message]:
    cards = (*reply.cards, bodies.card_of(reply.form)) if reply.form else reply.cards
    if not cards:
        return []
    body = Body(cards=cards, translations=reply.translations)
    everybody = reply.audience is Audience.ROOM or room.kind is RoomKind.DIRECT
    audience = None if everybody else MemberId(incoming.user)
    # What one member asked for must not take the place of what everybody sees; a form that was sent is done with.
    done_with = reply.replace or incoming.fields is not None
    if pressed is not None and done_with and pressed.audience_id == audience and pressed.author_id is None:
        return [_edited(work, pressed, body)]
    message = rooms.post(work, room, body, author=None, audience=audience)
    rooms.mark_read(work, room, MemberId(incoming.user), message.id)  # who asked is looking
    return [message]


def _with_what_was_typed(work: Work, pressed: Message, incoming: Incoming, reply: Reply) -> Message:
    """The form again, with what was typed into it and what was wrong with it."""
    body = bodies.decode(pressed.body)
    form = bodies.form_of(body, incoming.token)
    if form is None:
        return pressed
    again = refilled(form, incoming.fields or {}, reply.errors)
    return _edited(work, pressed, bodies.with_form(body, incoming.token, again))


def _edited(work: Work, message: Message, body: Body) -> Message:
    changed = replace(message, body=bodies.encode(body), updated_at=work.now)
    work.rooms.edit(changed)
    rooms.tell(work, changed)
    return changed
