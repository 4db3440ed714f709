"""Whom a room without a customer may be about, from its title, its people and what its reader has seen said there."""

from dataclasses import dataclass

from adapters.web.bodies import decode
from adapters.web.customer_views import place_of
from adapters.web.viewer import Viewer
from cards.words import mark
from core.conversations.suggesting import Because, Clues, suggest_customers
from core.rooms.model import Room, RoomKind
from core.work import Work

_READ = 20  # messages
WHY = {
    Because.CONTACT: mark("{said} is in this conversation"),
    Because.EMAIL: mark("Somebody here writes from {said}"),
    Because.PHONE: mark("Somebody here has the number {said}"),
    Because.NAME: mark("“{said}” is named here"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A customer to bind the room to, and why it is offered."""

    id: str
    name: str
    why: str


def guesses(work: Work, viewer: Viewer, room: Room) -> tuple[Guess, ...]:
    """At most three; nobody where the room is bound, in the one with Kith, and for who may not bind."""
    if room.kind is RoomKind.DIRECT or not viewer.may_write:
        return ()
    # Bound to one that is not theirs to see is bound, too: nothing is offered over a colleague's head.
    if work.bindings.of(viewer.workspace.id, place_of(viewer.workspace.id, room.id)):
        return ()
    found = suggest_customers(work, viewer.actor, _clues(work, viewer, room))
    return tuple(
        Guess(each.customer.id, each.customer.name, viewer.words(WHY[each.because], said=each.said)) for each in found
    )


def _clues(work: Work, viewer: Viewer, room: Room) -> Clues:
    """What was said to Kith is a question, and tells no more of the room than its answer does."""
    last = work.rooms.history(viewer.workspace.id, viewer.member.id, room.id, limit=_READ)
    bodies = (decode(message.body) for message in reversed(last) if message.author_id)
    said = (body.text for body in bodies if body.text and not body.command)
    return Clues(texts=tuple(filter(None, (room.title, *said))))
