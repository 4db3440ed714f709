"""A workspace with two teams, a stranger's workspace, and records to keep in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from core.activities.model import Activity, ActivityKind
from core.actor import Role, Scope
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.model import Deal
from core.events.model import Event, EventType, Kind, Ref
from core.ids import ReceiptId, new_id
from core.jobs.model import Job, JobKind
from core.members.model import Member, Team, Workspace
from core.tasks.model import Task
from core.work import Work

NOW = datetime(2030, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


class MovableClock:
    """Stands at ``NOW`` until it is moved."""

    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> datetime:
        """Where it stands."""
        return self.instant

    def move(self, **by: float) -> datetime:
        """Moves it on by so many seconds, minutes, hours or days."""
        self.instant += timedelta(**by)
        return self.instant


@dataclass(frozen=True)
class People:
    """Wei and Ann are reps of two teams, Max manages both; Eve works elsewhere."""

    wei: Member
    ann: Member
    max: Member
    eve: Member

    @property
    def workspace_id(self) -> Any:
        """Where all but Eve work."""
        return self.wei.workspace_id

    def scope(self, member: Member) -> Scope:
        """What a member sees."""
        return Scope(member.workspace_id, member.id, member.team_id, everything=member.role is Role.MANAGER)

    @property
    def all(self) -> Scope:
        """What Max sees."""
        return self.scope(self.max)

    def blind(self) -> Iterator[tuple[str, Scope]]:
        """Scopes that must not see what is Wei's team's."""
        yield "another team", self.scope(self.ann)
        yield "another workspace", self.scope(self.eve)
        yield "another workspace's manager", Scope(self.eve.workspace_id, everything=True)
        yield "somebody without a team", Scope(self.wei.workspace_id)


def hire(work: Work) -> People:
    """Keeps the people."""
    here, there = (Workspace(id=_id(), name=name, created_at=NOW) for name in ("Here", "There"))
    north, south = (Team(id=_id(), workspace_id=here.id, name=name) for name in ("North", "South"))
    for workspace in (here, there):
        work.members.add_workspace(workspace)
    for team in (north, south):
        work.members.add_team(team)
    people = People(
        wei=member(here, "wei", team_id=north.id),
        ann=member(here, "ann", team_id=south.id),
        max=member(here, "max", role=Role.MANAGER),
        eve=member(there, "eve", role=Role.MANAGER),
    )
    for each in (people.wei, people.ann, people.max, people.eve):
        work.members.add(each)
    return people


def member(workspace: Workspace, handle: str, **values: Any) -> Member:
    defaults: dict[str, Any] = {"name": handle.title(), "email": f"{handle.title()}@Example.com"}
    return Member(id=_id(), workspace_id=workspace.id, handle=handle, **_stamps(), **{**defaults, **values})


def customer(owner: Member, name: str = "Acme", **values: Any) -> Customer:
    """A customer of the owner's team."""
    owned = {"owner_id": owner.id, "team_id": owner.team_id}
    return Customer(id=_id(), workspace_id=owner.workspace_id, name=name, **{**owned, **_stamps(), **values})


def contact(of: Customer, name: str = "Ada Byron", **values: Any) -> Contact:
    return Contact(id=_id(), workspace_id=of.workspace_id, customer_id=of.id, name=name, **{**_stamps(), **values})


def activity(of: Customer, **values: Any) -> Activity:
    defaults = {"kind": ActivityKind.VISIT, "happened_at": NOW, **_stamps()}
    return Activity(id=_id(), workspace_id=of.workspace_id, customer_id=of.id, **{**defaults, **values})


def task(assignee: Member, of: Customer | None = None, **values: Any) -> Task:
    defaults = {"title": "Call back", "customer_id": of.id if of else None, **_stamps()}
    return Task(id=_id(), workspace_id=assignee.workspace_id, assignee_id=assignee.id, **{**defaults, **values})


def deal(of: Customer, name: str = "Robots", **values: Any) -> Deal:
    return Deal(id=_id(), workspace_id=of.workspace_id, customer_id=of.id, name=name, **{**_stamps(), **values})


def event(of: Customer, **values: Any) -> Event:
    """An event about a customer."""
    defaults: dict[str, Any] = {
        "type": EventType.CUSTOMER_CHANGED,
        "record": Ref(Kind.CUSTOMER, of.id),
        "happened_at": NOW,
        "recorded_at": NOW,
        "receipt_id": ReceiptId(_id()),
    }
    return Event(id=_id(), workspace_id=of.workspace_id, **{**defaults, **values})


def job(lane: str = "", **values: Any) -> Job:
    defaults = {"kind": JobKind.MESSAGE, "payload": "{}", "run_at": NOW, "created_at": NOW}
    return Job(id=_id(), lane=lane, **{**defaults, **values})


def _id() -> Any:
    return new_id(NOW)


def _stamps() -> dict[str, datetime]:
    return {"created_at": NOW, "updated_at": NOW}
