"""visit|call|meeting|note CUSTOMER: TEXT - log what was done; a follow-up that the line names becomes a task."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from cards import forms
from cards.activities import activity_logged
from cards.forms import Filled
from cards.model import Form
from cards.words import mark
from commands import values
from commands.model import Command, Context, Quoted, Reply
from commands.offers import offers
from commands.subjects import Subject, customer_or_bound, names_of, subject_of
from core import when
from core.activities.model import Activity, ActivityKind
from core.activities.service import Details, log_activity
from core.actor import Role
from core.capture import Captured, capture
from core.contacts.model import Contact
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.deals.ports import DealFilter
from core.errors import InvalidInputError
from core.ids import looks_like_id
from core.search.service import find_customer
from core.tasks.model import Task
from core.tasks.service import About, Due, add_task

_NOON = time(12)  # when something happened on a day of which no more is said
_CONTACTS_READ = 50  # of a customer, to recognise the names in a line
_DEALS_SHOWN = 3
_WITH = re.compile(r"^(?:with|at|to)\s+", re.IGNORECASE)
# A next step that says nothing by itself; the task is then named after the customer.
_NO_MORE_THAN_FOLLOW_UP = frozenset({"", "follow up", "follow-up", "followup", "跟进", "再跟进", "回访"})


@dataclass(frozen=True, slots=True)
class Args:
    """``text`` is the line behind the verb; ``fields`` are the form's."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The line as it is: whom it is about only the names in the database tell; ``met with Acme`` is about Acme."""
    return Args(_WITH.sub("", text), fields)


def has_words(args: Args) -> bool:
    """Whether there is something to log; a bare verb or one with an id (a button's) opens the form."""
    return bool(args.fields) or bool(args.text and not looks_like_id(args.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a line or a form says was done."""

    customer: Customer
    text: str
    captured: Captured
    happened_at: datetime | None = None
    place: str = ""
    outcome: str = ""
    next_step: str = ""
    due: Due | None = None


def handler(kind: ActivityKind) -> Callable[[Args, Context], Reply]:
    """The handler of one kind of activity."""

    def handle(args: Args, context: Context) -> Reply:
        """Logs it. Raises NotFoundError, AmbiguousError, InvalidInputError."""
        told = _from_form(args.fields, context) if args.fields else _from_line(args.text, context)
        if told is None:
            return Reply(form=_form(kind, args, context))
        return _logged(kind, told, context)

    return handle


def _form(kind: ActivityKind, args: Args, context: Context) -> Form:
    """The form, with the customer that was typed or that the conversation is about, and a message to be saved."""
    asked = args.text
    customer = (
        customer_or_bound(context, asked)
        if asked
        else bound_customer(context.work, context.actor, context.incoming.place)
    )
    known: dict[str, str] = {"customer": customer.id} if customer else {}
    shown = {"customer": customer.name} if customer else {}
    if context.incoming.quoted:
        known["text"] = quoted_text(context.incoming.quoted)
    return forms.log_form(kind, context.words, Filled(known, shown))


def quoted_text(quoted: Quoted) -> str:
    """A saved message as a note: who said it, and what."""
    return f"{quoted.author}: {quoted.text}" if quoted.author else quoted.text


def _captured(context: Context, text: str) -> Captured:
    return capture(text, context.local_now, context.locale)


def _from_form(fields: Mapping[str, str], context: Context) -> _Told:
    happened, text = fields.get("happened", "").strip(), fields.get("text", "")
    if not text.strip():
        raise InvalidInputError("text", "missing")
    return _Told(
        customer=find_customer(context.work, context.actor, fields["customer"])
        if fields.get("customer")
        else customer_or_bound(context, ""),
        text=text,
        captured=_captured(context, text),
        happened_at=_happened(context, happened) if happened else _said_at(context),
        place=fields.get("place", ""),
        outcome=fields.get("outcome", ""),
        next_step=fields.get("next_step", ""),
        due=values.due(context, fields.get("due", "")),
    )


def _said_at(context: Context) -> datetime | None:
    """When the message that is saved was said; a clock that runs ahead of ours is not believed."""
    said_at = context.incoming.quoted.said_at if context.incoming.quoted else None
    return min(said_at, context.now) if said_at else None


def _happened(context: Context, typed: str) -> datetime:
    found = values.find_date(context, typed, "happened")
    said = values.due_of(context, found)
    # "today" is not later than now, whatever the hour.
    instant = replace(said, clock=said.clock or _NOON).instant
    return context.now if instant is None or (said.clock is None and said.day == context.today) else instant


def _from_line(text: str, context: Context) -> _Told | None:
    if not text:
        return None
    subject = subject_of(context, text)
    if not subject.rest:
        return None
    return _from_subject(subject, context)


def _from_subject(subject: Subject, context: Context) -> _Told:
    captured = _captured(context, subject.rest)
    followup, happened_at = captured.followup, None
    if captured.happened and captured.happened != context.today:
        clock = _clock_of(context, subject.rest, captured.happened)
        local = datetime.combine(captured.happened, clock, context.words.zone)
        happened_at = min(local.astimezone(ZoneInfo("UTC")), context.now)
    return _Told(
        customer=subject.customer,
        text=subject.rest,
        captured=captured,
        happened_at=happened_at,
        next_step=followup.text if followup else "",
        due=Due(followup.date, followup.time, context.actor.zone) if followup else None,
    )


def _clock_of(context: Context, text: str, day: date) -> time:
    """The time of day that a text says of a day that is over; noon when it says none."""
    found = when.find(text, context.local_now, context.locale, past=True)
    said = (each.start.time() for each in found if each.start.date() == day and each.kind == "datetime")
    return next(said, _NOON)


def _logged(kind: ActivityKind, told: _Told, context: Context) -> Reply:
    present = _present(context, told)
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
    deals = context.work.deals.list_some(
        context.actor.scope, DealFilter(customer_id=told.customer.id), limit=_DEALS_SHOWN
    )
    card = activity_logged(
        activity,
        told.customer,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, told.customer, *present),
        offers=offers(context, told.customer, told.captured, deals),
        asks_next=task is None and kind is not ActivityKind.NOTE,
    )
    return Reply(cards=(card,))


def _present(context: Context, told: _Told) -> list[Contact]:
    """The customer's contacts whose names the text says."""
    contacts = context.work.contacts.list_of_customer(context.actor.scope, told.customer.id, limit=_CONTACTS_READ)
    said = told.text.casefold()
    return [contact for contact in contacts if contact.name.casefold() in said]


def _follow_up(context: Context, told: _Told, activity: Activity) -> Task | None:
    """The task that the line or form asks for: a next step, a day for one, or both."""
    if told.due is None and not told.next_step:
        return None
    title = told.next_step
    if title.strip().casefold() in _NO_MORE_THAN_FOLLOW_UP:
        title = context.words("Follow up with {name}", name=told.customer.name)
    about = About(customer=told.customer, activity=activity)
    return add_task(context.work, context.actor, title, due=told.due, about=about)


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
