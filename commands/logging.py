"""visit|call|meeting|note CUSTOMER: TEXT - log what was done; a follow-up that the line names becomes a task."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cards import forms
from cards.forms import Filled
from cards.model import Form
from cards.words import mark
from commands import lookup, values
from commands.fieldtext import split_form
from commands.freely import named_anywhere
from commands.hearing import customer_in_full
from commands.logged import NOON, Told, logged, told_by_line
from commands.model import Command, Context, Quoted, Reply
from commands.subjects import customer_or_bound, subject_of
from core.activities.model import ActivityKind
from core.actor import Role
from core.capture import Captured, capture
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.errors import InvalidInputError, NotFoundError
from core.ids import looks_like_id
from core.patterns import late
from core.search.service import find_customer

_MOST_IN_NAME = 6  # blanks
_WITH = late(r"^(?:with|at|to)\s+", re.IGNORECASE)
_INPUTS = ("customer", "text", "happened", "place", "outcome", "next_step", "due")  # of the form


@dataclass(frozen=True, slots=True)
class Args:
    """``text`` is the line behind the verb; ``fields`` are the form's."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The line as it is: whom it is about only the names in the database tell; ``met with Acme`` is about Acme."""
    return Args(_WITH.sub("", text), fields or split_form(text, _INPUTS, needed=("customer", "text")) or {})


def has_words(args: Args) -> bool:
    """Whether there is something to log; a bare verb or one with an id (a button's) opens the form."""
    return bool(args.fields) or bool(args.text and not looks_like_id(args.text))


def handler(kind: ActivityKind) -> Callable[[Args, Context], Reply]:
    """The handler of one kind of activity."""

    def handle(args: Args, context: Context) -> Reply:
        """Logs it. Raises NotFoundError, AmbiguousError, InvalidInputError."""
        if not args.fields and _is_a_name(context):
            return lookup.handle(lookup.Args(context.incoming.text.strip()), context)
        told = _from_form(args.fields, context) if args.fields else _from_line(kind, args.text, context)
        if told is None:
            return Reply(form=_form(kind, args, context))
        return told if isinstance(told, Reply) else logged(kind, told, context)

    return handle


def _is_a_name(context: Context) -> bool:
    """Whether the whole line, verb and all, is what a customer is called: Call Center Ltd."""
    typed = context.incoming.text.strip()
    return typed.count(" ") < _MOST_IN_NAME and bool(context.work.names.exact(context.actor.scope, (typed,)))


def _form(kind: ActivityKind, args: Args, context: Context) -> Form:
    """The form, with the customer that was typed, that the conversation is about, or whom the message names that is
    to be saved.
    """
    customer, quoted = _customer_of(args.text, context), context.incoming.quoted
    known: dict[str, str] = {"customer": customer.id} if customer else {}
    shown = {"customer": customer.name} if customer else {}
    if quoted:
        known["text"] = quoted_text(quoted)
    return forms.log_form(kind, context.words, Filled(known, shown))


def _customer_of(asked: str, context: Context) -> Customer | None:
    if asked:
        return customer_or_bound(context, asked)
    quoted = context.incoming.quoted
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    return bound or (customer_in_full(context, quoted.text) if quoted else None)


def quoted_text(quoted: Quoted) -> str:
    """A saved message as a note: who said it, and what."""
    return f"{quoted.author}: {quoted.text}" if quoted.author else quoted.text


def _captured(context: Context, text: str) -> Captured:
    return capture(text, context.local_now, context.locale)


def _from_form(fields: Mapping[str, str], context: Context) -> Told:
    happened, text = fields.get("happened", "").strip(), fields.get("text", "")
    if not text.strip():
        raise InvalidInputError("text", "missing")
    return Told(
        customer=find_customer(context.work, context.actor, fields["customer"])
        if fields.get("customer")
        else customer_or_bound(context, ""),
        text=text,
        captured=_captured(context, text),
        happened_at=happened_instant(context, happened) if happened else _said_at(context),
        place=fields.get("place", ""),
        outcome=fields.get("outcome", ""),
        next_step=fields.get("next_step", ""),
        due=values.due(context, fields.get("due", "")),
    )


def _said_at(context: Context) -> datetime | None:
    """When the message that is saved was said; a clock that runs ahead of ours is not believed."""
    said_at = context.incoming.quoted.said_at if context.incoming.quoted else None
    return min(said_at, context.now) if said_at else None


def happened_instant(context: Context, typed: str) -> datetime:
    """When something happened, as typed; a day alone is its noon. Raises InvalidInputError."""
    found = values.find_date(context, typed, "happened")
    said = values.due_of(context, found)
    # "today" is not later than now, whatever the hour.
    instant = replace(said, clock=said.clock or NOON).instant
    return context.now if instant is None or (said.clock is None and said.day == context.today) else instant


def _from_line(kind: ActivityKind, text: str, context: Context) -> Told | Reply | None:
    if not text:
        return None
    try:
        subject = subject_of(context, text)
    except NotFoundError:
        # Whom it is about may stand anywhere: met Zhang San at Acme.
        found = named_anywhere(kind, text, context)
        if found is None:
            raise
        return found
    if not subject.rest:
        return None
    told = told_by_line(context, subject.customer, subject.rest, _captured(context, subject.rest))
    return replace(told, said=text)


def _command(
    kind: ActivityKind, aliases: tuple[str, ...], title: str, usage: str, examples: tuple[str, ...]
) -> Command[Args]:
    return Command(
        verb=str(kind),
        aliases=aliases,
        title=title,
        usage=usage,
        examples=examples,
        parse=parse,
        handle=handler(kind),
        writes=has_words,
        role=Role.REP,
        about_customer=True,
        slash=str(kind),
        group="log",
    )


VISIT = _command(
    ActivityKind.VISIT,
    ("visited", "log visit", "拜访", "拜访了", "记拜访", "记录拜访"),
    mark("Log a visit"),
    mark("visit CUSTOMER: what was said, what comes next and when"),
    (
        "visit Northwind: saw the new warehouse, send the quote next Tue 3pm",
        "拜访 远航科技 谈二期报价 下周三跟进 30万",
    ),
)
CALL = _command(
    ActivityKind.CALL,
    ("called", "phone", "log call", "电话", "通话", "打电话", "记电话", "记录电话"),
    mark("Log a call"),
    mark("call CUSTOMER: what was said, what comes next and when"),
    ("call Northwind: price is fine, call back Friday", "电话 远航科技 确认合同条款"),
)
MEETING = _command(
    ActivityKind.MEETING,
    ("met", "log meeting", "会议", "开会", "记会议", "记录会议"),
    mark("Log a meeting"),
    mark("meeting CUSTOMER: what was said, what comes next and when"),
    ("meeting Northwind: demo for the board", "会议 远航科技 演示新版本"),
)
NOTE = _command(
    ActivityKind.NOTE,
    ("memo", "add note", "备注", "笔记", "记备注", "写备注"),
    mark("Write a note on a customer"),
    mark("note CUSTOMER: TEXT"),
    ("note Northwind: prefers e-mail", "备注 远航科技 对手也在报价"),
)

SAVE = Command(
    verb="save",
    aliases=("save message", "保存", "保存消息"),
    title=mark("Save a message to a customer's timeline"),
    usage=mark("save, on a message; or save CUSTOMER: TEXT"),
    examples=("save Northwind: they wrote that the budget is approved", "保存 远航科技：客户确认了预算"),
    parse=parse,
    handle=handler(ActivityKind.MESSAGE),
    writes=has_words,
    role=Role.REP,
    about_customer=True,
    group="log",
)
