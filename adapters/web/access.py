"""Who asks, and whether what they send is theirs to send: what every route of a member depends on."""

from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from math import ceil
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import UploadFile

from adapters.web import rooms
from adapters.web.adapter import WebAdapter
from adapters.web.csrf import is_same_origin
from adapters.web.limits import Limiter
from adapters.web.refusals import RefusedError, theme_of
from adapters.web.sessions import find_session, session_key
from adapters.web.viewer import Viewer
from cards.words import Words, mark
from core.members.model import Membership
from core.work import Work

_BURST, _PERIOD = 40, timedelta(seconds=20)  # posts: faster than anybody types, slower than a runaway script
_MOST_FIELDS = 200


@dataclass(frozen=True, slots=True)
class Door:
    """What the routes share: the adapter, and how often each member may post."""

    web: WebAdapter
    posts: Limiter


def new_door(web: WebAdapter) -> Door:
    """The door of one process."""
    return Door(web, Limiter(_BURST, _PERIOD))


def door_of(request: Request) -> Door:
    """The door that the app was made with."""
    door: Door = request.app.state.door
    return door


def cookie_name(web: WebAdapter) -> str:
    """The session's cookie; by https its name makes browsers refuse it from anywhere but this very host."""
    return "__Host-kith" if web.config.secure else "kith"


async def viewer(request: Request) -> Viewer:
    """The member who asks. Refuses with 401 without a session, with 404 for an unknown member of the demo."""
    web = door_of(request).web
    session_id = request.cookies.get(cookie_name(web), "")
    base: str = request.scope.get("root_path", "")
    chosen = base.rpartition("/")[2]

    def find(work: Work) -> tuple[Membership | None, bool]:
        found = _demo_member(work, web, chosen) if web.config.demo else find_session(work, session_id)
        return found, found is not None and rooms.is_settled(work, found.member)

    membership, settled = await web.database.read(find)
    if membership is None:
        raise RefusedError(404 if web.config.demo else 401)
    if not settled:
        await web.database.write(lambda work: rooms.settle(work, membership.member))
    holder = f"demo:{membership.member.id}" if web.config.demo else session_key(session_id)
    actor = membership.actor(platform=web.name)
    known = Viewer(
        words=Words(actor.language, actor.zone),
        csrf=web.csrf.token(holder),
        theme=theme_of(request),
        base=base,
        membership=membership,
        demo=web.config.demo,
    )
    request.state.viewer = known
    return known


def _demo_member(work: Work, web: WebAdapter, chosen: str) -> Membership | None:
    workspace_id = work.members.only_workspace()
    if workspace_id is None:
        return None
    if chosen:
        member = work.members.by_handle(workspace_id, chosen)
    else:
        present = work.members.list_all(workspace_id)
        member = work.members.by_handle(workspace_id, web.config.demo_member) or next(iter(present), None)
    return work.members.membership(workspace_id, member.id) if member else None


def check_origin(request: Request) -> None:
    """Refuses with 403 what a page of somebody else's sends."""
    if not is_same_origin(request.headers, door_of(request).web.config.public_url):
        raise RefusedError(403)


async def answered(response: Response, known: Annotated[Viewer, Depends(viewer)]) -> Viewer:
    """The member who asks and is answered in their language, by which an open page sees that its own is another."""
    response.headers["Content-Language"] = known.html_language
    return known


Member = Annotated[Viewer, Depends(answered)]


async def reporter(request: Request, known: Member) -> Viewer:
    """The member whose page reports something, with its token in ``X-CSRF-Token``. Refuses with 403."""
    _check(request, known, request.headers.get("x-csrf-token", ""))
    return known


async def poster(request: Request, known: Annotated[Viewer, Depends(reporter)]) -> Viewer:
    """The member who sends JSON. Refuses with 403 or 429."""
    _count(request, known)
    return known


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a form; of a name that comes several times the last. Files are left out, for no form has any.

    So are halves of surrogate pairs, which some character sets can spell and nothing can write down.
    """
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    fields = {
        name: value.encode(errors="replace").decode()
        for name, value in form.multi_items()
        if not isinstance(value, UploadFile)
    }
    request.state.kept = fields.get("text", "")
    return fields


Fields = Annotated[dict[str, str], Depends(form_fields)]


async def form_poster(request: Request, fields: Fields, known: Member) -> Viewer:
    """The member who sends a form, with its token in it. Refuses with 403 or 429."""
    _check(request, known, fields.get("csrf", ""))
    _count(request, known)
    return known


def _check(request: Request, known: Viewer, token: str) -> None:
    check_origin(request)
    if not compare_digest(token.encode(), known.csrf.encode()):
        raise RefusedError(403)


def _count(request: Request, known: Viewer) -> None:
    door = door_of(request)
    wait = door.posts.wait(known.member.id, door.web.clock.now())
    if wait:
        raise RefusedError(
            429, mark("You are faster than Kith. Wait a moment and send it again."), wait=ceil(wait.total_seconds())
        )
