"""correct ACTIVITY PART [VALUE] - put right how one part of a line was read; pressed on a receipt, never typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from cards.activities import correction_form, which_kind
from cards.words import mark
from commands import values
from commands.dealline import currency_for
from commands.fieldtext import split_form
from commands.hearing import hear
from commands.logged import card_of
from commands.logging import happened_instant
from commands.model import Command, Context, Reply
from core.activities.correcting import (
    activity_to_correct,
    correct_customer,
    correct_day,
    correct_kind,
    correct_people,
    follow_up_of,
)
from core.activities.model import Activity, ActivityKind
from core.actor import Role
from core.amounts import FoundAmount
from core.capture import Captured, capture
from core.contacts.model import Contact
from core.contacts.service import add_contact
from core.customers.service import get_customer
from core.errors import InvalidInputError, NotFoundError
from core.patterns import late
from core.search.service import find_customer
from core.tasks.service import drop_task, edit_task

_PEOPLE = 50  # of a customer
_INPUTS = ("customer", "happened", "contacts", "due", "amount")  # each the one of its form
_COMMAS = late(r"[,，、;；]")


@dataclass(frozen=True, slots=True)
class Args:
    """Which activity, which part of it, and what it is to be; empty asks."""

    activity: str
    part: str
    value: str = ""
    submitted: bool = False


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """``ID PART VALUE``, or a form of the one field that was asked for."""
    activity, part, value = (*text.split(None, 2), "", "", "")[:3]
    lines = (split_form(value, (name,), needed=(name,)) for name in _INPUTS)
    said = fields or next(filter(None, lines), {})
    return Args(activity, part, next(iter(said.values()), value).strip(), submitted=bool(fields))


def has_value(args: Args) -> bool:
    """Whether something is to be changed; otherwise the part is asked for."""
    return args.submitted or bool(args.value) or args.part == "notask"


class _Part(NamedTuple):
    """How a part is corrected, and what it is at present, as a form shows it: a value and its label."""

    correct: Callable[[Context, Activity, str], Activity]
    present: Callable[[Context, Activity], tuple[str, str]]


def handle(args: Args, context: Context) -> Reply:
    """Asks for the part, or corrects it. Raises NotFoundError, InvalidInputError, NotAllowedError."""
    activity = activity_to_correct(context.work, context.actor, args.activity)
    customer = get_customer(context.work, context.actor, activity.customer_id)
    if args.part == "kind" and not args.value:
        return Reply(cards=(which_kind(activity, customer.name, context.words),))
    if args.part == "amount" and args.value:
        return _another_amount(context, activity, args.value)
    part = _PARTS.get(args.part)
    if part is None:
        raise NotFoundError("activity", args.part)
    if not has_value(args):
        value, shown = part.present(context, activity)
        return Reply(form=correction_form(activity, args.part, context.words, value=value, shown=shown))
    return _answered(context, part.correct(context, activity, args.value))


def _answered(context: Context, activity: Activity, captured: Captured | None = None) -> Reply:
    """The receipt anew, in the place of the one that was corrected."""
    customer = get_customer(context.work, context.actor, activity.customer_id)
    read = captured or capture(activity.text, context.local_now, context.locale)
    people = _people(context, activity)
    heard = hear(context, activity.text, customer=customer, kind=str(activity.kind))
    known = {person.name.casefold() for person in people}
    card = card_of(
        context,
        activity,
        customer,
        read,
        people=people,
        new=[name for name in heard.new_contacts if name.casefold() not in known],
        task=follow_up_of(context.work, context.actor, activity),
        corrected=True,
    )
    return Reply(cards=(card,), replace=bool(context.incoming.token) and context.incoming.fields is None)


def _people(context: Context, activity: Activity) -> list[Contact]:
    found = (context.work.contacts.by_id(context.actor.scope, id_) for id_ in activity.contact_ids)
    return [contact for contact in found if contact is not None]


# --- the parts


def _customer(context: Context, activity: Activity, asked: str) -> Activity:
    customer = find_customer(context.work, context.actor, asked)
    return correct_customer(context.work, context.actor, activity, customer)


def _kind(context: Context, activity: Activity, asked: str) -> Activity:
    try:
        kind = ActivityKind(asked)
    except ValueError:
        raise InvalidInputError("kind", "unknown_choice", value=asked, choices=tuple(ActivityKind)) from None
    return correct_kind(context.work, context.actor, activity, kind)


def _day(context: Context, activity: Activity, asked: str) -> Activity:
    if not asked:
        raise InvalidInputError("happened", "missing")
    return correct_day(context.work, context.actor, activity, happened_instant(context, asked))


def _with(context: Context, activity: Activity, asked: str) -> Activity:
    names = [name.strip() for name in _COMMAS.split(asked) if name.strip()]
    people = tuple(_person(context, activity, name) for name in dict.fromkeys(names))
    return correct_people(context.work, context.actor, activity, people)


def _also_with(context: Context, activity: Activity, asked: str) -> Activity:
    people = (*_people(context, activity), _person(context, activity, asked))
    return correct_people(context.work, context.actor, activity, people)


def _person(context: Context, activity: Activity, name: str) -> Contact:
    """The customer's contact of that name, added when there is none."""
    known = context.work.contacts.list_of_customer(context.actor.scope, activity.customer_id, limit=_PEOPLE)
    found = next((contact for contact in known if contact.name.casefold() == name.casefold()), None)
    customer = get_customer(context.work, context.actor, activity.customer_id)
    return found or add_contact(context.work, context.actor, customer, name=name)


