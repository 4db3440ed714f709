"""tell LINE, or the line alone: what was done or is to be done, told without a verb; asks one thing when unsure."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cards.words import mark
from commands import lookup
from commands.hearing import hear
from commands.logged import Told, follow_up_title, logged, told_by_line
from commands.model import Command, Context, Reply, always
from commands.task import Wanted, mentioned_member, raised
from commands.unsure import SURE_WHO, about_customer, unsure
from core import when
from core.activities.model import ActivityKind
from core.actor import Role
from core.capture import Captured
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.customers.service import add_customer, get_customer
from core.tasks.service import Due

if TYPE_CHECKING:
    from core.capture.understanding import Understood

_IDLE = frozenset({"lookup", "none"})
_CHOICES = frozenset({"customer", "new", "kind", "due"})


@dataclass(frozen=True, slots=True)
class Args:
    """The line, and what was chosen when it was asked about: a customer, a kind, what the day is."""

    text: str
    chosen: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """``{"kind": "visit"} the line``: the answers that buttons put before it, and the line."""
    if not text.startswith("{"):
        return Args(text)
    try:
        chosen, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):  # typed so, by nobody's button
        return Args(text)
    if not isinstance(chosen, dict) or not chosen.keys() <= _CHOICES:
        return Args(text)
    return Args(text[end:].strip(), {name: str(value) for name, value in chosen.items()})


def takes(text: str, slipped: Callable[[], bool]) -> bool:
    """Whether a line without a verb may be a log; one whose first word is a slip of a verb is mended rather."""
    # Imported with the first line that has several words: a bare name is looked up without it.
    if " " not in text and text.isascii():
        return False
    from core.capture.cues import begins_as_log, may_be_log  # noqa: PLC0415

    return may_be_log(text) and (begins_as_log(text) or not slipped())


def handle(args: Args, context: Context) -> Reply:
    """Keeps it, asks one thing, or looks it up. Raises NotFoundError, InvalidInputError, NotAllowedError."""
    if not args.chosen and context.work.names.exact(context.actor.scope, (args.text,)):
        return lookup.handle(lookup.Args(args.text), context)
    heard = _heard(args, context)
    if heard.intent in _IDLE:
        return lookup.handle(lookup.Args(args.text), context)
    context.actor.require(Role.REP, "log_activity")
    asked = unsure(context, args.text, heard, args.chosen)
    return asked or _kept(args, heard, context)


def _heard(args: Args, context: Context) -> "Understood":
    """The line with what was chosen; where it names no customer, of the one that its conversation is about."""
    customer, kind = _chosen_customer(args, context), args.chosen.get("kind")
    heard = hear(context, args.text, customer=customer, kind=kind)
    if heard.customer or heard.choices or heard.unknown_company or heard.intent == "lookup":
        return heard
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    return hear(context, args.text, customer=bound, kind=kind) if bound else heard


def _chosen_customer(args: Args, context: Context) -> Customer | None:
    if "new" in args.chosen:
        return add_customer(context.work, context.actor, name=args.chosen["new"])
    return get_customer(context.work, context.actor, args.chosen["customer"]) if "customer" in args.chosen else None


def _kept(args: Args, heard: "Understood", context: Context) -> Reply:
    customer = get_customer(context.work, context.actor, heard.customer.id) if heard.customer else None
    captured = _settled(context, heard.captured, args.chosen.get("due", ""))
    if heard.intent == "task" or customer is None:
        return _task(context, args.text, captured, customer)
    kind = ActivityKind.NOTE if heard.intent == "deal" else ActivityKind(heard.intent)
    return logged(kind, told_by_line(context, customer, args.text, captured), context)


def _settled(context: Context, captured: Captured, due: str) -> Captured:
    """What was read, after the answer to what its day is."""
    todo = captured.followup
    if todo is None or due not in {"no", "happened"}:
        return captured
    past = when.read(todo.matched, context.local_now, context.locale, past=True) if due == "happened" else None
    return replace(captured, followup=None, happened=past.start.date() if past else captured.happened)


def _task(context: Context, text: str, captured: Captured, customer: Customer | None) -> Reply:
    todo = captured.followup
    title = follow_up_title(context, todo.text, customer.name if customer else "", line=text) if todo else text
    due = Due(todo.date, todo.time, context.actor.zone) if todo else None
    wanted = Wanted(title=title, customer=customer, due=due, assignee_id=mentioned_member(context, text))
    return raised(context, wanted)


def named_anywhere(kind: ActivityKind, text: str, context: Context) -> Told | Reply | None:
    """For a line with a verb whose customer stands behind somebody's name: met Ada at Acme. None when none does."""
    heard = hear(context, text, kind=str(kind))
    if heard.customer and heard.customer_at > 0 and heard.confidence["customer"] >= SURE_WHO:
        customer = get_customer(context.work, context.actor, heard.customer.id)
        return told_by_line(context, customer, text, heard.captured)
    if heard.customer is None and heard.unknown_company and heard.new_contacts:
        return about_customer(context, text, heard, {"kind": str(kind)})
    return None


COMMAND = Command(
    verb="tell",
    aliases=("jot", "jot down", "log a", "log an", "记一笔", "随手记"),
    title=mark("Log a line as you would say it"),
    usage=mark("just say it: whom, what, with whom, what comes next and when"),
    examples=(
        "had lunch with Ada Bell at Northwind, send the quote by Friday",
        "刚跟远航科技林晓通完电话 下周三跟进 30万",
    ),
    parse=parse,
    handle=handle,
    writes=always,
    takes=takes,
    group="log",
)
