"""A database of many customers with history, the same for the same number."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random

from core.activities.model import Activity, ActivityKind
from core.actor import Role
from core.contacts.model import Contact
from core.customers.model import Customer, Lifecycle
from core.deals.model import Deal, DealStage
from core.events.model import Event, EventType
from core.ids import ActivityId, ContactId, CustomerId, DealId, EventId, MemberId, TaskId, WorkspaceId
from core.members.model import Identity, Member
from core.members.service import add_member, create_team, create_workspace
from core.money import Money
from core.records import ref, related
from core.tasks.model import Task
from core.work import Database, Work

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
IDENTITY = Identity("slack", "T0BENCH", "U0BENCH")
_BATCH = 2_000
_WITH_HISTORY = 100_000  # customers beyond these are names alone
_FIRST = [
    "Alder",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Haven",
    "Iris",
    "Juniper",
    "Karst",
    "Lumen",
    "Maple",
    "Nimbus",
    "Onyx",
    "Pine",
]
_SECOND = [
    "Foods",
    "Textiles",
    "Robotics",
    "Freight",
    "Optics",
    "Energy",
    "Paper",
    "Tools",
    "Medical",
    "Marine",
    "Glass",
    "Cable",
    "Seeds",
    "Cloud",
]
_THIRD = ("Inc", "Ltd", "GmbH", "LLC", "Group", "")
_HAN = "远航恒信博远天成新宇华泰中正东方嘉禾瑞丰明德安和"
_TRADES = ("软件", "食品", "纺织", "物流", "医疗", "机械", "能源", "建材")


def name_of(number: int) -> str:
    """The name of the customer of that number: distinct, every other one Chinese."""
    if number % 2:
        first, second = _HAN[number % 24], _HAN[number // 24 % 24]
        return f"{first}{second}{_TRADES[number // 576 % 8]}{number}有限公司"
    first, second = _FIRST[number // 2 % 16], _SECOND[number // 32 % 14]
    return f"{first} {second} {number} {_THIRD[number // 448 % 6]}".strip()


def with_history(count: int) -> int:
    """How many of ``count`` customers have a history."""
    return min(count, _WITH_HISTORY)


async def fill(database: Database, count: int) -> None:
    """Fills an empty database with ``count`` customers and ends at once when it is filled already."""
    if await database.read(lambda work: work.members.by_identity(IDENTITY)) is not None:
        return
    member = await database.write(_people)
    numbers = iter(range(count))
    while batch := list(islice(numbers, _BATCH)):
        await database.write(lambda work, batch=batch: _customers(work, member, batch))  # type: ignore[misc]
    await database.write(lambda work: work.members.tie(IDENTITY, member, START))


def _people(work: Work) -> Member:
    workspace = create_workspace(work, "Bench", language="en", zone="Asia/Shanghai")
    team = create_team(work, workspace.id, "Sales")
    work.members.tie_tenant(IDENTITY.platform, IDENTITY.tenant, workspace.id)
    return add_member(work, workspace.id, handle="bench", name="Bench", role=Role.REP, team_id=team.id)


def _customers(work: Work, member: Member, numbers: list[int]) -> None:
    random = Random(numbers[0])  # noqa: S311 - the same data every time, nothing secret
    made = [_customer(work, member, number) for number in numbers]
    work.customers.add_many(made)
    told = [customer for customer, number in zip(made, numbers, strict=True) if number < _WITH_HISTORY]
    contacts = [_contact(work, customer) for customer in told]
    activities = [_activity(work, member, customer, random) for customer in told for _ in range(3)]
    tasks = [_task(work, member, customer, random) for customer in told]
    deals = [_deal(work, member, customer, random) for customer in told]
    work.contacts.add_many(contacts)
    work.activities.add_many(activities)
    work.tasks.add_many(tasks)
    work.deals.add_many(deals)
    work.events.append_many(_events(work, member, made, activities, tasks, deals))


def _customer(work: Work, member: Member, number: int) -> Customer:
    return Customer(
        id=CustomerId(work.new_id()),
        workspace_id=member.workspace_id,
        name=name_of(number),
        industry=_SECOND[number % 14],
        region="Boston" if number % 3 else "杭州",
        owner_id=member.id,
        team_id=member.team_id,
        stage=Lifecycle.PROSPECT,
        phone=f"555{number:08d}",
        external_id=f"bench-{number}",
        created_at=START,
        updated_at=START + timedelta(seconds=number % 86_400),
    )


def _contact(work: Work, customer: Customer) -> Contact:
    return Contact(
        id=ContactId(work.new_id()),
        workspace_id=customer.workspace_id,
        customer_id=customer.id,
        name=f"Contact {customer.external_id}",
        title="Buyer",
        phone=customer.phone,
        created_at=START,
        updated_at=START,
    )


def _activity(work: Work, member: Member, customer: Customer, random: Random) -> Activity:
    when = START - timedelta(hours=random.randrange(4_000))
    return Activity(
        id=ActivityId(work.new_id()),
        workspace_id=customer.workspace_id,
        customer_id=customer.id,
        kind=random.choice(tuple(ActivityKind)),
        text="Talked about the second phase; price is the open point, they decide next month.",
        author_id=member.id,
        happened_at=when,
        created_at=when,
        updated_at=when,
    )


def _task(work: Work, member: Member, customer: Customer, random: Random) -> Task:
    return Task(
        id=TaskId(work.new_id()),
        workspace_id=customer.workspace_id,
        title="Send the revised quote",
        due_on=date(2026, 1, 5) + timedelta(days=random.randrange(-20, 60)),
        assignee_id=member.id,
        creator_id=member.id,
        customer_id=customer.id,
        created_at=START,
        updated_at=START,
    )


def _deal(work: Work, member: Member, customer: Customer, random: Random) -> Deal:
    return Deal(
        id=DealId(work.new_id()),
        workspace_id=customer.workspace_id,
        customer_id=customer.id,
        name="Second phase",
        amount=Money(random.randrange(1, 500) * 1_000_00, "CNY"),
        stage=DealStage.QUOTE,
        probability=50,
        close_on=date(2026, 2, 1) + timedelta(days=random.randrange(90)),
        owner_id=member.id,
        created_at=START,
        updated_at=START,
    )


def _events(
    work: Work, member: Member, made: list[Customer], *others: list[Activity] | list[Task] | list[Deal]
) -> Iterator[Event]:
    types = (EventType.ACTIVITY_LOGGED, EventType.TASK_ADDED, EventType.DEAL_ADDED)
    pairs = [(EventType.CUSTOMER_ADDED, record) for record in made]
    for type_, records in zip(types, others, strict=True):
        pairs += [(type_, record) for record in records]  # type: ignore[misc]
    for type_, record in pairs:
        yield Event(
            id=EventId(work.new_id()),
            workspace_id=WorkspaceId(record.workspace_id),
            type=type_,
            record=ref(record),
            related=related(record),
            actor_id=MemberId(member.id),
            happened_at=START,
            recorded_at=START,
            receipt_id=work.receipt_id,
        )
