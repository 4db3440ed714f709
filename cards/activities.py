"""What a logged visit, call, meeting or note answers, and how each part of its reading is corrected."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from cards import labels
from cards.model import (
    Actions,
    Button,
    Card,
    Element,
    Fact,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Menu,
    Option,
    Style,
)
from cards.reader import Reader
from cards.receipts import receipt
from cards.words import Words, mark
from core.activities.model import Activity, ActivityKind
from core.customers.model import Customer
from core.events.model import Event

_LOGGED = {
    ActivityKind.VISIT: mark("Visit logged"),
    ActivityKind.CALL: mark("Call logged"),
    ActivityKind.MEETING: mark("Meeting logged"),
    ActivityKind.NOTE: mark("Note kept"),
    ActivityKind.MESSAGE: mark("Message saved"),
}
KINDS = (ActivityKind.VISIT, ActivityKind.CALL, ActivityKind.MEETING, ActivityKind.NOTE)
MOST_BUTTONS = 6  # in a row, on the platform that shows the fewest
_OWN = 4  # of these are the receipt's own: the next step or the customer, correcting, opening and undoing


def activity_logged(  # noqa: PLR0913 - a receipt and what may follow from it
    activity: Activity,
    customer: Customer,
    events: Sequence[Event],
    reader: Reader,
    *,
    names: Mapping[str, str],
    offers: Sequence[tuple[str, str]],
    asks_next: bool,
    task_id: str = "",
    amount: bool = False,
    corrected: bool = False,
) -> Card:
    """How it was read, field by field; the follow-up task; who and what the line says of a deal, as (label, command)
    to press; and a menu to correct each part of the reading. ``task_id`` is the task that came of it.
    """
    words = reader.words
    kept = offers[: MOST_BUTTONS - _OWN + (not asks_next)]
    buttons: list[Element] = [Button(label=labels.excerpt(label, 60), command=command) for label, command in kept]
    if asks_next:
        buttons.append(Button(label=words("Plan the next step"), command=f"task {customer.id}", style=Style.PRIMARY))
    buttons += [
        Menu(label=words("Correct"), options=tuple(_corrections(activity, words, task_id, amount=amount))),
        Button(label=words("Open"), command=f"360 {customer.id}"),
    ]
    card = receipt(
        words("Corrected") if corrected else words(_LOGGED[activity.kind]),
        customer.name,
        events,
        reader,
        names=names,
        follow_ups=buttons,
        link=reader.page(customer.id),
    )
    return _with_reading(card, activity, reader, names) if corrected else card


def _with_reading(card: Card, activity: Activity, reader: Reader, names: Mapping[str, str]) -> Card:
    """The card with all that is kept of the line now, above what was corrected."""
    said = {
        "kind": str(activity.kind),
        "happened_at": activity.happened_at.isoformat(),
        "contact_ids": list(activity.contact_ids),
        "text": labels.excerpt(activity.text),
    }
    facts = tuple(
        Fact(label=labels.field(name, reader.words), value=labels.value(name, value, reader, names))
        for name, value in said.items()
        if value
    )
    heading, *others = card.blocks
    return msgspec.structs.replace(card, blocks=(heading, Facts(facts=facts), *others))


def _corrections(activity: Activity, words: Words, task_id: str, *, amount: bool) -> Iterator[Option]:
    """Each part of the reading that can have been wrong, with the line that asks for it alone."""
    parts = [
        (words("Another customer"), f"correct {activity.id} customer"),
        (words("Another kind"), f"correct {activity.id} kind"),
        (words("Another day"), f"correct {activity.id} day"),
        (words("Other people"), f"correct {activity.id} people"),
    ]
    if task_id:
        parts += [
            (words("Another day for the task"), f"correct {activity.id} due"),
            (words("Not a task"), f"correct {activity.id} notask"),
        ]
    if amount:
        parts.append((words("Another amount"), f"correct {activity.id} amount"))
    parts.append((words("Edit"), f"edit {activity.id}"))
    return (Option(label=label, value=command) for label, command in parts)


def which_kind(activity: Activity, customer_name: str, words: Words) -> Card:
    """What was it rather?"""
    title = words("What was this?")
    buttons = tuple(
        Button(label=words(labels.ACTIVITIES[kind]), command=f"correct {activity.id} kind {kind}")
        for kind in KINDS
        if kind is not activity.kind
    )
    blocks = (Heading(text=title, detail=customer_name), Actions(elements=buttons))
    return Card(summary=title, blocks=blocks, language=words.language)


_INPUTS = {
    "customer": ("customer", InputKind.CUSTOMER, ""),
    "day": ("happened", InputKind.TEXT, mark("today, yesterday 3pm")),
    "people": ("contacts", InputKind.TEXT, ""),
    "due": ("due", InputKind.TEXT, mark("tomorrow 3pm, next Tue, 2 Dec")),
    "amount": ("amount", InputKind.MONEY, mark("30万, $1.2M, 12,500 EUR")),
}


def correction_form(activity: Activity, part: str, words: Words, *, value: str = "", shown: str = "") -> Form:
    """The one part that is asked for, with what it is at present."""
    name, kind, placeholder = _INPUTS[part]
    hint = words("Names, separated by commas; who is not known yet is added") if part == "people" else ""
    asked = Input(
        name=name,
        label=labels.field(name, words),
        kind=kind,
        value=value,
        value_label=shown,
        required=part != "people",
        placeholder=words(placeholder) if placeholder else "",
        hint=hint,
    )
    return Form(command=f"correct {activity.id} {part}", title=words("Correct"), inputs=(asked,), submit=words("Save"))
