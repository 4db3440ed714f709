"""Nobody is shown what they may not see, by any read there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from core.actor import Role, Scope, may_see
from core.customers.model import Customer
from core.deals.model import DealStage
from core.deals.ports import DealFilter
from core.events.model import Kind, Ref
from core.ids import ReceiptId, new_id
from core.members.model import Member
from core.money import Money
from core.receipts.model import Receipt
from core.tasks.ports import TaskFilter
from core.work import Work
from storage.errors import DatabaseError
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, activity, contact, customer, deal, event, task

TODAY = date(2030, 1, 2)


@dataclass(frozen=True)
class Kept:
    """A customer of Wei's team and everything around it."""

    people: People
    customer: Customer
    records: dict[Kind, Any]
    receipt: Receipt


@pytest.fixture
def kept(store: Store, people: People) -> Kept:
    of = customer(people.wei, "Acme", external_id="C-1", phone="+1 415 555 0123", aliases=("Zenith",))
    records = {
        Kind.CUSTOMER: of,
        Kind.CONTACT: contact(of, "Ada Byron", external_id="P-1", email="ada@acme.example"),
        Kind.DEAL: deal(of, external_id="D-1", amount=Money(5, "EUR"), owner_id=people.wei.id),
        Kind.ACTIVITY: activity(of, external_id="A-1"),
        Kind.TASK: task(people.wei, of, external_id="T-1", due_on=TODAY),
    }
    receipt = Receipt(
        id=ReceiptId(new_id(NOW)),
        workspace_id=people.workspace_id,
        member_id=people.wei.id,
        verb="visit",
        digest="d",
        created_at=NOW,
    )

    def keep(work: Work) -> None:
        for kind, record in records.items():
            work.records(kind).add(record)
        work.events.append(event(of, receipt_id=receipt.id))
        work.receipts.add(receipt)

    store.write(keep)
    return Kept(people, of, records, receipt)


def _list_tasks(work: Work, scope: Scope, **wanted: Any) -> Any:
    page = work.tasks.list_open(scope, TaskFilter(**wanted), now=NOW + timedelta(days=9), today=TODAY, limit=1)
    counted = work.tasks.list_open(scope, TaskFilter(**wanted), now=NOW, today=TODAY, limit=0)
    return page.lines or counted.total


def _list_deals(work: Work, scope: Scope, **wanted: Any) -> Any:
    page = work.deals.list_some(scope, DealFilter(**wanted), limit=1)
    counted = work.deals.list_some(scope, DealFilter(**wanted), limit=0)
    return page.lines or counted.total or counted.sums


READS: dict[str, Callable[[Work, Scope, Kept], Any]] = {
    **{
        f"{kind.value} {way}": lambda work, scope, kept, kind=kind, read=read: read(
            work.records(kind), scope, kept.records[kind]
        )
        for kind in (Kind.CUSTOMER, Kind.CONTACT, Kind.DEAL, Kind.ACTIVITY, Kind.TASK)
        for way, read in {
            "by id": lambda of, scope, record: of.by_id(scope, record.id),
            "by external id": lambda of, scope, record: of.by_external_id(scope, record.external_id),
            "by external ids": lambda of, scope, record: of.by_external_ids(scope, [record.external_id]),
            "after": lambda of, scope, _: of.list_after(scope, limit=9),
        }.items()
    },
    "recent customers": lambda work, scope, _: work.customers.list_recent(scope, limit=9),
    "count of customers": lambda work, scope, _: work.customers.count(scope),
    "contacts": lambda work, scope, kept: work.contacts.list_of_customer(scope, kept.customer.id, limit=9),
    "activities": lambda work, scope, kept: work.activities.list_of_customer(scope, kept.customer.id, limit=9),
    "tasks": lambda work, scope, _: _list_tasks(work, scope),
    "tasks of somebody": lambda work, scope, kept: _list_tasks(work, scope, assignee_id=kept.people.wei.id),
    "tasks of a team": lambda work, scope, kept: _list_tasks(work, scope, team_id=kept.people.wei.team_id),
    "tasks of a customer": lambda work, scope, kept: _list_tasks(work, scope, customer_id=kept.customer.id),
    "overdue tasks": lambda work, scope, _: (
        work.tasks.list_open(scope, TaskFilter(overdue=True), now=NOW, today=TODAY + timedelta(days=1), limit=1).lines
    ),
    "deals": lambda work, scope, _: _list_deals(work, scope),
    "deals of somebody": lambda work, scope, kept: _list_deals(work, scope, owner_id=kept.people.wei.id),
    "deals of a customer": lambda work, scope, kept: _list_deals(work, scope, customer_id=kept.customer.id),
    "deals of a stage": lambda work, scope, _: _list_deals(work, scope, stage=DealStage.LEAD),
    "deals by name": lambda work, scope, kept: work.deals.list_named(
        scope, f"{kept.records[Kind.DEAL].name.upper()} won", limit=9
    ),
    "sums of deals": lambda work, scope, _: work.deals.sums_by_stage(scope, DealFilter()),
    "an exact name": lambda work, scope, _: work.names.find(scope, "Acme"),
    "an alias": lambda work, scope, _: work.names.find(scope, "Zenith"),
    "a beginning": lambda work, scope, _: work.names.find(scope, "Acm"),
    "a slip": lambda work, scope, _: work.names.find(scope, "Amce"),
    "a phone": lambda work, scope, _: work.names.find(scope, "555 0123"),
    "a contact": lambda work, scope, _: work.names.find(scope, "Ada Byron"),
    "an address": lambda work, scope, _: work.names.find(scope, "ada@acme.example"),
    "names in full": lambda work, scope, _: work.names.exact(scope, ("Acme", "Ada Byron", "Zenith")),
}


