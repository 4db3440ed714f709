"""assign CUSTOMER|TASK @MEMBER - hand a customer or a task to somebody else."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from cards import forms
from cards.forms import Filled
from cards.model import Button
from cards.receipts import receipt
from cards.words import mark
from commands.fieldtext import split_fields
from commands.model import Command, Context, Reply
from commands.pick import find_task
from commands.subjects import customer_or_bound, names_of, tasks_named
from core.actor import Role
from core.customers.model import Customer
from core.customers.service import assign_customer
from core.errors import InvalidInputError, NotFoundError
from core.ids import looks_like_id
from core.members.service import find_member
from core.patterns import late
from core.tasks.model import Task
from core.tasks.service import assign_task

# "Acme to @wei", "远航科技 给 @wei", "Acme @wei"
_TO = late(r"^(?P<what>.*?)(?:\s+to\s+|\s*(?:转给|交给|给)\s*|\s*(?=@))@?(?P<who>[^@\s][^@]*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Args:
    """What to hand over; to whom is empty when it was not said."""

    what: str
    who: str
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """``WHAT @WHO``, ``WHAT to WHO``; in a bound conversation ``@WHO`` alone."""
    text, written = split_fields(text, only=("assignee",))
    fields = fields or written
    found = _TO.match(text)
    if found:
        return Args(found["what"].strip(), fields.get("assignee") or found["who"].strip(), fields)
    return Args(text, fields.get("assignee", ""), fields)


def handle(args: Args, context: Context) -> Reply:
    """Hands it over, or asks to whom. Raises NotFoundError, AmbiguousError, NotAllowedError."""
    args = _completed(args, context)
    record = _record(args, context)
    if isinstance(record, Reply):
        return record
    if not args.who and args.fields:
        raise InvalidInputError("assignee", "missing")
    if not args.who:
        return Reply(form=forms.assign_form(f"assign {record.id}", context.words, Filled()))
    member = find_member(context.work, context.actor, args.who)
    name = record.name if isinstance(record, Customer) else record.title
    if isinstance(record, Customer):
        assign_customer(context.work, context.actor, record.id, member)
    else:
        assign_task(context.work, context.actor, record.id, member)
    customer_id = record.id if isinstance(record, Customer) else record.customer_id
    card = receipt(
        context.words("Handed over to {name}", name=member.name),
        name,
        context.work.events.recorded,
        context.reader,
        names={**names_of(context), **_teams(context), **tasks_named(context)},
        follow_ups=(Button(label=context.words("Open"), command=f"360 {customer_id}"),) if customer_id else (),
    )
    return Reply(cards=(card,))


def _completed(args: Args, context: Context) -> Args:
    """``Acme lin`` hands Acme to Lin, where lin is a member and Acme lin no customer."""
    what, _, who = args.what.rpartition(" ")
    if args.who or not what or context.work.names.exact(context.actor.scope, (args.what,)):
        return args
    with suppress(NotFoundError):
        return Args(what, find_member(context.work, context.actor, who).id, args.fields)
    return args


def _record(args: Args, context: Context) -> Customer | Task | Reply:
    """The customer of that name, else the task of these words, or a choice of tasks. Raises NotFoundError."""
    what = args.what
    if looks_like_id(what) and (task := context.work.tasks.by_id(context.actor.scope, what)):
        return task
    try:
        return customer_or_bound(context, what)
    except NotFoundError:
        with suppress(NotFoundError):
            return find_task(
                context,
                what,
                verb="assign",
                title=context.words("Hand over which task?"),
                rest=f"@{args.who}" if args.who else "",
            )
        raise


def _teams(context: Context) -> dict[str, str]:
    return {team.id: team.name for team in context.work.members.list_teams(context.actor.workspace_id)}


COMMAND = Command(
    verb="assign",
    aliases=("hand over", "transfer", "转交", "分配", "指派"),
    title=mark("Hand a customer or a task over"),
    usage=mark("assign CUSTOMER or TASK @MEMBER"),
    examples=("assign Northwind @demo", "assign send the quote @demo", "转交 远航科技 @demo"),
    parse=parse,
    handle=handle,
    writes=lambda args: bool(args.who or args.fields or " " in args.what),
    role=Role.REP,
    about_customer=True,
    group="write",
)
