"""Signing in with a one-time link, and out. The link only shows a button: a preview of it must not use the code up."""

from dataclasses import replace
from datetime import timedelta
from hmac import compare_digest
from math import ceil
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from adapters.web import sessions
from adapters.web.access import Door, Fields, check_origin, cookie_name, door_of, form_poster
from adapters.web.limits import Limiter
from adapters.web.pages import Pages
from adapters.web.refusals import HOW_TO_SIGN_IN, SIGN_IN_COMMAND, RefusedError, guest
from adapters.web.sidebar.access import cookie_name as side_cookie_name
from adapters.web.sidebar.seats import stand_up
from adapters.web.viewer import Viewer
from cards.words import mark
from core.members.model import CodePurpose
from core.members.service import use_code
from core.work import Work

router = APIRouter(include_in_schema=False)
_TRIES, _PERIOD = 10, timedelta(minutes=1)
Poster = Annotated[Viewer, Depends(form_poster)]
Code = Annotated[str, Query(max_length=200)]


def new_limiter() -> Limiter:
    """How often one address may try a code."""
    return Limiter(_TRIES, _PERIOD)


@router.get("/sign-in")
async def ask(request: Request, code: Code = "") -> HTMLResponse:
    """A button that uses the code."""
    pages: Pages = request.app.state.pages
    reader = replace(guest(request), csrf=_token(request, code))
    words = reader.words
    how = mark("This opens Kith in this browser for 14 days.") if code else HOW_TO_SIGN_IN
    page = pages.render(
        "notice.html",
        reader,
        title=words("Sign in to Kith"),
        lines=[words(how)],
        command="" if code else SIGN_IN_COMMAND,
        kept="",
        code=code,
        back="",
        back_label="",
    )
    return HTMLResponse(page, headers={"cache-control": "no-store"})


@router.post("/sign-in")
async def sign_in(request: Request, fields: Fields) -> RedirectResponse:
    """Uses the code up and opens a session. Whoever else sat before the page beside a conversation here has left."""
    check_origin(request)
    code, door = fields.get("code", ""), door_of(request)
    if not compare_digest(fields.get("csrf", "").encode(), _token(request, code).encode()):
        raise RefusedError(403)
    _count(request, door)

    def enter(work: Work) -> str | None:
        membership = use_code(work, code, CodePurpose.SIGN_IN)
        if membership is None:
            return None
        stand_up(work, _seat(request), unless=membership)
        return sessions.open_session(work, membership)

    session_id = await door.web.database.write(enter)
    if session_id is None:
        raise RefusedError(401, mark("This link was used already, or is older than an hour. Ask for a new one:"))
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        cookie_name(door.web),
        session_id,
        max_age=int(sessions.LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=door.web.config.secure,
    )
    return answer


@router.post("/sign-out")
async def sign_out(request: Request, _member: Poster) -> RedirectResponse:
    """Ends the session, here and on the server, and that of the page beside a conversation in this browser."""
    web = door_of(request).web
    session_id = request.cookies.get(cookie_name(web), "")

    def leave(work: Work) -> None:
        sessions.close_session(work, session_id)
        stand_up(work, _seat(request))

    await web.database.write(leave)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(cookie_name(web), httponly=True, samesite="lax", secure=web.config.secure)
    return answer


def _seat(request: Request) -> str:
    return request.cookies.get(side_cookie_name(door_of(request).web), "")


def _token(request: Request, code: str) -> str:
    return door_of(request).web.csrf.token(f"sign-in:{code}")


def _count(request: Request, door: Door) -> None:
    tries: Limiter = request.app.state.tries
    asker = request.client.host if request.client else ""
    wait = tries.wait(asker, door.web.clock.now())
    if wait:
        raise RefusedError(429, wait=ceil(wait.total_seconds()))
