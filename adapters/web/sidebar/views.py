"""What the page beside a conversation shows of a customer."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import msgspec

from adapters.web.customer_views import (
    QUICK,
    PersonView,
    fact_list,
    person_view,
    timeline_rows,
    verb_label,
)
from adapters.web.faces import Face, face
from adapters.web.sidebar.access import Looker
from cards import labels
from cards.customers import next_step
from cards.health import MOODS, TONES, told
from cards.lists import deal_row, task_row
from cards.model import Fact, Row, Text
from cards.reader import Reader
from cards.words import mark
from core.conversations.service import bound_customer
from core.customers.health import health_of
from core.customers.model import Customer
from core.customers.overview import Overview, overview
from core.deals.model import DealStage
from core.deals.ports import DealFilter, DealLine
from core.events.model import Kind
from core.tasks.ports import TaskLine
from core.tasks.settling import version_of
from core.work import Work

TIMELINE_PAGE = 12  # a few screens of a narrow page
_SHOWN, _ALL_SHOWN = 20, 500  # of tasks, deals and contacts each, before and after all are asked for
_MORNING = time(9)
# What the timeline can be narrowed to, by the word in the address.
FILTERS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "": (mark("All kinds"), ()),
    "talks": (mark("Visits and calls"), (Kind.ACTIVITY,)),
    "tasks": (mark("Tasks"), (Kind.TASK,)),
    "deals": (mark("Deals"), (Kind.DEAL,)),
    "edits": (mark("Edits"), (Kind.CUSTOMER, Kind.CONTACT, Kind.CONVERSATION)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task with its buttons. ``seen`` is the state it is shown in, by which a later change is noticed."""

    id: str
    row: Row
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """The open deals of one stage, and what they come to."""

    name: str
    sum: str
    deals: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """A customer beside a conversation. ``delays`` are until when a task can be put off, with what that is called."""

    id: str
    name: str
    face: Face
    stage: str
    line: str
    owner: str
    mood: str
    mood_tone: str
    signs: str
    bound: bool
    other_bound: str
    next: Text
    verbs: tuple[tuple[str, str], ...]
    tasks: tuple[TaskView, ...]
    tasks_total: int
    delays: tuple[tuple[str, str], ...]
    stages: tuple[StageView, ...]
    deals_total: int
    deals_shown: int
    sums: str
    contacts: tuple[PersonView, ...]
    contacts_more: bool
    facts: tuple[Fact, ...]
    timeline: tuple[Row, ...]
    more: bool
    page: int
    filter: str
    filters: tuple[tuple[str, str], ...]


def side_view(
    work: Work, looker: Looker, customer: Customer, *, page: int = 1, wanted: str = "", everything: bool = False
) -> SideView:
    """The view of a customer that the member has been found to see; of the timeline the page and the part wanted.

    ``everything``: all tasks, deals and contacts rather than the first.
    """
    words, reader, shown = looker.words, looker.reader(work), _ALL_SHOWN if everything else _SHOWN
    seen = overview(work, looker.actor, customer, reader.today, open_shown=shown, contacts_shown=shown + 1)
    health = health_of(seen, work.now, reader.today)
    bound = bound_customer(work, looker.actor, looker.seat.place) if looker.seat.place else None
    rows, more = timeline_rows(work, looker, customer, page, kinds=FILTERS[wanted][1], size=TIMELINE_PAGE)
    return SideView(
        id=customer.id,
        name=customer.name,
        face=face(customer.id, customer.name),
        stage=words(labels.LIFECYCLE[customer.stage]),
        line=" · ".join(filter(None, (customer.industry, customer.region))),
        owner=seen.owner_name,
        mood=words(MOODS[health.mood]),
        mood_tone=TONES[health.mood],
        signs=told(health, words),
        bound=bound is not None and bound.id == customer.id,
        other_bound=bound.name if bound and bound.id != customer.id else "",
        next=next_step(seen, reader),
        verbs=tuple((verb, words(verb_label(verb))) for verb in QUICK),
        tasks=tuple(_task(line, reader) for line in seen.tasks.lines),
        tasks_total=seen.tasks.total,
        delays=_delays(reader),
        stages=_stages(work, looker, seen, reader),
        deals_total=seen.deals.total,
        deals_shown=len(seen.deals.lines),
        sums=" + ".join(words.money(amount) for amount in seen.deals.sums),
        contacts=tuple(person_view(contact, looker) for contact in seen.contacts[:shown]),
        contacts_more=len(seen.contacts) > shown,
        facts=fact_list(seen, looker),
        timeline=tuple(rows),
        more=more,
        page=page,
        filter=wanted,
        filters=tuple((name, words(label)) for name, (label, _) in FILTERS.items()),
    )


def _task(line: TaskLine, reader: Reader) -> TaskView:
    return TaskView(id=line.task.id, row=task_row(line, reader, with_customer=False), seen=version_of(line.task))


def _deal(line: DealLine, reader: Reader) -> Row:
    """A deal under the heading of its stage, which its own line need not say again."""
    row = deal_row(line, reader, with_customer=False)
    return msgspec.structs.replace(row, detail=row.detail.partition(" · ")[2])


def _delays(reader: Reader) -> tuple[tuple[str, str], ...]:
    """Instants, not "tomorrow": a button pressed without a line may arrive on another day."""
    words = reader.words
    local = reader.now.astimezone(words.zone)
    to_monday = 7 - local.weekday()
    counts = {
        mark("Tomorrow"): 1,
        mark("In 3 days"): 3,
        mark("Next Monday"): to_monday if to_monday > 1 else to_monday + 7,
    }
    days = {local.date() + timedelta(days=count): label for label, count in counts.items()}  # each day once
    return tuple(
        (
            f"{datetime.combine(day, _MORNING):%Y-%m-%d %H:%M}",
            words("{label}, {day}", label=words(label), day=words.full_date(day)),
        )
        for day, label in sorted(days.items())
    )


def _stages(work: Work, looker: Looker, seen: Overview, reader: Reader) -> tuple[StageView, ...]:
    """The open deals by stage, in the order of the stages."""
    words = looker.words
    wanted = DealFilter(customer_id=seen.customer.id)
    sums: dict[DealStage, list[str]] = {}
    for each in work.deals.sums_by_stage(looker.actor.scope, wanted) if seen.deals.total else ():
        sums.setdefault(each.stage, []).append(words.money(each.amount))
    views = (
        StageView(
            name=words(labels.STAGES[stage]),
            sum=" + ".join(sums.get(stage, ())),
            deals=tuple(_deal(line, reader) for line in seen.deals.lines if line.deal.stage is stage),
        )
        for stage in DealStage
    )
    return tuple(view for view in views if view.deals or view.sum)
