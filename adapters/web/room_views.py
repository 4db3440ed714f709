"""The list of conversations, and the head of the one that is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.web.bodies import decode
from adapters.web.faces import Face, face
from adapters.web.message_views import KITH
from adapters.web.rooms import MOST_UNREAD, count_unread
from adapters.web.viewer import Viewer
from cards.labels import excerpt
from core.rooms.model import Message, Room, RoomKind
from core.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """A conversation: ``people`` are the others' names, ``last`` its last words, ``unread`` the figure to show."""

    id: str
    title: str
    url: str
    with_kith: bool
    face: Face
    people: str
    last: str
    time: str
    unread: str
    last_id: str


def room_views(work: Work, viewer: Viewer) -> list[RoomView]:
    """The viewer's conversations: the one with Kith first, then the last spoken in first."""
    names = work.members.names(viewer.workspace.id)
    views = [
        room_view(work, viewer, room, names) for room in work.rooms.rooms_of(viewer.workspace.id, viewer.member.id)
    ]
    return sorted(views, key=lambda view: (view.with_kith, view.last_id or view.id), reverse=True)


def room_view(work: Work, viewer: Viewer, room: Room, names: Mapping[str, str]) -> RoomView:
    """One conversation."""
    history = work.rooms.history(viewer.workspace.id, viewer.member.id, room.id, limit=1)
    last = history[0] if history else None
    with_kith = room.kind is RoomKind.DIRECT
    others = _others(work, viewer, room, names)
    title = "Kith" if with_kith else room.title or others or viewer.words("Only you so far")
    unread = count_unread(work, room, viewer.member.id)
    return RoomView(
        id=room.id,
        title=title,
        url=viewer.room_url(room.id),
        with_kith=with_kith,
        face=KITH if with_kith else face(room.id, title),
        people=others,
        last=_last_words(last, viewer, names) if last else "",
        time=_when(last.created_at, work.now, viewer) if last else "",
        unread=_shown(unread),
        last_id=last.id if last else "",
    )


def _others(work: Work, viewer: Viewer, room: Room, names: Mapping[str, str]) -> str:
    people = work.rooms.member_ids(viewer.workspace.id, room.id)
    return ", ".join(names.get(person, "") for person in people if person != viewer.member.id)


def _last_words(message: Message, viewer: Viewer, names: Mapping[str, str]) -> str:
    body = decode(message.body)
    said = excerpt(body.text or " ".join(card.summary for card in body.cards), 80)
    if message.author_id in (None, viewer.member.id):
        return said
    return viewer.words("{name}: {said}", name=names.get(message.author_id or "", ""), said=said)


def _when(instant: datetime, now: datetime, viewer: Viewer) -> str:
    words = viewer.words
    local, today = instant.astimezone(words.zone), words.today(now)
    return f"{local:%H:%M}" if local.date() == today else words.date(local.date(), today)


def _shown(unread: int) -> str:
    if unread == 0:
        return ""
    return f"{MOST_UNREAD - 1}+" if unread >= MOST_UNREAD else str(unread)
