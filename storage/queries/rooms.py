"""Kith's own chat, as one member of a room sees it."""

from sqlalchemy import Select, and_, bindparam, insert, or_, select, update

from storage.queries.dialects import put_once
from storage.queries.records import adding
from storage.queries.scoping import MEMBER, WORKSPACE
from storage.tables import messages, room_members, rooms

_IN_ROOM = and_(room_members.c.workspace_id == WORKSPACE, room_members.c.member_id == MEMBER)


def _rooms() -> Select[tuple[object, ...]]:
    same = and_(room_members.c.workspace_id == rooms.c.workspace_id, room_members.c.room_id == rooms.c.id)
    return select(rooms).join(room_members, same).where(_IN_ROOM)


def _messages() -> Select[tuple[object, ...]]:
    same = and_(room_members.c.workspace_id == messages.c.workspace_id, room_members.c.room_id == messages.c.room_id)
    for_them = or_(messages.c.audience_id.is_(None), messages.c.audience_id == MEMBER)
    return select(messages).join(room_members, same).where(_IN_ROOM, for_them)


ADD = adding(rooms)
JOIN = put_once(room_members)
OF_MEMBER = _rooms().order_by(rooms.c.id)
BY_ID = _rooms().where(rooms.c.id == bindparam("id"))
MEMBER_IDS = (
    select(room_members.c.member_id)
    .where(room_members.c.workspace_id == WORKSPACE, room_members.c.room_id == bindparam("room_id"))
    .order_by(room_members.c.member_id)
)

POST = insert(messages)
EDIT = (
    update(messages)
    .values(body=bindparam("body"), audience_id=bindparam("audience_id"), updated_at=bindparam("updated_at"))
    .where(messages.c.workspace_id == WORKSPACE, messages.c.id == bindparam("id"))
)
MESSAGE = _messages().where(messages.c.id == bindparam("id"))
SINCE = (
    _messages()
    .where(messages.c.room_id == bindparam("room_id"), messages.c.id > bindparam("after"))
    .order_by(messages.c.id)
    .limit(bindparam("limit"))
)
HISTORY = (
    _messages()
    .where(messages.c.room_id == bindparam("room_id"), messages.c.id < bindparam("before"))
    .order_by(messages.c.id.desc())
    .limit(bindparam("limit"))
)
