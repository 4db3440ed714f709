"""next-step ACTIVITY tomorrow|week|nothing - the answer to what happens next; pressed, never typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cards.model import Button
from cards.receipts import receipt
from cards.reminders import nothing_next
from cards.words import mark
from commands.model import Command, Context, Reply
from commands.subjects import names_of
from core.activities.service import get_activity
from core.actor import Role
from core.customers.service import get_customer
from core.errors import InvalidInputError
from core.tasks.service import About, Due, add_task


@dataclass(frozen=True, slots=True)
class Args:
    """After which visit, and when: ``tomorrow``, ``week`` or ``nothing``."""

    activity: str
    answer: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """An id and a word."""
    activity, _, answer = text.partition(" ")
    return Args(activity, answer)


def handle(args: Args, context: Context) -> Reply:
    """Raises the follow-up, in the place of the question. Raises NotFoundError, InvalidInputError."""
    activity = get_activity(context.work, context.actor, args.activity)
    customer = get_customer(context.work, context.actor, activity.customer_id)
    if args.answer == "nothing":
        return Reply(cards=(nothing_next(customer.name, context.reader),), replace=True)
    words = context.words
    title, due = words("Follow up with {name}", name=customer.name), Due(_day(args.answer, context.today))
    task = add_task(context.work, context.actor, title, due=due, about=About(customer=customer, activity=activity))
    card = receipt(
        words("Task raised"),
        customer.name,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, customer),
        follow_ups=(
            Button(label=words("Edit"), command=f"edit {task.id}"),
            Button(label=words("Open"), command=f"360 {customer.id}"),
        ),
    )
    return Reply(cards=(card,), replace=True)


def _day(answer: str, today: date) -> date:
    """The next day, or Monday of the next week."""
    if answer == "tomorrow":
        return today + timedelta(days=1)
    if answer == "week":
        return today + timedelta(days=7 - today.weekday())
    raise InvalidInputError("due", "unknown_date", value=answer)


COMMAND = Command(
    verb="next-step",
    aliases=("后续安排",),
    title=mark("What happens next"),
    usage=mark("next-step: the buttons under the question"),
    examples=(),
    parse=parse,
    handle=handle,
    writes=lambda args: args.answer != "nothing",
    role=Role.REP,
    hidden=True,
    group="plan",
)
