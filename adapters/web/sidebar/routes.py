"""The page beside a conversation: reading it, and what its buttons and its one-line form send."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.responses import RedirectResponse, Response

from adapters.web.access import Fields, door_of
from adapters.web.pages import Pages
from adapters.web.refusals import RefusedError
from adapters.web.shapes import CustomerId
from adapters.web.sidebar.access import Acting, Looker, Looking
from adapters.web.sidebar.acts import delivery_of, incoming_of, read_act
from adapters.web.sidebar.notes import CONFLICT, conflict_of, note_of
from adapters.web.sidebar.policy import guarded, style
from adapters.web.sidebar.starting import QUERY_LIMIT, bound_here, choices, refuse, suggestions
from adapters.web.sidebar.views import FILTERS, side_view
from core.conversations.suggesting import Clues
from core.ids import looks_like_id
from core.work import Work

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_MOST_PAGES = 10_000
PageNumber = Annotated[int, Query(ge=1, le=_MOST_PAGES)]
Words = Annotated[str, Query(max_length=QUERY_LIMIT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a customer the address asks for: a page of the timeline, one kind of it, and all tasks, deals, people."""

    p: PageNumber = 1
    only: Words = ""
    all: Words = ""


@router.get("/sidebar/")
async def start(request: Request, known: Looking, q: Words = "", part: Words = "") -> Response:
    """The conversation's customer; where there is none, or with a query, customers to choose from."""

    def find(work: Work) -> dict[str, Any]:
        bound = None if q else bound_here(work, known)
        if bound is not None:
            return {"customer": side_view(work, known, bound)}
        return {"customer": None, "query": q, "choices": choices(work, known, q)}

    return page(request, known, part=part, **await door_of(request).web.database.read(find))


@router.get("/sidebar/c/{customer_id}")
async def customer(
    request: Request,
    known: Looking,
    customer_id: CustomerId,
    shown: Annotated[Shown, Depends()],
    part: Words = "",
) -> Response:
    """A customer, with a page of the timeline, perhaps of one kind only."""
    values = await door_of(request).web.database.read(lambda work: customer_values(work, known, customer_id, shown))
    return page(request, known, part=part, **values)


@router.get("/sidebar/suggestions")
async def suggested(request: Request, known: Looking, part: Words = "") -> Response:
    """Whom the conversation may be about: asked for apart, for the platform is asked who is in it."""
    database = door_of(request).web.database
    clues = await known.host.clues(known.seat) if known.host else Clues()
    found = await database.read(lambda work: suggestions(work, known, clues))
    return page(request, known, template="side_suggestions.html", part=part, suggested=found)


@router.post("/sidebar/do")
async def do(request: Request, known: Acting, fields: Fields) -> Response:
    """Carries an act out, once for its id, and says what came of it: as JSON to a script, else as the page again."""
    database = door_of(request).web.database
    if fields.get("act") == "notthis":
        return await _not_this(request, known, fields.get("customer", ""))
    act = read_act(fields)
    reply = await door_of(request).web.road.answer_now(
        incoming_of(known.seat, known.member.id, delivery_of(fields), act)
    )
    conflict = None
    if reply.error == CONFLICT:
        conflict = await database.read(lambda work: conflict_of(work, known, act))
    note = note_of(reply, known.words)
    said: dict[str, Any] = {"note": note, "conflict": conflict, "about": act.customer}
    if request.headers.get("accept", "").startswith("application/json"):
        html = _render(request, "side_note.html", known, **said)
        state = "conflict" if conflict else note.state
        return guarded(JSONResponse({"state": state, "html": html}), known.host)
    values = await database.read(lambda work: _after(work, known, act.customer))
    return page(request, known, **values, **said)


async def _not_this(request: Request, known: Looker, customer_id: str) -> Response:
    if not looks_like_id(customer_id):
        raise RefusedError(422)
    await door_of(request).web.database.write(lambda work: refuse(work, known, customer_id))
    if request.headers.get("accept", "").startswith("application/json"):
        return guarded(JSONResponse({"state": "done", "html": ""}), known.host)
    return guarded(RedirectResponse(known.side_url(), 303), known.host)


def customer_values(work: Work, known: Looker, customer_id: str, shown: Shown | None = None) -> dict[str, Any]:
    """What the page of a customer shows. Refuses with 404 one that is not there, or not the member's to see."""
    found = work.customers.by_id(known.actor.scope, customer_id)
    if found is None:
        raise RefusedError(404)
    shown = shown or Shown()
    kind = shown.only if shown.only in FILTERS else ""
    return {"customer": side_view(work, known, found, page=shown.p, wanted=kind, everything=bool(shown.all))}


def start_values(work: Work, known: Looker) -> dict[str, Any]:
    """What the page to begin with shows."""
    bound = bound_here(work, known)
    if bound is not None:
        return {"customer": side_view(work, known, bound)}
    return {"customer": None, "query": "", "choices": choices(work, known, "")}


def _after(work: Work, known: Looker, customer_id: str) -> dict[str, Any]:
    if customer_id and work.customers.by_id(known.actor.scope, customer_id):
        return customer_values(work, known, customer_id)
    return start_values(work, known)


def page(request: Request, known: Looker, *, template: str = "side.html", part: str = "", **values: Any) -> Response:
    """The page, or with ``part`` what stands in the one that is open already."""
    inner = {"side.html": "side_main.html"}.get(template, template)
    shown = _render(request, inner if part else "side.html", known, inner=inner, **values)
    return guarded(HTMLResponse(shown), known.host)


def _render(request: Request, template: str, known: Looker, **values: Any) -> str:
    pages: Pages = request.app.state.pages
    told = {"note": None, "conflict": None, "customer": None, "query": "", "choices": (), "suggested": None} | values
    return pages.render(template, known, style=style(), **told)
