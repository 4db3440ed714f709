"""A whole Kith on a database of its own, spoken to as a platform would: the scenarios' hands and eyes."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from bots.compose import wire
from cards.model import Actions, Button, Card, Form, InputKind, Menu, Option, Rows
from cards.renderers import text
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered, Repeated
from commands.sealing import Sealer
from commands.sending import Address, Sending, Sent
from core.actor import Actor, Role, Scope
from core.ids import TeamId, WorkspaceId
from core.members.model import Identity, Member, Membership
from core.members.service import add_member, create_team, create_workspace
from core.work import Database, Work
from storage.database import open_database

T = TypeVar("T")

MONDAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
SECRET = "a secret of the tests"


@dataclass
class SteppedClock:
    """Stands still until it is told to go on."""

    instant: datetime = MONDAY

    def now(self) -> datetime:
        """The instant it stands at."""
        return self.instant

    def forward(self, **by: float) -> None:
        """Goes on by ``timedelta(**by)``."""
        self.instant += timedelta(**by)


@dataclass
class FakePlatform:
    """Takes what is sent to it and remembers; ``outcomes`` are answered first, then everything is delivered."""

    name: str = "fake"
    outcomes: list[Sending] = field(default_factory=list)
    sent: list[tuple[Incoming, Reply, str]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    told: list[tuple[Address, Reply, str]] = field(default_factory=list)
    between: timedelta = timedelta()
    emails: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, tuple[str, ...]] = field(default_factory=dict)

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Delivers, unless another outcome is next."""
        self.tried.append(key)
        if self.outcomes:
            return self.outcomes.pop(0)
        self.sent.append((incoming, reply, key))
        return Sending(Sent.DELIVERED, ref=f"answer-{len(self.sent)}")

    def pace(self, _conversation: str) -> timedelta:
        """What ``between`` says."""
        return self.between

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Delivers what nobody asked for, unless another outcome is next; every message gets a reference."""
        self.tried.append(key)
        if self.outcomes:
            return self.outcomes.pop(0)
        self.told.append((address, reply, ref))
        return Sending(Sent.DELIVERED, ref=ref or f"message-{len(self.told)}")

    async def verified_email(self, incoming: Incoming) -> str:
        """What ``emails`` says of the user."""
        return self.emails.get(incoming.user, "")

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """What ``rooms`` says of the conversation."""
        return self.rooms.get(incoming.conversation, ())


@dataclass(frozen=True)
class People:
    """A workspace: Mara and Lin of one team, Ines of another, Vera who only looks, Max who manages."""

    workspace_id: WorkspaceId
    members: dict[str, Member]
    tenant: str = "t"


class Kith:
    """One process on one database. ``another()`` is a second process on the same one."""

    def __init__(
        self, database: Database, clock: SteppedClock, platform: FakePlatform, people: People, runner: asyncio.Runner
    ) -> None:
        self.database, self.clock, self.platform, self.people = database, clock, platform, people
        self.run = runner.run
        self._runner = runner
        platforms = {platform.name: platform}
        self.road = wire(
            database,
            Sealer(SECRET),
            platforms,
            public_url="https://kith.example",
            chance=lambda: 0.5,
            rest=self._rest,
            extend_every=0.01,
        )
        self._deliveries = count(1)

    async def _rest(self, seconds: float) -> None:
        """Time goes on, and nobody waits for it."""
        self.clock.forward(seconds=seconds)

    def another(self) -> "Kith":
        """Another process: nothing in common with this one but the database, the clock and the platform."""
        other = Kith(self.database, self.clock, self.platform, self.people, self._runner)
        other._deliveries = self._deliveries
        return other

    # -- what people do ------------------------------------------------------------------------------

    def incoming(self, line: str = "", *, user: str = "mara", room: str = "dm", **details: Any) -> Incoming:
        """A typed line, as an adapter hands it on."""
        details = {"direct": room == "dm", "delivery": str(next(self._deliveries)), **details}
        details = {"tenant": self.people.tenant, **details}
        return Incoming(platform=self.platform.name, user=user, conversation=room, text=line, **details)

    def say(self, line: str, **details: Any) -> Reply:
        """What a typed line answers, all effects committed."""
        return self.run(self.road.answer_now(self.incoming(line, **details)))

    def press(self, reply: Reply, label: str, **details: Any) -> Reply:
        """What pressing the first button or menu entry of that label answers."""
        return self.run(self.road.answer_now(self.incoming(token=token_of(reply, label), **details)))

    def submit(self, reply: Reply, fields: Mapping[str, str] | None = None, **details: Any) -> Reply:
        """What sending the reply's form answers: its own values, and ``fields`` in their place."""
        form = form_of(reply)
        values = {one.name: one.value for one in form.inputs} | dict(fields or {})
        return self.run(self.road.answer_now(self.incoming(token=form.token, fields=values, **details)))

    def receive(self, line: str = "", **details: Any) -> Answered | Accepted | Repeated:
        """What the road says of a delivery, which is then carried out by nobody yet."""
        return self.run(self.road.receive(self.incoming(line, **details)))

    def carry_out(self, accepted: Answered | Accepted | Repeated) -> None:
        """Carries out what was accepted."""
        assert isinstance(accepted, Accepted)
        self.run(self.road.carry_out(accepted.job))

    def work_off(self) -> int:
        """Does what is due; how many jobs it were."""
        return self.run(self.road.work_off())

    def complete(self, line: str, **details: Any) -> list[str]:
        """How a line may go on."""
        return [option.value for option in self.run(self.road.complete(self.incoming(**details), line))]

    def suggest(self, kind: InputKind, typed: str, **details: Any) -> tuple[Option, ...]:
        """What an input offers."""
        return self.run(self.road.suggest(self.incoming(**details), kind, typed))

    # -- what was kept -------------------------------------------------------------------------------

    def read(self, function: Callable[[Work], T]) -> T:
        """What ``function`` reads in a unit of work."""
        return self.run(self.database.read(function))

    def write(self, function: Callable[[Work], T]) -> T:
        """What ``function`` does in a unit of work of its own."""
        return self.run(self.database.write(function))

    @property
    def everything(self) -> Scope:
        """The scope that sees the whole workspace."""
        return Scope(self.people.workspace_id, everything=True)

    def actor(self, handle: str) -> Actor:
        """A member in the act of doing something."""
        member_id = self.people.members[handle].id
        found = self.read(lambda work: work.members.membership(self.people.workspace_id, member_id))
        assert isinstance(found, Membership)
        return found.actor(platform=self.platform.name)

    def id_of(self, name: str) -> str:
        """The customer's id."""
        customers = self.read(lambda work: work.customers.list_after(self.everything, limit=1000))
        return next(customer.id for customer in reversed(customers) if customer.name == name)

    def rows(self) -> dict[str, list[Any]]:
        """Every record that is there, by its repository's name: to compare before and after."""
        return self.read(lambda work: {name: _all(getattr(work, name), self.everything) for name in _RECORDS})


