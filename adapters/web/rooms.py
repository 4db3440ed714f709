"""Rooms and what is said in them: the steps of the workbench that read and write, each inside a unit of work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.web.bodies import Body, decode, encode
from adapters.web.incoming import PLATFORM, tenant_of
from core import text
from core.actor import Actor
from core.drafts import Draft
from core.errors import InvalidInputError
from core.ids import MemberId, WorkspaceId
from core.members.model import Identity, Member
from core.rooms.model import Message, Room, RoomKind
from core.work import Work

PAGE = 50  # messages
MOST_UNREAD = 100  # beyond this nobody counts
MOST_MISSED = 500  # messages of one room; who missed more sees a gap until the page is loaded again
_TITLE_LIMIT = 80
_OVERLAP = timedelta(seconds=5)
MARK_LIFE = timedelta(days=400)


# -- who is here -----------------------------------------------------------------------------------


def is_settled(work: Work, member: Member) -> bool:
    """Whether the workbench knows this member and has a room for them and Kith."""
    return _is_known(work, member) and _direct_room(work, member) is not None


def settle(work: Work, member: Member) -> None:
    """Makes the workbench one of the member's platforms, and gives them a room with Kith."""
    _tie(work, member)
    if _direct_room(work, member) is None:
        _open(work, member.workspace_id, "", RoomKind.DIRECT, (member.id,))


def direct_room(work: Work, member: Member) -> Room:
    """The room of a settled member and Kith."""
    room = _direct_room(work, member)
    if room is None:
        raise LookupError("the member has no room with Kith yet")
    return room


def start_room(work: Work, starter: Member, title: str, others: Iterable[str]) -> Room:
    """Starts a conversation of several members, or of one under a name.

    Raises InvalidInputError for a title that is too long, and where there is neither a title nor anybody.
    """
    wanted = set(others) | {starter.id}
    members = [member for member in work.members.list_all(starter.workspace_id) if member.id in wanted]
    for member in members:
        _tie(work, member)
    shown = text.line("title", title, limit=_TITLE_LIMIT)
    if not shown and len(members) < 2:
        raise InvalidInputError("title", "missing")
    return _open(work, starter.workspace_id, shown, RoomKind.GROUP, tuple(member.id for member in members))


def _direct_room(work: Work, member: Member) -> Room | None:
    rooms = work.rooms.rooms_of(member.workspace_id, member.id)
    return next((room for room in rooms if room.kind is RoomKind.DIRECT), None)


def _open(work: Work, workspace_id: WorkspaceId, title: str, kind: RoomKind, members: tuple[MemberId, ...]) -> Room:
    room = Room(id=work.new_id(), workspace_id=workspace_id, title=title, kind=kind, created_at=work.now)
    work.rooms.add_room(room, members)
    for member_id in members:
        work.signal(topic_of(workspace_id, member_id), "")
    return room


def _identity(member: Member) -> Identity:
    return Identity(PLATFORM, tenant_of(member.workspace_id), member.id)


def _is_known(work: Work, member: Member) -> bool:
    return work.members.by_identity(_identity(member)) is not None


def _tie(work: Work, member: Member) -> None:
    if not _is_known(work, member):
        work.members.tie(_identity(member), member, work.now)


# -- what is said ----------------------------------------------------------------------------------


def post(work: Work, room: Room, body: Body, *, author: MemberId | None, audience: MemberId | None) -> Message:
    """Says something in a room: without an author it is Kith who does, with an audience only that member sees it."""
    message = Message(
        id=work.new_id(),
        workspace_id=room.workspace_id,
        room_id=room.id,
        author_id=author,
        audience_id=audience,
        body=encode(body),
        created_at=work.now,
        updated_at=work.now,
    )
    work.rooms.post(message)
    tell(work, message)
    return message


