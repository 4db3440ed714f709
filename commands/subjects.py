"""What a line is about: the customer it names, or the one its conversation is bound to; the member behind an @."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from commands.model import Context
from core.actor import Scope
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.errors import InvalidInputError, NotFoundError
from core.events.model import Event, Kind
from core.ids import MemberId
from core.members.model import Member
from core.members.service import find_member
from core.search.leading import split_leading_name
from core.search.service import find_customer


@dataclass(frozen=True, slots=True)
class Subject:
    """A customer and what is said of it."""

    customer: Customer
    rest: str


def customer_or_bound(context: Context, asked: str) -> Customer:
    """The customer ``asked`` for, or the conversation's own when nothing is asked.

    Raises NotFoundError, AmbiguousError, and InvalidInputError when there is neither.
    """
    if asked:
        return find_customer(context.work, context.actor, asked)
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    if bound is None:
        raise InvalidInputError("customer", "missing")
    return bound


def subject_of(context: Context, text: str) -> Subject:
    """The customer a line begins with and the rest of it; in a bound conversation the name may be left out."""
    if text.startswith((":", "：")):
        return Subject(customer_or_bound(context, ""), text[1:].strip())
    leading = split_leading_name(context.work, context.actor, text)
    if not leading.sure:
        bound = bound_customer(context.work, context.actor, context.incoming.place)
        if bound is not None:
            return Subject(bound, text)
    return Subject(find_customer(context.work, context.actor, leading.name), leading.rest)


def optional_subject(context: Context, text: str) -> tuple[Customer | None, str]:
    """Like ``subject_of``, for a line that need not be about a customer: then the whole line is the rest.

    A line that begins with a colon or with an @mention names no customer.
    """
    named = not text.startswith((":", "：", "@"))
    leading = split_leading_name(context.work, context.actor, text) if named else None
    if leading is not None and leading.sure:
        return find_customer(context.work, context.actor, leading.name), leading.rest
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    if bound is None and leading is not None and leading.likely:
        return find_customer(context.work, context.actor, leading.name), leading.rest
    return bound, text.lstrip(":：").strip()


def member_id(context: Context, asked: str) -> MemberId:
    """The member meant by ``asked``, or the one who asks when it is empty. Raises NotFoundError."""
    return find_member(context.work, context.actor, asked).id if asked.strip() else context.actor.member_id


def customer_or_member(context: Context, asked: str) -> Customer | Member:
    """Whose list is meant: a member's behind an @, else a customer's, else a member's by name.

    Raises NotFoundError, AmbiguousError.
    """
    if asked.startswith("@"):
        return find_member(context.work, context.actor, asked)
    try:
        return find_customer(context.work, context.actor, asked)
    except NotFoundError as missing:
        with suppress(NotFoundError):
            return find_member(context.work, context.actor, asked)
        raise missing from None


def names_of(context: Context, *records: object) -> dict[str, str]:
    """Names by id for a receipt: every member's, and those of ``records``."""
    names = context.work.members.names(context.actor.workspace_id)
    for record in records:
        names[record.id] = getattr(record, "name", "") or getattr(record, "title", "")  # type: ignore[attr-defined]
    return names


def customers_named(context: Context, events: Iterable[Event]) -> dict[str, str]:
    """The names by id of the customers that conversations were tied to or untied from."""
    said = [change for event in events if event.record.kind is Kind.CONVERSATION for change in event.changes]
    ids = {id_ for change in said for id_ in (change.old, change.new) if id_}
    found = (context.work.customers.by_id(context.actor.scope, id_) for id_ in ids)
    return {customer.id: customer.name for customer in found if customer is not None}


def tasks_named(context: Context) -> dict[str, str]:
    """The titles by id of the tasks that this command changed, whoever may see them now."""
    whole = Scope(context.actor.workspace_id, everything=True)
    ids = [event.record.id for event in context.work.events.recorded if event.record.kind is Kind.TASK]
    found = (context.work.tasks.by_id(whole, id_) for id_ in ids)
    return {task.id: task.title for task in found if task is not None}
