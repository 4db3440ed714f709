"""What a logged visit, call, meeting or note answers."""

from collections.abc import Mapping, Sequence

from cards import labels
from cards.model import Button, Card, Element, Style
from cards.reader import Reader
from cards.receipts import receipt
from cards.words import mark
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


def activity_logged(  # noqa: PLR0913 - a receipt and what may follow from it
    activity: Activity,
    customer: Customer,
    events: Sequence[Event],
    reader: Reader,
    *,
    names: Mapping[str, str],
    offers: Sequence[tuple[str, str]],
    asks_next: bool,
) -> Card:
    """How it was read, field by field; the follow-up task; what the line says of a deal, as (label, command) to
    press.
    """
    words = reader.words
    buttons: list[Element] = [Button(label=labels.excerpt(label, 60), command=command) for label, command in offers]
    if asks_next:
        buttons.append(Button(label=words("Plan the next step"), command=f"task {customer.id}", style=Style.PRIMARY))
    buttons += [
        Button(label=words("Edit"), command=f"edit {activity.id}"),
        Button(label=words("Open"), command=f"360 {customer.id}"),
    ]
    return receipt(
        words(_LOGGED[activity.kind]),
        customer.name,
        events,
        reader,
        names=names,
        follow_ups=buttons,
        link=reader.page(customer.id),
    )