def _due(context: Context, activity: Activity, asked: str) -> Activity:
    task = follow_up_of(context.work, context.actor, activity)
    if task is None:
        raise NotFoundError("task", activity.next_step)
    if not asked:
        raise InvalidInputError("due", "missing")
    edit_task(context.work, context.actor, task.id, due=values.due(context, asked))
    return activity


def _no_task(context: Context, activity: Activity, _asked: str) -> Activity:
    task = follow_up_of(context.work, context.actor, activity)
    if task is None:
        raise NotFoundError("task", activity.next_step)
    drop_task(context.work, context.actor, task.id)
    return activity


def _another_amount(context: Context, activity: Activity, asked: str) -> Reply:
    """An amount is only offered for a deal; read otherwise, it is offered anew."""
    money = values.amount(asked, currency_for(context, activity.customer_id, asked))
    read = capture(activity.text, context.local_now, context.locale)
    found = FoundAmount(money, money.amount, money.currency, (0, 0), asked) if money else None
    return _answered(context, activity, replace(read, amount=found))


# --- what a part is at present


def _customer_now(context: Context, activity: Activity) -> tuple[str, str]:
    return activity.customer_id, get_customer(context.work, context.actor, activity.customer_id).name


def _day_now(context: Context, activity: Activity) -> tuple[str, str]:
    return f"{activity.happened_at.astimezone(context.words.zone):%Y-%m-%d %H:%M}", ""


def _people_now(context: Context, activity: Activity) -> tuple[str, str]:
    return ", ".join(contact.name for contact in _people(context, activity)), ""


def _due_now(context: Context, activity: Activity) -> tuple[str, str]:
    task = follow_up_of(context.work, context.actor, activity)
    if task is None:
        return "", ""
    local = task.due_at.astimezone(context.words.zone) if task.due_at else None
    return f"{local:%Y-%m-%d %H:%M}" if local else str(task.due_on or ""), ""


def _amount_now(context: Context, activity: Activity) -> tuple[str, str]:
    read = capture(activity.text, context.local_now, context.locale).amount
    return (read.matched if read else ""), ""


def _nothing_now(_context: Context, _activity: Activity) -> tuple[str, str]:
    return "", ""


_PARTS: Mapping[str, _Part] = {
    "customer": _Part(_customer, _customer_now),
    "kind": _Part(_kind, _nothing_now),
    "day": _Part(_day, _day_now),
    "people": _Part(_with, _people_now),
    "person": _Part(_also_with, _nothing_now),
    "due": _Part(_due, _due_now),
    "notask": _Part(_no_task, _nothing_now),
    "amount": _Part(lambda _context, activity, _asked: activity, _amount_now),
}


COMMAND = Command(
    verb="correct",
    aliases=("更正",),
    title=mark("Correct how a line was read"),
    usage=mark("correct, on a receipt"),
    examples=("correct", "更正"),
    parse=parse,
    handle=handle,
    writes=has_value,
    role=Role.REP,
    hidden=True,
    group="log",
)
