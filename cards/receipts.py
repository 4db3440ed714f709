"""What a command changed, field by field, with the way to take it back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cards import labels
from cards.model import Actions, Block, Button, Card, Context, Element, Fact, Facts, Heading, Text, Tone
from cards.reader import Reader
from core.events.model import ADDING, Change, Event, EventType, Kind

# Said by the card's title already, or follow from another field that is shown.
_LEFT_OUT = frozenset({"customer_id", "team_id", "creator_id", "author_id", "activity_id", "kind", "deal_id"})
_IMPLIED = frozenset({"closed_at", "done_at"})  # the stage or the title says it
_USUAL = ("normal", "unknown")  # what a new record has when nobody says otherwise


def changed_facts(event: Event, reader: Reader, names: Mapping[str, str]) -> tuple[Fact, ...]:
    """The fields an event changed: the new value alone for a new record, old → new for an edit."""
    timed = event.type is EventType.TASK_ASSIGNED or any(
        change.field == "due_at" and change.new for change in event.changes
    )
    doubled = {"due_on"} if timed else set()  # the day of a time, as it is where the assignee is
    return tuple(
        Fact(
            label=labels.field(change.field, reader.words, event.record.kind),
            value=_change(event, change.field, change.old, change.new, reader, names),
        )
        for change in event.changes
        if not _goes_without_saying(event, change) and change.field not in doubled
    )


def _goes_without_saying(event: Event, change: Change) -> bool:
    if change.field in _IMPLIED:
        return True
    if event.type is EventType.CONVERSATION_BOUND:  # the title names the customer; one that was left is news
        return change.old is None or change.new is None
    return event.type in ADDING and (change.field in _LEFT_OUT or change.new in _USUAL)


def _change(event: Event, name: str, old: object, new: object, reader: Reader, names: Mapping[str, str]) -> str:
    after = labels.value(name, new, reader, names, event.record.kind)
    if event.type in ADDING:
        return after
    return f"{labels.value(name, old, reader, names, event.record.kind)} → {after}"


def receipt(  # noqa: PLR0913 - a receipt is what was done, to what, for whom, and what may follow
    title: str,
    about: str,
    events: Sequence[Event],
    reader: Reader,
    *,
    names: Mapping[str, str],
    follow_ups: Iterable[Element] = (),
    notice: str = "",
    link: str = "",
) -> Card:
    """The receipt of one command. ``about`` names the record; ``notice`` says what else a member should know.

    ``follow_ups`` are the buttons for what people do next; Undo stands last.
    """
    words = reader.words
    blocks: list[Block] = [Heading(text=title, detail=about), *_sections(about, events, reader, names)]
    if not events:
        blocks.append(Text(text=words("Nothing changed: it was so already.")))
    if notice:
        blocks.append(Text(text=notice, tone=Tone.WARNING))
    elements = list(follow_ups)
    if events:
        elements.append(Button(label=words("Undo"), command=f"undo {events[0].receipt_id}"))
        blocks.append(
            Context(text=words("Saved {time}. Undo within 10 minutes.", time=words.moment(reader.now, reader.now)))
        )
    if elements:
        blocks.append(Actions(elements=tuple(elements)))
    summary = f"{title}: {about}" if about else title
    return Card(summary=summary, blocks=tuple(blocks), tone=Tone.GOOD, link=link, language=words.language)


def _sections(about: str, events: Sequence[Event], reader: Reader, names: Mapping[str, str]) -> Iterator[Block]:
    """What each event changed, under the kind of its record; nothing that the heading or another section says."""
    raises_task = any(event.type is EventType.TASK_ADDED for event in events)
    for event in events:
        if len(events) > 1 and (event is not events[0] or event.type is EventType.CUSTOMER_ADDED):
            yield Context(text=_kind_of(event, reader, names))
        told = {"next_step"} if raises_task and event.record.kind is Kind.ACTIVITY else set()
        if event is events[0]:
            told |= {change.field for change in event.changes if _is_heading(change, about)}
        kept = tuple(change for change in event.changes if change.field not in told)
        if facts := changed_facts(replace(event, changes=kept), reader, names):
            yield Facts(facts=facts)


def _is_heading(change: Change, about: str) -> bool:
    """Whether a new record's name is what the heading says: alone, or before its customer's."""
    return change.field in {"name", "title"} and not change.old and f"{about} · ".startswith(f"{change.new} · ")


def _kind_of(event: Event, reader: Reader, names: Mapping[str, str]) -> str:
    kind, name = reader.words(labels.KINDS[event.record.kind]), names.get(event.record.id, "")
    return reader.words("{label}: {value}", label=kind, value=name) if name and event.type not in ADDING else kind


def undone(events: Sequence[Event], reader: Reader, names: Mapping[str, str]) -> Card:
    """What was taken back: added records are gone, edited fields are as they were."""
    words = reader.words
    blocks: list[Block] = [Heading(text=words("Undone"))]
    for event in events:
        kind = words(labels.KINDS[event.record.kind])
        name = names.get(event.record.id) or _name(event)
        if event.type in ADDING:
            blocks.append(Text(text=words("{kind} taken back: {name}", kind=kind, name=name)))
        elif event.type is EventType.TASK_DROPPED:
            blocks.append(Text(text=words("{kind} is back: {name}", kind=kind, name=name)))
        else:
            blocks.append(Text(text=_kind_of(event, reader, names)))
            blocks.append(Facts(facts=tuple(_put_back(event, change, reader, names) for change in _telling(event))))
    blocks.append(Context(text=words("The timeline keeps both, what was done and that it was undone.")))
    return Card(summary=words("Undone"), blocks=tuple(blocks), tone=Tone.GOOD, language=words.language)


def _telling(event: Event) -> list[Change]:
    """The changes without those that follow from another one: a stage's closing, an owner's team."""
    said = [change for change in event.changes if change.field not in {"closed_at", "team_id"}]
    return said or list(event.changes)


def _put_back(event: Event, change: Change, reader: Reader, names: Mapping[str, str]) -> Fact:
    now, before = (
        labels.value(change.field, value, reader, names, event.record.kind) for value in (change.new, change.old)
    )
    return Fact(label=labels.field(change.field, reader.words, event.record.kind), value=f"{now} → {before}")


def _name(event: Event) -> str:
    """What an added record was called, from the event itself."""
    said = {change.field: change.new for change in event.changes}
    return labels.excerpt(str(said.get("name") or said.get("title") or said.get("text") or ""), 80)