def test_others_see_nothing(store: Store, kept: Kept) -> None:
    """The owner and the manager see it; another team and another workspace see neither a record nor a number."""

    def look(work: Work) -> None:
        for name, read in READS.items():
            for scope in (kept.people.scope(kept.people.wei), kept.people.all):
                assert read(work, scope, kept), name
            for who, scope in kept.people.blind():
                assert not read(work, scope, kept), (name, who)

    store.read(look)


def test_history_stays_in_its_workspace(store: Store, kept: Kept) -> None:
    """Timelines and receipts of another workspace are empty."""
    here, there = kept.people.workspace_id, kept.people.eve.workspace_id
    subject = Ref(Kind.CUSTOMER, kept.customer.id)
    reads: list[Callable[[Work, Any], Any]] = [
        lambda work, workspace: work.events.of_subject(workspace, subject, limit=9),
        lambda work, workspace: work.events.of_receipt(workspace, kept.receipt.id),
        lambda work, workspace: work.events.latest_of(workspace, subject),
        lambda work, workspace: work.receipts.by_id(workspace, kept.receipt.id),
        lambda work, workspace: work.receipts.latest_of(workspace, kept.people.wei.id),
        lambda work, workspace: work.receipts.repeat_of(workspace, kept.people.wei.id, "d", NOW),
        lambda work, workspace: work.members.by_id(workspace, kept.people.wei.id),
        lambda work, workspace: work.members.membership(workspace, kept.people.wei.id),
        lambda work, workspace: work.members.by_handle(workspace, "wei"),
        lambda work, workspace: work.members.by_email(workspace, "wei@example.com"),
        lambda work, workspace: work.members.team_ids(workspace, (kept.people.wei.id,)),
        lambda work, workspace: kept.people.wei.id in work.members.names(workspace),
        lambda work, workspace: kept.people.wei in work.members.list_all(workspace),
        lambda work, workspace: work.members.list_teams(workspace),
    ]
    for read in reads:
        assert store.read(lambda work: read(work, here))  # noqa: B023
        assert not store.read(lambda work: read(work, there))  # noqa: B023


def test_statement_and_rule_agree(store: Store, people: People) -> None:
    """What a statement shows is what ``may_see`` allows, for every owner and team."""
    owners = (people.wei.id, people.ann.id, people.max.id, None)
    teams = (people.wei.team_id, people.ann.team_id, None)
    records = [customer(people.wei, owner_id=owner, team_id=team) for owner in owners for team in teams]
    store.write(lambda work: work.customers.add_many(records))
    for member in (people.wei, people.ann, people.max):
        scope = people.scope(member)
        found = store.read(lambda work: work.customers.list_after(scope, limit=99))  # noqa: B023
        assert found == [record for record in records if may_see(scope, record)]


def test_task_of_no_customer(store: Store, people: People) -> None:
    """It is seen by its assignee, its creator, the assignee's team and managers, and by nobody else."""
    mate = Member(
        id=new_id(NOW),  # type: ignore[arg-type]
        workspace_id=people.workspace_id,
        handle="mate",
        name="Mate",
        team_id=people.wei.team_id,
        role=Role.REP,
        created_at=NOW,
        updated_at=NOW,
    )
    own, given = task(people.wei), task(people.wei, creator_id=people.ann.id)

    def keep(work: Work) -> None:
        work.members.add(mate)
        work.tasks.add_many([own, given])

    store.write(keep)
    seen = {
        member.handle: [
            line.task
            for line in store.read(
                lambda work: work.tasks.list_open(people.scope(member), TaskFilter(), now=NOW, today=TODAY, limit=9)  # noqa: B023
            ).lines
        ]
        for member in (people.wei, people.ann, people.max, people.eve, mate)
    }
    both = [own, given]
    assert seen == {"wei": both, "mate": both, "max": both, "ann": [given], "eve": []}


def test_references_stay_in_the_workspace(store: Store, people: People) -> None:
    """The database itself refuses a contact of another workspace's customer."""
    theirs = customer(people.eve, team_id=None)
    store.write(lambda work: work.customers.add(theirs))
    stray = contact(customer(people.wei))
    with pytest.raises(DatabaseError, match=r"FOREIGN KEY|ForeignKey"):
        store.write(lambda work: work.contacts.add(stray))
