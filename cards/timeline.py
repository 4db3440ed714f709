"""Everything that happened to a customer, the latest first."""

from collections.abc import Mapping, Sequence

from cards import labels
from cards.lists import PAGE, paged
from cards.model import Actions, Block, Button, Card, Heading, Row, Text
from cards.reader import Reader
from cards.words import mark
from core.activities.model import ActivityKind
from core.customers.model import Customer
from core.events.model import ADDING, Event, EventType, Kind
from core.ids import EventId

_HAPPENED = {
    EventType.CUSTOMER_ADDED: mark("Customer added"),
    EventType.CUSTOMER_CHANGED: mark("Customer edited"),
    EventType.CUSTOMER_ASSIGNED: mark("Customer handed over"),
    EventType.CUSTOMER_MERGED: mark("Customers merged"),
    EventType.CUSTOMER_KEPT_APART: mark("Not the same"),
    EventType.CONTACT_ADDED: mark("Contact added"),
    EventType.CONTACT_CHANGED: mark("Contact edited"),
    EventType.ACTIVITY_LOGGED: mark("Activity logged"),
    EventType.ACTIVITY_CHANGED: mark("Activity edited"),
    EventType.TASK_ADDED: mark("Task raised"),
    EventType.TASK_CHANGED: mark("Task edited"),
    EventType.TASK_DONE: mark("Task done"),
    EventType.TASK_SNOOZED: mark("Task snoozed"),
    EventType.TASK_ASSIGNED: mark("Task handed over"),
    EventType.TASK_DROPPED: mark("Task dropped"),
    EventType.DEAL_ADDED: mark("Deal opened"),
    EventType.DEAL_CHANGED: mark("Deal edited"),
    EventType.DEAL_WON: mark("Deal won"),
    EventType.DEAL_LOST: mark("Deal lost"),
    EventType.MEMBER_CHANGED: mark("Settings changed"),
    EventType.CONVERSATION_BOUND: mark("Conversation bound"),
    EventType.FOLLOWING_CHANGED: mark("What you follow"),
    EventType.UNDONE: mark("Undone"),
}
_SHOWN_FIELDS = 3
_NAME_SHOWN = 60  # characters
_FOLLOWING = frozenset({"probability", "closed_at", "team_id", "done_at"})  # from the stage, the owner or the title


def timeline(  # noqa: PLR0913 - a page is what happened, to what, for whom, and where it stands among others
    customer: Customer,
    events: Sequence[Event],
    reader: Reader,
    *,
    names: Mapping[str, str],
    page: int,
    more: bool,
    taken_back: Mapping[EventId, Event] | None = None,
) -> Card:
    """One page of a customer's timeline; ``more`` tells whether there is another.

    ``names`` are those of members and records by id, ``taken_back`` the events that others undo, by id.
    """
    words = reader.words
    title = words("Timeline")
    total = (page - 1) * PAGE + len(events) + (1 if more else 0)
    shown = {**(taken_back or {}), **{event.id: event for event in events}}
    rows = tuple(
        event_row(event, reader, names, undoes=shown.get(event.undoes) if event.undoes else None) for event in events
    )
    listing: Block = paged(rows, words, command=f"timeline {customer.id}", page=page, total=total, open_ended=True)
    if not events:
        listing = Text(text=words("Nothing has happened here yet. Log the first visit or call."))
    back = Actions(
        elements=(
            Button(label=words("Back to {name}", name=labels.excerpt(customer.name, 40)), command=f"360 {customer.id}"),
        )
    )
    return Card(
        summary=f"{title}: {customer.name}",
        blocks=(Heading(text=title, detail=customer.name), listing, back),
        link=reader.page(customer.id),
        language=words.language,
    )


def event_row(event: Event, reader: Reader, names: Mapping[str, str], *, undoes: Event | None = None) -> Row:
    """One event: what happened, to what, by whom and when; ``undoes`` is what it takes back, where that is known."""
    words = reader.words
    who = names.get(event.actor_id or "", "")
    return Row(
        title=words(_title(event)),
        detail=labels.excerpt(_undone(event, undoes, reader, names) if event.undoes else _detail(event, reader, names)),
        meta=" · ".join(filter(None, (words.ago(event.happened_at, reader.now), who))),
    )


def _title(event: Event) -> str:
    if event.type is EventType.CONVERSATION_BOUND and event.changes and event.changes[0].new is None:
        return mark("Conversation unbound")
    if event.type is EventType.ACTIVITY_LOGGED:
        kind = next((change.new for change in event.changes if change.field == "kind"), ActivityKind.NOTE)
        return labels.ACTIVITIES[ActivityKind(kind)]
    return _HAPPENED[event.type]


def _undone(event: Event, undoes: Event | None, reader: Reader, names: Mapping[str, str]) -> str:
    """What was taken back; the kind of record and its name alone when it happened long before."""
    if undoes is None:
        return " · ".join(filter(None, (reader.words(labels.KINDS[event.record.kind]), _name(event, names))))
    said = (reader.words(_title(undoes)), _detail(undoes, reader, names))
    return " · ".join(filter(None, said))


def _detail(event: Event, reader: Reader, names: Mapping[str, str]) -> str:
    said = {change.field: change.new for change in event.changes}
    if event.type is EventType.TASK_DROPPED:
        return str(next((change.old for change in event.changes if change.field == "title"), ""))
    if event.type in ADDING:
        return str(said.get("text") or said.get("name") or said.get("title") or "")
    if event.type is EventType.CONVERSATION_BOUND:
        return ""
    shown = [change for change in event.changes if change.field not in _FOLLOWING][:_SHOWN_FIELDS]
    changed = reader.words("; ").join(
        reader.words(
            "{label}: {old} → {new}",
            label=labels.field(change.field, reader.words, event.record.kind),
            old=labels.value(change.field, change.old, reader, names, event.record.kind),
            new=labels.value(change.field, change.new, reader, names, event.record.kind),
        )
        for change in shown
    )
    return " · ".join(filter(None, (_name(event, names), changed)))


def _name(event: Event, names: Mapping[str, str]) -> str:
    """Which record it is about; the customer's own name stands above its timeline."""
    return "" if event.record.kind is Kind.CUSTOMER else labels.excerpt(names.get(event.record.id, ""), _NAME_SHOWN)
