"""``/api/v1/events``: what is said in a member's rooms, as it is said, by Server-Sent Events."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from adapters.web import rooms
from adapters.web.access import Member, door_of, viewer
from adapters.web.api import message_shapes
from adapters.web.refusals import Refusal
from adapters.web.rooms import Cursor, topic_of
from adapters.web.viewer import Viewer
from core.rooms.model import Message
from core.work import Database, Work

router = APIRouter(prefix="/api/v1", tags=["workbench"])
_HEARTBEAT = 20.0  # seconds: proxies close a connection that is silent for a minute
_RETRY = 2000  # milliseconds until a browser connects again
_MOST_WAITING = 200  # signals; a page that has fallen further behind is told everything since its cursor instead
_ALL = ""  # the signal that something may have been missed

_EVENTS = {200: {"content": {"text/event-stream": {}}, "description": "Events `message` and `rooms`, without end"}}


@router.get("/events", response_class=StreamingResponse, responses=_EVENTS)
async def events(
    request: Request,
    member: Member,
    after: Annotated[str, Query(max_length=80)] = "",
    last_event_id: Annotated[str, Header(max_length=80)] = "",
) -> StreamingResponse:
    """New and changed messages after the cursor of a page, or after the last event that the browser saw."""
    cursor = Cursor.read(last_event_id) or Cursor.read(after)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_follow(request, member, cursor), media_type="text/event-stream", headers=headers)


async def _follow(request: Request, member: Viewer, cursor: Cursor | None) -> AsyncIterator[str]:
    web = door_of(request).web
    with _listening(web.database, member) as signals, web.until_stopped(signals.put_nowait):
        cursor = cursor or await web.database.read(lambda work: _end(work, member))
        yield f"retry: {_RETRY}\n\n"
        pending: set[str] | None = {_ALL}
        while pending is not None:
            async for event, reached in _told(request, member, pending, cursor):
                yield event
                cursor = reached
            pending = await _next(signals)
            if not pending:
                yield ": still here\n\n"
            try:
                member = await viewer(request)  # signed out or removed in the meantime: nothing more is told
            except Refusal:
                return


@contextmanager
def _listening(database: Database, member: Viewer) -> Iterator["asyncio.Queue[str | None]"]:
    """A queue of the ids of messages that may concern the member; None is the end."""
    signals: asyncio.Queue[str | None] = asyncio.Queue()
    topics = (topic_of(member.workspace.id), topic_of(member.workspace.id, member.member.id))
    ends = [database.subscribe(topic, signals.put_nowait) for topic in topics]
    try:
        yield signals
    finally:
        for end in ends:
            end()


async def _next(signals: "asyncio.Queue[str | None]") -> set[str] | None:
    """The ids that were signalled; empty after a heartbeat's silence, None when it is over."""
    try:
        heard = [await asyncio.wait_for(signals.get(), _HEARTBEAT)]
    except TimeoutError:
        return set()
    while not signals.empty():
        heard.append(signals.get_nowait())
    if None in heard:
        return None
    return {_ALL} if len(heard) > _MOST_WAITING else {signal for signal in heard if signal is not None}


async def _told(
    request: Request, member: Viewer, pending: set[str], cursor: Cursor
) -> AsyncIterator[tuple[str, Cursor]]:
    if not pending:
        return

    def find(work: Work) -> tuple[list[Message], Cursor]:
        found = rooms.changed_since(work, member.actor, cursor) if _ALL in pending else _seen(work, member, pending)
        last = max((message.id for message in found), default="")
        return found, Cursor(max(cursor.message_id, last), work.now)

    found, reached = await door_of(request).web.database.read(find)
    for shape in await message_shapes(request, member, found):
        yield _event("message", shape.model_dump_json(), reached), reached
    if _ALL in pending:
        yield _event("rooms", json.dumps({}), reached), reached


def _seen(work: Work, member: Viewer, ids: set[str]) -> list[Message]:
    found = (work.rooms.message(member.workspace.id, member.member.id, message_id) for message_id in sorted(ids))
    return [message for message in found if message is not None]


def _end(work: Work, member: Viewer) -> Cursor:
    return Cursor(rooms.last_id(work, member.actor), work.now)


def _event(kind: str, data: str, cursor: Cursor) -> str:
    return f"event: {kind}\nid: {cursor}\ndata: {data}\n\n"
