"""The ways in: a host that proves who is looking, a ticket in an address, and ``/c/ID`` opened wherever one is."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from starlette.responses import RedirectResponse, Response

from adapters.hosts.model import Host, Knock, Prepared, Preparing, Proven
from adapters.hosts.tickets import LENGTH_LIMIT, OPEN_PATH
from adapters.web.access import Fields, check_origin, door_of
from adapters.web.pages import Pages
from adapters.web.refusals import RefusedError, guest
from adapters.web.sidebar.access import (
    Looker,
    cookie_name,
    give_cookie,
    give_to_hold,
    held_name,
    looker_of,
    seated,
    sidebar_of,
)
from adapters.web.sidebar.notes import Note
from adapters.web.sidebar.policy import guarded, style
from adapters.web.sidebar.routes import customer_values, page, start_values
from adapters.web.sidebar.seats import Sitting, find_sitting, sit_down, spend
from adapters.web.viewer import THEMES
from cards.model import Tone
from cards.words import mark
from core.ids import looks_like_id
from core.work import Work

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
HostName = Annotated[str, Path(pattern=r"^[a-z]{1,20}$")]
Ticket = Annotated[str, Query(max_length=LENGTH_LIMIT)]
Wanted = Annotated[str, Query(max_length=13)]
_USED = mark("This link was used already, or is too old. Open Kith again from the conversation.")
_UNPROVEN = mark("The app did not prove who you are, or too long ago. Close this page and open it again.")
_STRANGER = mark("Kith does not know you here yet. Ask for a code and send Kith “link CODE”, then open this again.")


@router.get("/sidebar/in/{name}")
async def door(request: Request, name: HostName, c: Wanted = "") -> Response:
    """The way in through a host: its script asks the host who is looking, and sends the answer on."""
    host, web = _host(request, name), door_of(request).web
    wanted = c if looks_like_id(c) else ""
    prepared = await host.prepare(_knock(request, wanted)) if isinstance(host, Preparing) else Prepared()
    answer = _opened(request, host, prepared, wanted)
    if prepared.hold is not None:
        give_to_hold(answer, web, host, prepared.hold)
    return answer


@router.post("/sidebar/in/{name}")
async def enter(request: Request, name: HostName, fields: Fields) -> Response:
    """Opens a session for whom the host proves, and shows the page at once. Refuses with 401 and 403."""
    host = _host(request, name)
    check_origin(request)
    held = request.cookies.get(held_name(door_of(request).web), "")
    proven = await host.prove({**fields, "held": held})
    if proven is None:
        raise RefusedError(401, _UNPROVEN)
    wanted = fields.get("customer", "")
    if looks_like_id(wanted):
        proven = replace(proven, customer=wanted)
    theme = fields.get("theme", "")
    return await _shown(request, host, proven, theme if theme in THEMES else "", again=True)


@router.get(OPEN_PATH)
async def by_ticket(request: Request, t: Ticket = "") -> Response:
    """Uses a ticket up and shows the page. Refuses with 401 one that is forged, over or used."""
    read = sidebar_of(request).tickets.read(t, door_of(request).web.clock.now())
    if read is None:
        raise RefusedError(401, _USED)
    name, proven = read
    return await _shown(request, _host(request, name), proven, "", again=False)


async def sent_on(request: Request, customer_id: str) -> Response | None:
    """Where ``/c/ID`` leads in a host's own browser, and for who has a session of a host's; None for the web page."""
    base = request.scope.get("root_path", "")
    known = await seated(request)
    if known is not None:
        return _led(f"{base}/sidebar/c/{customer_id}")
    host = sidebar_of(request).known_by(request.headers.get("user-agent", ""))
    return _led(f"{base}/sidebar/in/{host.name}?c={customer_id}") if host else None


def _led(address: str) -> Response:
    """Led on; not to be kept, for it depends on who asks."""
    return RedirectResponse(address, 303, {"cache-control": "no-store"})


def _knock(request: Request, wanted: str) -> Knock:
    """The address is the public one where there is one: a proxy may have changed what is seen here."""
    base = door_of(request).web.config.public_url or str(request.base_url).rstrip("/")
    query = f"?{request.url.query}" if request.url.query else ""
    return Knock(
        address=f"{base}{request.url.path}{query}",
        query=dict(request.query_params),
        held=request.cookies.get(held_name(door_of(request).web), ""),
        wanted=wanted,
    )


def _opened(request: Request, host: Host, prepared: Prepared, wanted: str) -> Response:
    if prepared.onward:
        return _led(prepared.onward)
    if prepared.refused:
        raise RefusedError(401, prepared.refused)
    pages: Pages = request.app.state.pages
    shown = pages.render("side_enter.html", guest(request), host=host, wanted=wanted, prepared=prepared, style=style())
    return guarded(HTMLResponse(shown), host, entering=True)


async def _shown(request: Request, host: Host, proven: Proven, theme: str, *, again: bool) -> Response:
    web = door_of(request).web
    held = request.cookies.get(cookie_name(web), "")

    def seat(work: Work) -> tuple[Sitting, str] | None:
        membership = work.members.by_identity(proven.seat.identity)
        if membership is None:
            raise RefusedError(403, _STRANGER)
        fresh = spend(work, host.name, proven.once)
        before = find_sitting(work, held) if again and not fresh else None
        if not fresh and (before is None or before.seat.identity != proven.seat.identity):
            return None  # somebody else's browser brings what was seen passing by
        sitting = Sitting(membership=membership, seat=proven.seat, host=host.name, theme=theme)
        return sitting, sit_down(work, sitting, held)

    seated_now = await web.database.write(seat)
    if seated_now is None:
        raise RefusedError(401, _UNPROVEN if again else _USED)
    sitting, session_id = seated_now
    known = looker_of(request, sitting, session_id)
    values = await web.database.read(lambda work: _first(work, known, proven.customer))
    if proven.note:
        values["note"] = Note(state="refused", tone=Tone.WARNING, title=known.words(proven.note))
    answer = page(request, known, **values)
    give_cookie(answer, web, host, session_id)
    return answer


def _first(work: Work, known: Looker, customer_id: str) -> dict[str, Any]:
    """The customer asked for, if the member may see it; else what the page begins with."""
    if customer_id and work.customers.by_id(known.actor.scope, customer_id):
        return customer_values(work, known, customer_id)
    return start_values(work, known)


def _host(request: Request, name: str) -> Host:
    host = sidebar_of(request).hosts.get(name)
    if host is None:
        raise RefusedError(404)
    return host
