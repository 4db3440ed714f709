"""A whole Kith on a database of its own, spoken to as a platform would: the scenarios' hands and eyes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from cards.model import Actions, Button, Card, Menu, Rows
from cards.renderers import text
from commands.dispatch import Dispatcher
from commands.model import Incoming, Reply
from commands.registry import VERBS
from commands.road import Road, Sending, Sent
from commands.sealing import Sealer
from core.actor import Role
from core.ids import TeamId, WorkspaceId
from core.members.model import Identity, Member
from core.members.service import add_member, create_team, create_workspace
from core.work import Database, Work
from storage.database import open_database

MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


@dataclass
class SteppedClock:
    """Stands still until it is told to go on."""

    instant: datetime = MONDAY

    def now(self) -> datetime:
        return self.instant

    def forward(self, **by: float) -> None:
        self.instant += timedelta(**by)


@dataclass
class FakePlatform:
    """Takes what is sent to it and remembers; ``outcomes`` are answered first, then everything is delivered."""

    name: str = "fake"
    outcomes: list[Sending] = field(default_factory=list)
    sent: list[tuple[Incoming, Reply, str]] = field(default_factory=list)
    emails: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        if self.outcomes:
            return self.outcomes.pop(0)
        self.sent.append((incoming, reply, key))
        return Sending(Sent.DELIVERED)

    async def verified_email(self, incoming: Incoming) -> str:
        return self.emails.get(incoming.user, "")

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        return self.rooms.get(incoming.conversation, ())


class Kith:
    """One process on one database. ``another()`` is a second process on the same one."""

    def __init__(self, database: Database, clock: SteppedClock, platform: FakePlatform) -> None:
        self.database, self.clock, self.platform = database, clock, platform
        self.dispatcher = Dispatcher(
            database, VERBS, Sealer("a secret of the tests"), public_url="https://kith.example"
        )
        self.road = Road(database, self.dispatcher, {platform.name: platform})
        self._deliveries = count(1)

    def another(self) -> "Kith":
        """Another process: nothing in common with this one but the database, the clock and the platform."""
        other = Kith(self.database, self.clock, self.platform)
        other._deliveries = self._deliveries
        return other

    def incoming(self, line: str = "", *, user: str = "mara", room: str = "dm", **details: Any) -> Incoming:
        details = {"direct": True, "delivery": str(next(self._deliveries)), **details}
        return Incoming(platform=self.platform.name, tenant="t", user=user, conversation=room, text=line, **details)

    async def say(self, line: str, **details: Any) -> Reply:
        """What a typed line answers, all effects committed."""
        return await self.road.answer_now(self.incoming(line, **details))

    async def press(self, reply: Reply, label: str, **details: Any) -> Reply:
        """What pressing the first button or menu entry of that label answers."""
        return await self.road.answer_now(self.incoming(token=token_of(reply, label), **details))

    async def submit(self, reply: Reply, fields: dict[str, str], **details: Any) -> Reply:
        """What sending the reply's form with these fields answers."""
        assert reply.form is not None
        return await self.road.answer_now(self.incoming(token=reply.form.token, fields=fields, **details))

    async def rows(self, function: Any) -> Any:
        """What ``function`` reads in a unit of work."""
        return await self.database.read(function)


def shown(reply: Reply) -> str:
    """A reply as a console shows it."""
    return "\n".join(text.render(card) for card in reply.cards)


def buttons(card: Card) -> list[tuple[str, str]]:
    """Every button and menu entry of a card: label and token."""
    found: list[tuple[str, str]] = []
    for block in card.blocks:
        match block:
            case Actions():
                for element in block.elements:
                    if isinstance(element, Button):
                        found.append((element.label, element.token))
                    if isinstance(element, Menu):
                        found += [(option.label, option.token) for option in element.options]
            case Rows():
                pressed = [row.action for row in block.rows] + [block.previous, block.next]
                found += [(button.label, button.token) for button in pressed if isinstance(button, Button)]
            case _:
                pass
    return found


def token_of(reply: Reply, label: str) -> str:
    """The token behind the first button of that label, in whatever card of the reply."""
    found = [token for card in reply.cards for name, token in buttons(card) if name == label]
    assert found, f"no button {label!r} in {shown(reply)}"
    return found[0]


@dataclass(frozen=True)
class People:
    """The workspace of the scenarios: Mara and Lin of one team, Ines of another, Vera who only looks, Max who manages."""

    workspace_id: WorkspaceId
    members: dict[str, Member]


def settle_in(work: Work) -> People:
    """Makes the workspace, its teams, its members and their identities on the fake platform."""
    workspace = create_workspace(work, "Sample", language="en", zone="Asia/Shanghai")
    north = create_team(work, workspace.id, "North").id
    south = create_team(work, workspace.id, "South").id
    plan: list[tuple[str, Role, TeamId | None]] = [
        ("mara", Role.REP, north),
        ("lin", Role.REP, north),
        ("ines", Role.REP, south),
        ("vera", Role.VIEWER, north),
        ("max", Role.MANAGER, None),
    ]
    members = {}
    for handle, role, team in plan:
        member = add_member(
            work,
            workspace.id,
            handle=handle,
            name=handle.title(),
            email=f"{handle}@kith.example",
            role=role,
            team_id=team,
        )
        work.members.tie(Identity("fake", "t", handle), member, work.now)
        members[handle] = member
    work.members.tie_tenant("fake", "t", workspace.id)
    return People(workspace.id, members)


async def start(url: str, people: People | None = None) -> tuple[Kith, People]:
    """A Kith on a migrated database; with ``people`` they have settled in already."""
    clock = SteppedClock()
    database = open_database(url, clock)
    return Kith(database, clock, FakePlatform()), people or await database.write(settle_in)