def say(work: Work, room: Room, author: MemberId, body: Body) -> Message | None:
    """Keeps what a member typed; None when it had come before, by the id that ``body`` carries.

    What is said to Kith among others is for the one who says it alone, as is the answer.
    """
    if not work.jobs.accept(f"{PLATFORM}:{tenant_of(room.workspace_id)}:said.{author}.{body.client}", work.now):
        return None
    alone = body.command and room.kind is RoomKind.GROUP
    message = post(work, room, body, author=author, audience=author if alone else None)
    mark_read(work, room, author, message.id)
    return message


def said_before(work: Work, room: Room, author: MemberId, client_id: str) -> Message | None:
    """The message that came with this id from this member's browser, if it is among the last ones."""
    recent = work.rooms.history(room.workspace_id, author, room.id, limit=PAGE)
    mine = (message for message in reversed(recent) if message.author_id == author)
    return next((message for message in mine if decode(message.body).client == client_id), None)


def tell(work: Work, message: Message) -> None:
    """Tells open pages of a new or changed message: everybody's, or those of the one member it is for."""
    work.signal(topic_of(message.workspace_id, message.audience_id), message.id)


def topic_of(workspace_id: WorkspaceId, member_id: MemberId | None = None) -> str:
    """Where pages hear of messages: for the whole workspace, or for one member."""
    return f"rooms:{workspace_id}:{member_id}" if member_id else f"rooms:{workspace_id}"


# -- what has been read ----------------------------------------------------------------------------


def mark_read(work: Work, room: Room, member_id: MemberId, message_id: str) -> None:
    """Remembers that the member has read up to a message; reading an older one takes nothing back."""
    if message_id > read_up_to(work, room, member_id):
        work.drafts.put(Draft(_mark_key(room, member_id), message_id, work.now + MARK_LIFE))


def read_up_to(work: Work, room: Room, member_id: MemberId) -> str:
    """The last message the member has read; empty when none."""
    return work.drafts.get(_mark_key(room, member_id)) or ""


def count_unread(work: Work, room: Room, member_id: MemberId) -> int:
    """How many messages of others are new to the member, ``MOST_UNREAD`` at most."""
    new = work.rooms.since(
        room.workspace_id, member_id, room.id, after=read_up_to(work, room, member_id), limit=MOST_UNREAD
    )
    return sum(message.author_id != member_id for message in new)


def _mark_key(room: Room, member_id: MemberId) -> str:
    return f"read:{room.workspace_id}:{member_id}:{room.id}"


# -- what has changed ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a page has followed: the last message it was sent, and when. Written as ``ID@INSTANT``."""

    message_id: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.message_id}@{self.at.isoformat()}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor that was written so; None for anything else."""
        message_id, _, instant = text.partition("@")
        try:
            at = datetime.fromisoformat(instant)
        except ValueError:
            return None
        return cls(message_id, at) if at.tzinfo else None


def changed_since(work: Work, actor: Actor, cursor: Cursor) -> list[Message]:
    """What was said in the member's rooms after a cursor, and what was changed since then on each room's last page.

    Two processes may commit in another order than their ids have, so the last seconds before the cursor are told again.
    """
    found: dict[str, Message] = {}
    for room in work.rooms.rooms_of(actor.workspace_id, actor.member_id):
        where = (actor.workspace_id, actor.member_id, room.id)
        new = work.rooms.since(*where, after=cursor.message_id, limit=MOST_MISSED)
        last = work.rooms.history(*where, limit=PAGE)
        found |= {message.id: message for message in new}
        found |= {message.id: message for message in last if message.updated_at >= cursor.at - _OVERLAP}
    return sorted(found.values(), key=lambda message: message.id)


def last_id(work: Work, actor: Actor) -> str:
    """The last message in any of the member's rooms; empty when there is none."""
    rooms = work.rooms.rooms_of(actor.workspace_id, actor.member_id)
    last = (work.rooms.history(actor.workspace_id, actor.member_id, room.id, limit=1) for room in rooms)
    return max((messages[0].id for messages in last if messages), default="")