_RECORDS = ("customers", "contacts", "activities", "tasks", "deals")


def _all(repository: Any, scope: Scope) -> list[Any]:
    found: list[Any] = repository.list_after(scope, limit=1000)
    return found


def shown(reply: Reply) -> str:
    """A reply as a console shows it."""
    return "\n".join(text.render(card) for card in reply.cards)


def form_of(reply: Reply) -> Form:
    """The form that a reply opens."""
    assert reply.form is not None, shown(reply)
    return reply.form


def values_of(reply: Reply) -> dict[str, str]:
    """What the inputs of the reply's form show."""
    return {one.name: one.shown for one in form_of(reply).inputs}


def labels_of(reply: Reply) -> list[str]:
    """What can be pressed."""
    return [label for card in reply.cards for label, _ in buttons(card)]


def buttons(card: Card) -> Iterator[tuple[str, str]]:
    """Every button and menu entry of a card: label and token."""
    for block in card.blocks:
        match block:
            case Actions():
                for element in block.elements:
                    if isinstance(element, Button):
                        yield element.label, element.token
                    if isinstance(element, Menu):
                        yield from ((option.label, option.token) for option in element.options)
            case Rows():
                pressed = [row.action for row in block.rows] + [block.previous, block.next]
                yield from ((button.label, button.token) for button in pressed if isinstance(button, Button))
            case _:
                pass


def token_of(reply: Reply, label: str) -> str:
    """The token behind the first button of that label, in whatever card of the reply."""
    found = [token for card in reply.cards for name, token in buttons(card) if name == label]
    assert found, f"no button {label!r} in {shown(reply)}"
    return found[0]


def settle_in(work: Work, tenant: str = "t") -> People:
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
        work.members.tie(Identity("fake", tenant, handle), member, work.now)
        members[handle] = member
    work.members.tie_tenant("fake", tenant, workspace.id)
    return People(workspace.id, members, tenant)


def start(url: str, runner: asyncio.Runner, people: People | None = None) -> Kith:
    """A Kith on a migrated database; with ``people`` they have settled in already."""
    clock = SteppedClock()
    database = open_database(url, clock)
    people = people or runner.run(database.write(settle_in))
    return Kith(database, clock, FakePlatform(), people, runner)


def stop(kith: Kith) -> None:
    """Closes its database."""
    kith.run(kith.database.close())
