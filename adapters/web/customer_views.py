"""The customer beside a conversation, and on a page of its own."""

from dataclasses import dataclass

from adapters.web.faces import Face, face
from adapters.web.incoming import PLATFORM, tenant_of
from adapters.web.viewer import Viewer
from cards import labels
from cards.customers import next_step
from cards.lists import activity_row, deal_row, task_row
from cards.model import Fact, Row, Text
from cards.timeline import event_row
from core.background import background
from core.contacts.model import Contact, Decision
from core.conversations.model import Place
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.customers.overview import Overview, overview
from core.events.model import Kind, Ref
from core.ids import WorkspaceId
from core.work import Work

TIMELINE_PAGE = 25
QUICK = ("visit", "call", "meeting", "note", "task")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A contact with how to reach them."""

    name: str
    face: Face
    detail: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """A customer at a glance. ``bindable``: there is a conversation beside it; ``other_bound`` names its own."""

    id: str
    name: str
    url: str
    face: Face
    stage: str
    line: str
    bound: bool
    bindable: bool
    other_bound: str
    next: Text
    verbs: tuple[tuple[str, str], ...]
    tasks: tuple[Row, ...]
    tasks_total: int
    deals: tuple[Row, ...]
    deals_total: int
    sums: str
    activities: tuple[Row, ...]
    contacts: tuple[PersonView, ...]
    facts: tuple[Fact, ...]


def place_of(workspace_id: WorkspaceId, room_id: str) -> Place:
    """A room, as bindings know it."""
    return Place(PLATFORM, tenant_of(workspace_id), room_id)


def customer_beside(work: Work, viewer: Viewer, room_id: str, customer_id: str = "") -> CustomerView | None:
    """The customer to show beside a room: the one asked for, or the one it is bound to, if the viewer may see it."""
    bound = bound_customer(work, viewer.actor, place_of(viewer.workspace.id, room_id)) if room_id else None
    asked = work.customers.by_id(viewer.actor.scope, customer_id) if customer_id else None
    shown = asked or (None if customer_id else bound)
    return customer_view(work, viewer, shown, bound, bindable=bool(room_id)) if shown else None


def customer_view(
    work: Work, viewer: Viewer, customer: Customer, bound: Customer | None, *, bindable: bool
) -> CustomerView:
    """The view of a customer that the viewer has been found to see."""
    words, reader = viewer.words, viewer.reader(work)
    seen = overview(work, viewer.actor, customer, reader.today)
    is_bound = bound is not None and bound.id == customer.id
    return CustomerView(
        id=customer.id,
        name=customer.name,
        url=viewer.customer_url(customer.id),
        face=face(customer.id, customer.name),
        stage=words(labels.LIFECYCLE[customer.stage]),
        line=" · ".join(filter(None, (customer.industry, customer.region))),
        bound=is_bound,
        bindable=bindable,
        other_bound=bound.name if bound and not is_bound else "",
        next=next_step(seen, reader),
        verbs=tuple((verb, words(verb_label(verb))) for verb in QUICK),
        tasks=tuple(task_row(line, reader, with_customer=False) for line in seen.tasks.lines),
        tasks_total=seen.tasks.total,
        deals=tuple(deal_row(line, reader, with_customer=False) for line in seen.deals.lines),
        deals_total=seen.deals.total,
        sums=" + ".join(words.money(amount) for amount in seen.deals.sums),
        activities=tuple(activity_row(line, reader) for line in seen.activities),
        contacts=tuple(person_view(contact, viewer) for contact in seen.contacts),
        facts=fact_list(seen, viewer),
    )


def timeline_rows(
    work: Work,
    viewer: Viewer,
    customer: Customer,
    page: int,
    *,
    kinds: tuple[Kind, ...] = (),
    size: int = TIMELINE_PAGE,
) -> tuple[list[Row], bool]:
    """A page of what happened to a customer, from 1, the latest first; and whether there is more.

    With ``kinds`` only what happened to records of these.
    """
    subject = Ref(Kind.CUSTOMER, customer.id)
    events = work.events.of_subject(viewer.workspace.id, subject, limit=size + 1, offset=(page - 1) * size, kinds=kinds)
    behind = background(work, viewer.workspace.id, events)
    names = {**behind.names, **work.members.names(viewer.workspace.id), customer.id: customer.name}
    reader = viewer.reader(work)
    undone = (behind.taken_back.get(event.undoes) if event.undoes else None for event in events)
    rows = [event_row(event, reader, names, undoes=before) for event, before in zip(events, undone, strict=True)]
    return rows[:size], len(rows) > size


def verb_label(verb: str) -> str:
    """What a button that logs says, as a message of the catalogue."""
    names = {str(kind): label for kind, label in labels.ACTIVITIES.items()}
    return names.get(verb, "Task")


def person_view(contact: Contact, viewer: Viewer) -> PersonView:
    """A contact as pages show one."""
    decision = "" if contact.decision is Decision.UNKNOWN else viewer.words(labels.DECISIONS[contact.decision])
    return PersonView(
        name=contact.name,
        face=face(contact.id, contact.name),
        detail=" · ".join(filter(None, (contact.title, decision))),
        phone=contact.phone,
        email=contact.email,
    )


def fact_list(seen: Overview, viewer: Viewer) -> tuple[Fact, ...]:
    """What is known of a customer, what is empty left out."""
    customer, words = seen.customer, viewer.words
    known = {
        "owner_id": seen.owner_name or words("nobody"),
        "aliases": ", ".join(customer.aliases),
        "phone": customer.phone,
        "website": customer.website,
        "size": customer.size,
        "address": customer.address,
        "tags": ", ".join(customer.tags),
    }
    facts = [Fact(label=labels.field(name, words), value=value) for name, value in known.items() if value]
    return (*facts, *(Fact(label=name, value=value) for name, value in customer.extra.items() if value))
