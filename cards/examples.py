"""An example of every card, in both languages: for galleries, for the renderers' tests, and for looking at."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards import activities, customers, deals, errors, forms, lookup, receipts, tasks, timeline
from cards import help as help_cards
from cards.model import Card, Form, Option
from cards.reader import Reader
from cards.typed import Typed
from cards.words import Words
from core.activities.model import Activity, ActivityKind
from core.activities.ports import ActivityLine
from core.actor import Role
from core.contacts.model import Contact, Decision
from core.customers.model import Customer, Lifecycle
from core.customers.overview import Overview
from core.deals.model import Deal, DealStage
from core.deals.ports import DealLine, DealPage, StageSum
from core.errors import DuplicateError, InvalidInputError, NotFoundError
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
from core.members.model import Identity, Member, Membership, Workspace
from core.money import Money
from core.tasks.model import Priority, Task
from core.tasks.ports import TaskLine, TaskPage

NOW = datetime(2026, 3, 12, 7, 30, tzinfo=UTC)
_WORKSPACE = WorkspaceId("0fq2m7x4k9abc")
_ME = MemberId("0fq2m7x4k9ab1")
_NAMES = {_ME: "Mara", "0fq2m7x4k9ab2": "Lin"}
_CUSTOMER = Customer(
    id=CustomerId("0fq2m7x4k9c01"),
    workspace_id=_WORKSPACE,
    name="Northwind Foods",
    aliases=("Northwind", "北风食品"),
    industry="Food",
    size="200-500",
    region="Boston",
    owner_id=_ME,
    stage=Lifecycle.PROSPECT,
    phone="+1 555 0117",
    website="northwind.example",
    tags=("cold chain", "重点"),
    created_at=NOW - timedelta(days=120),
    updated_at=NOW - timedelta(days=2),
)
_TASK = Task(
    id=TaskId("0fq2m7x4k9t01"),
    workspace_id=_WORKSPACE,
    title="Send the revised quote / 发送修订报价",
    due_on=date(2026, 3, 11),
    assignee_id=_ME,
    priority=Priority.HIGH,
    customer_id=_CUSTOMER.id,
    created_at=NOW - timedelta(days=5),
    updated_at=NOW - timedelta(days=5),
)
_DEAL = Deal(
    id=DealId("0fq2m7x4k9d01"),
    workspace_id=_WORKSPACE,
    customer_id=_CUSTOMER.id,
    name="Cold chain sensors",
    amount=Money(12_000_000, "USD"),
    stage=DealStage.NEGOTIATION,
    probability=75,
    close_on=date(2026, 3, 31),
    owner_id=_ME,
    created_at=NOW - timedelta(days=40),
    updated_at=NOW - timedelta(days=3),
)
_ACTIVITY = Activity(
    id=ActivityId("0fq2m7x4k9v01"),
    workspace_id=_WORKSPACE,
    customer_id=_CUSTOMER.id,
    kind=ActivityKind.VISIT,
    text="Saw the new warehouse. They want the sensors before summer; price is the open point.",
    author_id=_ME,
    happened_at=NOW - timedelta(hours=3),
    created_at=NOW,
    updated_at=NOW,
)
_CONTACT = Contact(
    id=ContactId("0fq2m7x4k9p01"),
    workspace_id=_WORKSPACE,
    customer_id=_CUSTOMER.id,
    name="Ada Bell",
    title="Head of purchasing",
    phone="+1 555 0118",
    decision=Decision.DECIDER,
    created_at=NOW,
    updated_at=NOW,
)
_TASK_LINES = (
    TaskLine(_TASK, _CUSTOMER.name, "Mara"),
    TaskLine(
        replace(
            _TASK, id=TaskId("0fq2m7x4k9t02"), title="预约演示", due_on=date(2026, 3, 16), priority=Priority.NORMAL
        ),
        "远航科技",
        "Lin",
    ),
)
_DEAL_LINES = (
    DealLine(_DEAL, _CUSTOMER.name, "Mara"),
    DealLine(
        replace(
            _DEAL, id=DealId("0fq2m7x4k9d02"), name="二期扩容", amount=Money(30_000_000, "CNY"), stage=DealStage.QUOTE
        ),
        "远航科技",
        "Lin",
    ),
)
_SEEN = Overview(
    customer=_CUSTOMER,
    owner_name="Mara",
    tasks=TaskPage(_TASK_LINES, 7),
    deals=DealPage(_DEAL_LINES, 2, (Money(12_000_000, "USD"), Money(30_000_000, "CNY"))),
    activities=(ActivityLine(_ACTIVITY, "Mara"),),
    contacts=(_CONTACT,),
)
_ADDED = Event(
    id=EventId("0fq2m7x4k9e01"),
    workspace_id=_WORKSPACE,
    type=EventType.ACTIVITY_LOGGED,
    record=Ref(Kind.ACTIVITY, _ACTIVITY.id),
    related=(Ref(Kind.CUSTOMER, _CUSTOMER.id),),
    changes=(Change("kind", None, "visit"), Change("text", None, _ACTIVITY.text)),
    actor_id=_ME,
    happened_at=NOW - timedelta(hours=3),
    recorded_at=NOW,
    receipt_id=ReceiptId("0fq2m7x4k9r01"),
)
_EDITED = replace(
    _ADDED,
    id=EventId("0fq2m7x4k9e02"),
    type=EventType.DEAL_CHANGED,
    record=Ref(Kind.DEAL, _DEAL.id),
    changes=(
        Change("stage", "quote", "negotiation"),
        Change("amount", {"minor": 9_000_000, "currency": "USD"}, {"minor": 12_000_000, "currency": "USD"}),
        Change("close_on", None, "2026-03-31"),
    ),
)
_FOLLOW_UP = replace(
    _ADDED,
    id=EventId("0fq2m7x4k9e03"),
    type=EventType.TASK_ADDED,
    record=Ref(Kind.TASK, _TASK.id),
    changes=(
        Change("title", None, "send the quote"),
        Change("due_on", None, "2026-03-17"),
        Change("assignee_id", None, _ME),
    ),
)
_ME_HERE = Membership(
    Member(
        id=_ME, workspace_id=_WORKSPACE, handle="mara", name="Mara", role=Role.MANAGER, created_at=NOW, updated_at=NOW
    ),
    Workspace(id=_WORKSPACE, name="Sample", zone="Asia/Shanghai", created_at=NOW),
)
_HELP = help_cards.VerbHelp(
    "visit",
    "Log a visit",
    "visit CUSTOMER: what was said, what comes next and when",
    ("visit Northwind: saw the new warehouse, send the quote next Tue 3pm", "拜访 远航科技 谈二期报价 下周三跟进 30万"),
    ("visited", "拜访"),
)


def examples(language: str) -> dict[str, Card]:
    """Every card by the name of its moment, in one language; forms are cards of one block."""
    words = Words(language, "Asia/Shanghai")
    reader = Reader(words, NOW, "https://kith.example")
    return {**_records(reader), **_lists(reader), **_answers(reader), **_forms(words)}


def _records(reader: Reader) -> dict[str, Card]:
    return {
        "customer_360": customers.customer_360(_SEEN, reader),
        "customer_360_new": customers.customer_360(
            replace(_SEEN, tasks=TaskPage((), 0), deals=DealPage((), 0, ()), activities=(), contacts=(), owner_name=""),
            reader,
        ),
        "customer_shared": customers.customer_shared(_SEEN, reader, by="Mara", in_full=True),
        "customer_shared_briefly": customers.customer_shared(_SEEN, reader, by="Mara", in_full=False),
        "task_card": tasks.task_card(_TASK_LINES[0], reader),
        "deal_card": deals.deal_card(_DEAL_LINES[0], reader),
        "about_me": help_cards.about_me(
            _ME_HERE, "", (Identity("slack", "T1", "U1"), Identity("web", "", "1")), reader
        ),
    }


def _lists(reader: Reader) -> dict[str, Card]:
    words, mine = reader.words, tasks.Columns(assignee=False)
    stages = (
        StageSum(DealStage.QUOTE, Money(30_000_000, "CNY"), 3),
        StageSum(DealStage.NEGOTIATION, Money(12_000_000, "USD"), 1),
    )
    found = DealPage(_DEAL_LINES, 19, (Money(12_000_000, "USD"),))
    options = (
        (Option(label="Northwind Foods", value="360 1"), "Boston"),
        (Option(label="Northwind Travel", value="360 2"), "Leeds"),
    )
    return {
        "task_list": tasks.task_list(
            words("My tasks"), TaskPage(_TASK_LINES, 19), reader, command="tasks", page=2, columns=mine
        ),
        "task_list_empty": tasks.task_list(
            words("My tasks"), TaskPage((), 0), reader, command="tasks", page=1, columns=mine
        ),
        "pick_task": tasks.pick_task(words("Which task is done?"), TaskPage(_TASK_LINES, 2), reader, verb="done"),
        "snooze_choice": tasks.snooze_choice(_TASK_LINES[0], reader),
        "deal_list": deals.deal_list(
            words("All open deals"), found, reader, command="deals all", page=1, stages=stages
        ),
        "pick_deal": deals.pick_deal(words("Which deal of {name}?", name="Northwind Foods"), found, reader, rest="won"),
        "timeline": timeline.timeline(
            _CUSTOMER, (_EDITED, _FOLLOW_UP, _ADDED), reader, names=_NAMES, page=1, more=True
        ),
        "several_found": lookup.several_found("Northwind", options, words),
        "welcome": lookup.welcome(reader, "Mara", ("Northwind Foods", "远航科技")),
        "help_overview": help_cards.help_overview((("Log", (_HELP,)),), reader),
        "help_verb": help_cards.help_verb(_HELP, reader),
    }


def _answers(reader: Reader) -> dict[str, Card]:
    words = reader.words
    missing = NotFoundError("customer", "Nortwind", similar=("Northwind Foods",))
    return {
        "activity_logged": activities.activity_logged(
            _ACTIVITY,
            _CUSTOMER,
            (_ADDED, _FOLLOW_UP),
            reader,
            names=_NAMES,
            offers=(("Set “Cold chain sensors” to $120,000", "edit 1 amount: 120000 USD"),),
            asks_next=False,
        ),
        "receipt": receipts.receipt(words("Deal saved"), _DEAL.name, (_EDITED,), reader, names=_NAMES),
        "receipt_unchanged": receipts.receipt(words("Saved"), _DEAL.name, (), reader, names=_NAMES),
        "undone": receipts.undone((_EDITED, _FOLLOW_UP), reader, _NAMES),
        "customer_not_found": errors.failed(missing, words, Typed("visit", "Nortwind: wants a demo")),
        "look_up_not_found": errors.failed(missing, words, Typed("find", "Nortwind"), mended="note Northwind"),
        "duplicate": errors.failed(
            DuplicateError("customer", _CUSTOMER.id, _CUSTOMER.name), words, Typed("new customer", "X")
        ),
        "in_past": errors.failed(InvalidInputError("due", "in_past", value="2026-03-01"), words),
        "already_done": errors.already_done(words, seconds=4, again="again visit X: y", receipt_id="0fq2m7x4k9r01"),
        "crashed": errors.crashed(words, "slack:T1:Ev123"),
        "stranger": errors.stranger(words),
        "link_code": help_cards.link_code("7kq2mxn4pa", reader),
        "linked": help_cards.linked("Mara", reader),
    }


def _forms(words: Words) -> dict[str, Card]:
    known = forms.Filled({"customer": _CUSTOMER.id}, {"customer": _CUSTOMER.name})
    shown: tuple[Form, ...] = (
        forms.log_form(ActivityKind.VISIT, words, known),
        forms.customer_form("new customer", words, forms.Filled()),
        forms.contact_form("new contact", words, known),
        forms.deal_form("new deal", words, known),
        forms.task_form("task", words, known),
        forms.activity_form("edit 1", words, forms.Filled()),
        forms.assign_form("assign 1", words, forms.Filled()),
        forms.bind_form(words, forms.Filled()),
        forms.settings_form(words, forms.Filled({"language": words.language, "zone": "Asia/Shanghai"})),
    )
    failed = forms.refilled(shown[4], {"title": "x", "due": "yesterday"}, {"due": "2026-03-11 is in the past."})
    cards = {f"form_{form.command.split()[0]}_{index}": form for index, form in enumerate((*shown, failed))}
    return {name: Card(summary=form.title, blocks=(form,), language=words.language) for name, form in cards.items()}
