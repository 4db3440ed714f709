"""``/api/v1/events``: what is said in a member's rooms, as it is said, by Server-Sent Events."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from adapters.web import rooms
from adapters.web.access import Member, door_of, viewer
from adapters.web.refusals import RefusedError
from adapters.web.rooms import Cursor, topic_of
from adapters.web.shapes import API, REFUSALS
from adapters.web.shaping import message_shapes
from adapters.web.viewer import Viewer
from core.rooms.model import Message
from core.work import Database, Work

router = APIRouter(prefix=API, tags=["rooms"], responses=REFUSALS)
_HEARTBEAT = 20.0  # seconds: proxies close a connection that is silent for a minute
_RETRY = 2000  # milliseconds until a browser connects again
_MOST_WAITING = 200  # signals; a page that has fallen further behind is told everything since its cursor instead
_ALL = ""  # the signal that something may have been missed
_LOOK = "?"  # after a silence: on SQLite another process has no way to signal

_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events `message` and `rooms`, without end"}
}


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
        yield f"retry: {_RETRY}\n\n"
        if cursor is None:
            cursor = await web.database.read(lambda work: _end(work, member))
        pending: set[str] | None = {_ALL}
        while pending is not None:
            events, cursor = await _told(request, member, pending, cursor)
            yield "".join(events) or ": still here\n\n"
            pending = await _next(signals)
            try:
                member = await viewer(request)  # signed out or removed in the meantime: nothing more is told
            except RefusedError:
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
    """The ids that were signalled, or after a silence that it is time to look; None when it is over."""
    try:
        heard = [await asyncio.wait_for(signals.get(), _HEARTBEAT)]
    except TimeoutError:
        return {_LOOK}
    while not signals.empty():
        heard.append(signals.get_nowait())
    if None in heard:
        return None
    return {_ALL} if len(heard) > _MOST_WAITING else {signal for signal in heard if signal is not None}


async def _told(request: Request, member: Viewer, pending: set[str], cursor: Cursor) -> tuple[list[str], Cursor]:
    """The events for what was signalled, and how far the page has then followed."""
    everything = bool(pending & {_ALL, _LOOK})

    def find(work: Work) -> tuple[list[Message], Cursor]:
        found = rooms.changed_since(work, member.actor, cursor) if everything else _seen(work, member, pending)
        last = max((message.id for message in found), default="")
        return found, Cursor(max(cursor.message_id, last), work.now)

    found, reached = await door_of(request).web.database.read(find)
    shapes = await message_shapes(request, member, found)
    told = [_event("message", shape.model_dump_json(), reached) for shape in shapes]
    return [*told, _event("rooms", "{}", reached)] if _ALL in pending else told, reached


def _seen(work: Work, member: Viewer, ids: set[str]) -> list[Message]:
    found = (work.rooms.message(member.workspace.id, member.member.id, message_id) for message_id in sorted(ids))
    return [message for message in found if message is not None]


def _end(work: Work, member: Viewer) -> Cursor:
    return Cursor(rooms.last_id(work, member.actor), work.now)


def _event(kind: str, data: str, cursor: Cursor) -> str:
    return f"event: {kind}\nid: {cursor}\ndata: {data}\n\n"
