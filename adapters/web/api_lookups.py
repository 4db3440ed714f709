"""``/api/v1``: who asks, what can be typed, how it may go on, and customers at a glance, for a member's session."""

from fastapi import APIRouter, Request

from adapters.web import rooms, talking
from adapters.web.access import Member, door_of
from adapters.web.customer_views import CustomerView, customer_beside
from adapters.web.incoming import line_said
from adapters.web.refusals import RefusedError
from adapters.web.room_views import RoomView, room_view
from adapters.web.shapes import (
    API,
    REFUSALS,
    Commands,
    CommandShape,
    CustomerId,
    CustomerShape,
    FactShape,
    Me,
    Options,
    RoomId,
    SomeId,
    Typed,
)
from adapters.web.shaping import options, pages_of, rows
from adapters.web.viewer import Viewer
from cards.model import InputKind
from commands.model import Incoming
from commands.registry import COMMANDS
from core.work import Work

router = APIRouter(prefix=API, tags=["lookups"], responses=REFUSALS)


@router.get("/me")
async def me(member: Member) -> Me:
    """Who the session belongs to."""
    known = member.member
    return Me(
        id=known.id,
        handle=known.handle,
        name=known.name,
        role=known.role,
        workspace=member.workspace.name,
        language=member.language,
        zone=member.words.zone.key,
    )


@router.get("/commands")
async def commands(member: Member) -> Commands:
    """What can be typed."""
    shown = (command for command in COMMANDS if not command.hidden and member.actor.at_least(command.role))
    return Commands(
        commands=[
            CommandShape(
                verb=command.verb,
                title=member.words(command.title),
                usage=member.words(command.usage),
                aliases=list(command.aliases),
                examples=list(command.examples),
            )
            for command in shown
        ]
    )


@router.get("/rooms/{room_id}/completions")
async def completions(request: Request, member: Member, room_id: RoomId, line: Typed = "") -> Options:
    """How a command line may go on: whole lines to put in its place."""
    asked = await _asked(request, member, room_id)
    return options(await door_of(request).web.road.complete(asked, line))


@router.get("/rooms/{room_id}/suggestions")
async def suggestions(request: Request, member: Member, room_id: RoomId, kind: InputKind, typed: Typed = "") -> Options:
    """What a customer or member field may be filled with: ids with names."""
    if kind not in (InputKind.CUSTOMER, InputKind.MEMBER):
        raise RefusedError(422)
    asked = await _asked(request, member, room_id)
    return options(await door_of(request).web.road.suggest(asked, kind, typed))


@router.get("/customers/{customer_id}")
async def customer(request: Request, member: Member, customer_id: CustomerId, room: SomeId = "") -> CustomerShape:
    """A customer at a glance, as it stands beside a conversation."""

    def find(work: Work) -> tuple[CustomerView, RoomView]:
        known = talking.room_of(work, member, room) if room else rooms.direct_room(work, member.member)
        view = customer_beside(work, member, known.id, customer_id)
        if view is None:
            raise RefusedError(404)
        return view, room_view(work, member, known, {})

    view, beside = await door_of(request).web.database.read(find)
    html = pages_of(request).render("sidebar.html", member, customer=view, room=beside)
    return CustomerShape(
        id=view.id,
        name=view.name,
        stage=view.stage,
        next=view.next.text,
        tasks=rows(view.tasks),
        tasks_total=view.tasks_total,
        deals=rows(view.deals),
        deals_total=view.deals_total,
        activities=rows(view.activities),
        facts=[FactShape(label=fact.label, value=fact.value) for fact in view.facts],
        html=html,
    )


async def _asked(request: Request, member: Viewer, room_id: str) -> Incoming:
    """A question that no delivery stands behind: it is asked in a room and leaves nothing there."""
    room = await door_of(request).web.database.read(lambda work: talking.room_of(work, member, room_id))
    return line_said(room, member.member.id, "asked", "")
