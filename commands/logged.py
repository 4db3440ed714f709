"""Keeps what was told - the activity and what follows from it - and answers with the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from cards.activities import activity_logged
from cards.model import Card
from commands.hearing import hear
from commands.model import Context, Reply
from commands.offers import offers
from commands.subjects import names_of
from core import when
from core.activities.model import Activity, ActivityKind
from core.activities.service import Details, log_activity
from core.capture import Captured
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.ports import DealFilter
from core.tasks.model import Task
from core.tasks.service import About, Due, add_task

NOON = time(12)  # when something happened on a day of which no more is said
_CONTACTS_READ = 50  # of a customer, to recognise the names in a line
_DEALS_SHOWN = 2
_NEW_OFFERED = 2
_WITH_PEOPLE = frozenset({ActivityKind.VISIT, ActivityKind.CALL, ActivityKind.MEETING})
# A next step that says nothing by itself; the task is then named after the customer.
_NO_MORE_THAN_FOLLOW_UP = frozenset({"", "follow up", "follow-up", "followup", "跟进", "再跟进", "回访"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a line or a form says was done."""

    customer: Customer
    text: str
    captured: Captured
    said: str = ""  # more of the line, in which people are named; the text when empty
    happened_at: datetime | None = None
    place: str = ""
    outcome: str = ""
    next_step: str = ""
    due: Due | None = None


def told_by_line(context: Context, customer: Customer, text: str, captured: Captured) -> Told:
    """What a line tells of a customer: when it happened and what comes next."""
    followup, happened_at = captured.followup, None
    if captured.happened and captured.happened != context.today:
        clock = _clock_of(context, text, captured.happened)
        local = datetime.combine(captured.happened, clock, context.words.zone)
        happened_at = min(local.astimezone(ZoneInfo("UTC")), context.now)
    return Told(
        customer=customer,
        text=text,
        captured=captured,
        happened_at=happened_at,
        next_step=followup.text if followup else "",
        due=Due(followup.date, followup.time, context.actor.zone) if followup else None,
    )


def _clock_of(context: Context, text: str, day: date) -> time:
    """The time of day that a text says of a day that is over; noon when it says none."""
    found = when.find(text, context.local_now, context.locale, past=True)
    said = (each.start.time() for each in found if each.start.date() == day and each.kind == "datetime")
    return next(said, NOON)


def logged(kind: ActivityKind, told: Told, context: Context) -> Reply:
    """Keeps it. Raises InvalidInputError, NotAllowedError."""
    present, new = _people(context, told, kind)
    activity = log_activity(
        context.work,
        context.actor,
        told.customer,
        kind,
        Details(
            text=told.text,
            contact_ids=tuple(contact.id for contact in present),
            place=told.place,
            outcome=told.outcome,
            next_step=told.next_step,
            happened_at=told.happened_at,
        ),
    )
    task = _follow_up(context, told, activity)
    card = card_of(context, activity, told.customer, told.captured, people=present, new=new, task=task)
    return Reply(cards=(card,), replace=bool(context.incoming.token) and context.incoming.fields is None)


def card_of(  # noqa: PLR0913 - a receipt is of an activity and all that came with it
    context: Context,
    activity: Activity,
    customer: Customer,
    captured: Captured,
    *,
    people: Sequence[Contact],
    new: Sequence[str],
    task: Task | None,
    corrected: bool = False,
) -> Card:
    """The receipt: how the line was read, what it offers, and how each part is corrected."""
    wanted = DealFilter(customer_id=customer.id)
    deals = context.work.deals.list_some(context.actor.scope, wanted, limit=_DEALS_SHOWN)
    return activity_logged(
        activity,
        customer,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, customer, *people),
        offers=(*_introductions(context, activity, new), *offers(context, customer, captured, deals)),
        asks_next=task is None and activity.kind is not ActivityKind.NOTE,
        task_id=task.id if task else "",
        amount=captured.amount is not None,
        corrected=corrected,
    )


def _introductions(context: Context, activity: Activity, new: Sequence[str]) -> list[tuple[str, str]]:
    """People who are not known yet, to be added and to have taken part."""
    words = context.words
    return [(words("Add {name}", name=name), f"correct {activity.id} person {name}") for name in new[:_NEW_OFFERED]]


def _people(context: Context, told: Told, kind: ActivityKind) -> tuple[list[Contact], tuple[str, ...]]:
    """The customer's contacts whom the text names, and the names of those who are not known."""
    contacts = context.work.contacts.list_of_customer(context.actor.scope, told.customer.id, limit=_CONTACTS_READ)
    if not contacts and kind not in _WITH_PEOPLE:
        return [], ()
    line = told.said or told.text
    heard = hear(context, line, customer=told.customer, kind=str(kind))
    ids, said = {person.id for person in heard.contacts}, line.casefold()
    present = [contact for contact in contacts if contact.id in ids or contact.name.casefold() in said]
    return present, heard.new_contacts if kind in _WITH_PEOPLE else ()


def follow_up_title(context: Context, said: str, name: str, *, line: str = "") -> str:
    """A task's words; one that says no more than to follow up is named after the customer, as the line speaks."""
    if said.strip().casefold() not in _NO_MORE_THAN_FOLLOW_UP:
        return said
    words = context.words_of(said or line)
    return words("Follow up with {name}", name=name) if name else words("Follow up")


def _follow_up(context: Context, told: Told, activity: Activity) -> Task | None:
    """The task that the line or form asks for: a next step, a day for one, or both."""
    if told.due is None and not told.next_step:
        return None
    title = follow_up_title(context, told.next_step, told.customer.name, line=told.text)
    about = About(customer=told.customer, activity=activity)
    return add_task(context.work, context.actor, title, due=told.due, about=about)
