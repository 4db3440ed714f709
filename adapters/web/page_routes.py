"""The pages: the workbench, a customer's page, and the sidebar by itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from adapters.web import rooms, talking
from adapters.web.access import Member, door_of, viewer
from adapters.web.customer_views import customer_beside, timeline_rows
from adapters.web.pages import Pages
from adapters.web.refusals import RefusedError
from adapters.web.room_clues import guesses
from adapters.web.room_views import room_view
from adapters.web.shapes import CustomerId, RoomId, SomeId
from adapters.web.sidebar.entering import sent_on
from adapters.web.static_files import FOREVER, static_files
from adapters.web.viewer import Viewer
from adapters.web.workbench import Wanted, Word, workbench
from core.work import Work

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_MOST_PAGES = 10_000
PageNumber = Annotated[int, Query(ge=1, le=_MOST_PAGES)]


@router.get("/")
async def home(request: Request, member: Member, wanted: Annotated[Wanted, Depends()]) -> HTMLResponse:
    """The workbench, at the member's conversation with Kith."""
    return await _workbench(request, member, "", wanted)


@router.get("/r/{room_id}")
async def room(request: Request, member: Member, room_id: RoomId, wanted: Annotated[Wanted, Depends()]) -> HTMLResponse:
    """The workbench, at one conversation."""
    return await _workbench(request, member, room_id, wanted)


@router.get("/c/{customer_id}")
async def customer_page(request: Request, customer_id: CustomerId, page: PageNumber = 1) -> Response:
    """Everything about a customer: the link on every card. In a platform's own browser the page that stands there."""
    member = await _signed_in(request)
    if member is None and (elsewhere := await sent_on(request, customer_id)):
        return elsewhere
    if member is None:
        raise RefusedError(401)
    values = await door_of(request).web.database.read(
        lambda work: _customer(work, member, customer_id, "") | _timeline(work, member, customer_id, page)
    )
    return _page(request, "customer.html", member, **values, page=page)


async def _signed_in(request: Request) -> Viewer | None:
    """Who is signed in for the workbench; None for nobody."""
    try:
        return await viewer(request)
    except RefusedError as refused:
        if refused.status != 401:
            raise
    return None


@router.get("/sidebar/customer/{customer_id}")
async def sidebar(
    request: Request, member: Member, customer_id: CustomerId, room: SomeId = "", part: Word = ""
) -> HTMLResponse:
    """A customer beside a conversation; with ``part`` only what goes into the page that is open."""
    values = await door_of(request).web.database.read(lambda work: _customer(work, member, customer_id, room))
    return _page(request, "sidebar.html" if part else "customer.html", member, **values)


@router.get("/sidebar/room/{room_id}")
async def sidebar_of_room(request: Request, member: Member, room_id: RoomId, customer: SomeId = "") -> HTMLResponse:
    """What stands beside a conversation: the customer asked for, else the one it is bound to, else how to bind it.

    One that is not there any more, or never was this member's to see, is as if none was asked for.
    """

    def find(work: Work) -> dict[str, Any]:
        known = talking.room_of(work, member, room_id)
        asked = customer_beside(work, member, known.id, customer) if customer else None
        beside = asked or customer_beside(work, member, known.id)
        suggested = () if beside else guesses(work, member, known)
        return {"room": room_view(work, member, known, {}), "customer": beside, "suggested": suggested}

    return _page(request, "sidebar.html", member, **await door_of(request).web.database.read(find))


@router.get("/static/{version}/{name}")
async def static(version: str, name: str) -> Response:
    """A script, a style sheet or a picture of ours."""
    files = static_files()
    file = files.files.get(name)
    if file is None:
        raise RefusedError(404)
    caching = FOREVER if version == files.version else "no-cache"
    return Response(file.content, media_type=file.media_type, headers={"cache-control": caching})


async def _workbench(request: Request, member: Viewer, room_id: str, wanted: Wanted) -> HTMLResponse:
    values = await door_of(request).web.database.read(lambda work: workbench(work, member, room_id, wanted))
    return _page(request, "workbench.html", member, **values)


def _page(request: Request, template: str, member: Viewer, **values: Any) -> HTMLResponse:
    pages: Pages = request.app.state.pages
    return HTMLResponse(pages.render(template, member, **values), headers={"cache-control": "no-store"})


def _customer(work: Work, member: Viewer, customer_id: str, room_id: str) -> dict[str, Any]:
    known = talking.room_of(work, member, room_id) if room_id else rooms.direct_room(work, member.member)
    view = customer_beside(work, member, known.id if room_id else "", customer_id)
    if view is None:
        raise RefusedError(404)
    return {"room": room_view(work, member, known, {}), "customer": view}


def _timeline(work: Work, member: Viewer, customer_id: str, page: int) -> dict[str, Any]:
    customer = work.customers.by_id(member.actor.scope, customer_id)
    rows, more = timeline_rows(work, member, customer, page) if customer else ([], False)
    return {"timeline": rows, "more": more}
