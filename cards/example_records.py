"""The invented records that the examples of the cards show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards import help as help_cards
from core.activities.model import Activity, ActivityKind
from core.activities.ports import ActivityLine
from core.actor import Role
from core.contacts.model import Contact, Decision
from core.customers.model import Customer, Lifecycle
from core.customers.overview import Overview
from core.deals.model import Deal, DealStage
from core.deals.ports import DealLine, DealPage
from core.events.model import Change, Event, EventType, Kind, Ref
from core.ids import (
    ActivityId,
    ContactId,
    CustomerId,
    DealId,
    EventId,
    MemberId,
    ReceiptId,
    TaskId,
    WorkspaceId,
)
from core.members.model import Member, Membership, Workspace
from core.money import Money
from core.tasks.model import Priority, Task
from core.tasks.ports import TaskLine, TaskPage

NOW = datetime(2026, 3, 12, 7, 30, tzinfo=UTC)
WORKSPACE = WorkspaceId("0fq2m7x4k9abc")
ME = MemberId("0fq2m7x4k9ab1")
NAMES = {ME: "Mara", "0fq2m7x4k9ab2": "Lin"}
CUSTOMER = Customer(
    id=CustomerId("0fq2m7x4k9c01"),
    workspace_id=WORKSPACE,
    name="Northwind Foods",
    aliases=("Northwind", "北风食品"),
    industry="Food",
    size="200-500",
    region="Boston",
    owner_id=ME,
    stage=Lifecycle.PROSPECT,
    phone="+1 555 0117",
    website="northwind.example",
    tags=("cold chain", "重点"),
    created_at=NOW - timedelta(days=120),
    updated_at=NOW - timedelta(days=2),
)
TASK = Task(
    id=TaskId("0fq2m7x4k9t01"),
    workspace_id=WORKSPACE,
    title="Send the revised quote / 发送修订报价",
    due_on=date(2026, 3, 11),
    assignee_id=ME,
    priority=Priority.HIGH,
    customer_id=CUSTOMER.id,
    created_at=NOW - timedelta(days=5),
    updated_at=NOW - timedelta(days=5),
)
DEAL = Deal(
    id=DealId("0fq2m7x4k9d01"),
    workspace_id=WORKSPACE,
    customer_id=CUSTOMER.id,
    name="Cold chain sensors",
    amount=Money(12_000_000, "USD"),
    stage=DealStage.NEGOTIATION,
    probability=75,
    close_on=date(2026, 3, 31),
    owner_id=ME,
    created_at=NOW - timedelta(days=40),
    updated_at=NOW - timedelta(days=3),
)
ACTIVITY = Activity(
    id=ActivityId("0fq2m7x4k9v01"),
    workspace_id=WORKSPACE,
    customer_id=CUSTOMER.id,
    kind=ActivityKind.VISIT,
    text="Saw the new warehouse. They want the sensors before summer; price is the open point.",
    author_id=ME,
    happened_at=NOW - timedelta(hours=3),
    created_at=NOW,
    updated_at=NOW,
)
CONTACT = Contact(
    id=ContactId("0fq2m7x4k9p01"),
    workspace_id=WORKSPACE,
    customer_id=CUSTOMER.id,
    name="Ada Bell",
    title="Head of purchasing",
    phone="+1 555 0118",
    decision=Decision.DECIDER,
    created_at=NOW,
    updated_at=NOW,
)
TASK_LINES = (
    TaskLine(TASK, CUSTOMER.name, "Mara"),
    TaskLine(
        replace(TASK, id=TaskId("0fq2m7x4k9t02"), title="预约演示", due_on=date(2026, 3, 16), priority=Priority.NORMAL),
        "远航科技",
        "Lin",
    ),
)
DEAL_LINES = (
    DealLine(DEAL, CUSTOMER.name, "Mara"),
    DealLine(
        replace(
            DEAL, id=DealId("0fq2m7x4k9d02"), name="二期扩容", amount=Money(30_000_000, "CNY"), stage=DealStage.QUOTE
        ),
        "远航科技",
        "Lin",
    ),
)
SEEN = Overview(
    customer=CUSTOMER,
    owner_name="Mara",
    tasks=TaskPage(TASK_LINES, 7),
    deals=DealPage(DEAL_LINES, 2, (Money(12_000_000, "USD"), Money(30_000_000, "CNY"))),
    activities=(ActivityLine(ACTIVITY, "Mara"),),
    contacts=(CONTACT,),
)
ADDED = Event(
    id=EventId("0fq2m7x4k9e01"),
    workspace_id=WORKSPACE,
    type=EventType.ACTIVITY_LOGGED,
    record=Ref(Kind.ACTIVITY, ACTIVITY.id),
    related=(Ref(Kind.CUSTOMER, CUSTOMER.id),),
    changes=(Change("kind", None, "visit"), Change("text", None, ACTIVITY.text)),
    actor_id=ME,
    happened_at=NOW - timedelta(hours=3),
    recorded_at=NOW,
    receipt_id=ReceiptId("0fq2m7x4k9r01"),
)
EDITED = replace(
    ADDED,
    id=EventId("0fq2m7x4k9e02"),
    type=EventType.DEAL_CHANGED,
    record=Ref(Kind.DEAL, DEAL.id),
    changes=(
        Change("stage", "quote", "negotiation"),
        Change("amount", {"minor": 9_000_000, "currency": "USD"}, {"minor": 12_000_000, "currency": "USD"}),
        Change("close_on", None, "2026-03-31"),
    ),
)
FOLLOW_UP = replace(
    ADDED,
    id=EventId("0fq2m7x4k9e03"),
    type=EventType.TASK_ADDED,
    record=Ref(Kind.TASK, TASK.id),
    changes=(
        Change("title", None, "send the quote"),
        Change("due_on", None, "2026-03-17"),
        Change("assignee_id", None, ME),
    ),
)
CORRECTED = replace(
    ADDED,
    id=EventId("0fq2m7x4k9e04"),
    type=EventType.ACTIVITY_CHANGED,
    changes=(Change("kind", "call", "visit"),),
)
DROPPED = replace(
    FOLLOW_UP,
    id=EventId("0fq2m7x4k9e05"),
    type=EventType.TASK_DROPPED,
    changes=(Change("title", "send the quote", None),),
)
ME_HERE = Membership(
    Member(
        id=ME, workspace_id=WORKSPACE, handle="mara", name="Mara", role=Role.MANAGER, created_at=NOW, updated_at=NOW
    ),
    Workspace(id=WORKSPACE, name="Sample", zone="Asia/Shanghai", created_at=NOW),
)
HELP = help_cards.VerbHelp(
    "visit",
    "Log a visit",
    "visit CUSTOMER: what was said, what comes next and when",
    ("visit Northwind: saw the new warehouse, send the quote next Tue 3pm", "拜访 远航科技 谈二期报价 下周三跟进 30万"),
    ("visited", "拜访"),
)
