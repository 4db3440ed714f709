"""What the pages' forms send: done, then the page again, so that loading that page sends nothing a second time."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse

from adapters.web import rooms, talking
from adapters.web.access import Fields, door_of, form_poster
from adapters.web.incoming import CLIENT_ID, line_said, press_id
from adapters.web.refusals import THEME_COOKIE, RefusedError
from adapters.web.shapes import MessageId, RoomId
from adapters.web.viewer import THEMES, Viewer
from cards.renderers.html import submitted
from cards.words import LANGUAGES
from core.rooms.model import Room
from core.work import Work

router = APIRouter(include_in_schema=False)
Poster = Annotated[Viewer, Depends(form_poster)]
_YEAR = 365 * 24 * 3600


@router.post("/r/{room_id}")
async def say(request: Request, member: Poster, fields: Fields, room_id: RoomId) -> RedirectResponse:
    """Says what was typed; ``before`` and ``about`` stand before it, from the fields beside the conversation."""
    about = fields.get("about", "")
    typed = fields.get("text", "")
    line = _line(fields, about, typed)
    shown = fields.get("shown", "") or (_line(fields, fields.get("named", ""), typed) if about else "")
    saying = talking.Saying(_delivery(fields), line if typed.strip() else "", shown)
    await talking.say(door_of(request).web, member, room_id, saying)
    return _back(member.room_url(room_id), customer=about)


def _line(fields: dict[str, str], about: str, typed: str) -> str:
    return " ".join(filter(None, (fields.get("before", ""), f"{about}:" if about else "", typed)))


@router.post("/r/{room_id}/m/{message_id}")
async def press(
    request: Request, member: Poster, fields: Fields, room_id: RoomId, message_id: MessageId, rendered: str = ""
) -> RedirectResponse:
    """Presses a button of a card, or sends its form."""
    token = fields.get("token", "")
    values = submitted(fields)
    pressing = talking.Pressing(message_id, press_id(rendered, token, values), token, values or None)
    await talking.press(door_of(request).web, member, room_id, pressing)
    return _back(member.room_url(room_id))


@router.post("/r/{room_id}/save")
async def save(request: Request, member: Poster, fields: Fields, room_id: RoomId) -> RedirectResponse:
    """Asks which customer's timeline a message belongs to."""
    await talking.save(door_of(request).web, member, room_id, fields.get("message", ""), _delivery(fields))
    return _back(member.room_url(room_id))


@router.post("/rooms")
async def new_room(request: Request, member: Poster) -> RedirectResponse:
    """Starts a conversation with the members that were ticked."""
    form = await request.form()
    ticked = [str(value) for value in form.getlist("member")]

    def start(work: Work) -> Room:
        return talking.start_room(work, member, str(form.get("title", "")), ticked)

    room = await door_of(request).web.database.write(start)
    return _back(member.room_url(room.id))


@router.post("/settings/language")
async def language(request: Request, member: Poster, fields: Fields) -> RedirectResponse:
    """Changes the member's language, with a receipt, as typing it would."""
    wanted = fields.get("language", "")
    if wanted not in LANGUAGES:
        raise RefusedError(422)
    web = door_of(request).web
    room = await web.database.read(lambda work: rooms.direct_room(work, member.member))
    await web.road.answer_now(line_said(room, member.member.id, _delivery(fields), f"settings language {wanted}"))
    return _back(_own(member, fields))


@router.post("/settings/theme")
async def theme(request: Request, member: Poster, fields: Fields) -> RedirectResponse:
    """Remembers in this browser whether pages are light or dark."""
    wanted = fields.get("theme", "")
    if wanted not in THEMES:
        raise RefusedError(422)
    answer = _back(_own(member, fields))
    secure = door_of(request).web.config.secure
    answer.set_cookie(THEME_COOKIE, wanted, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return answer


def _delivery(fields: dict[str, str]) -> str:
    delivery = fields.get("delivery", "")
    if not CLIENT_ID.fullmatch(delivery):
        raise RefusedError(422)
    return delivery


def _own(member: Viewer, fields: dict[str, str]) -> str:
    """Where to go back to: a page of this member's, and nowhere else."""
    back = fields.get("back", "")
    return back if back.startswith(f"{member.base}/r/") and "\\" not in back else f"{member.base}/"


def _back(address: str, **query: str) -> RedirectResponse:
    wanted = urlencode({name: value for name, value in query.items() if value})
    return RedirectResponse(f"{address}{'?' if wanted else ''}{wanted}#end", 303)
