"""task [CUSTOMER:] WHAT WHEN [@who] - raise a task."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cards import forms
from cards.forms import Filled
from cards.model import Button, Form, Style
from cards.receipts import receipt
from cards.words import mark
from commands import values
from commands.fieldtext import split_fields, split_form
from commands.habits import read_lead
from commands.hearing import customer_in_full
from commands.model import Command, Context, Reply
from commands.subjects import member_id, names_of, optional_subject
from commands.unread import impossible_days
from core import when
from core.actor import Role
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.errors import InvalidInputError, NotFoundError
from core.ids import MemberId, looks_like_id
from core.members.service import find_member
from core.patterns import late
from core.search.service import find_customer
from core.tasks.model import Priority
from core.tasks.service import TITLE_LIMIT, About, Due, add_task, priority

_MENTION = late(r"(?<![\w@.])@([\w.-]+)")
_LONGEST = 2 * TITLE_LIMIT  # of a line: with a customer's name, a date and fields
_EDGES = " ,，。、:：;；"
_URGENT = late(
    r"(?:(?<!\S)!+(?!\S)|(?<!\S)!high\b|\burgent\b|\basap\b|\bhigh[- ]priority\b|紧急|加急|高优先级)", re.IGNORECASE
)
_NOT_URGENT = late(r"(?:\blow[- ]priority\b|低优先级|不急)", re.IGNORECASE)
_LAST = late(r"(?:^|[\s,，])(high|low|高|低)\s*[.!。]?$", re.IGNORECASE)
_FILLERS = late(
    r"^(?:(?:(?:remind )?me to|to|please|记得|提醒我)\s*|我\s+)|\s*(?:\bby|\bon|\bat|\bbefore)$", re.IGNORECASE
)
_BEFORE_DATE = late(r"\s*\b(?:by|on|at|before|until)$", re.IGNORECASE)
_BEHIND_DATE = late(r"^(?:之前|以前|前|的时候)")  # 周五前发合同
_INPUTS = ("title", "customer", "due", "assignee", "priority", "remind")  # of the form
_FIELDS = ("due", "assignee", "priority", "remind")  # that may stand behind the title: …, due: friday, priority: high


@dataclass(frozen=True, slots=True)
class Args:
    """``text`` is the line behind the verb; ``fields`` are the form's."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The line as it is: whom it is about only the names in the database tell."""
    return Args(text, fields or split_form(text, _INPUTS, needed=("title",)) or {})


def has_words(args: Args) -> bool:
    """Whether there is a task to raise; a bare verb or one with an id (a button's) opens the form."""
    return bool(args.fields) or bool(args.text and not looks_like_id(args.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A task as it was asked for."""

    title: str
    customer: Customer | None = None
    due: Due | None = None
    assignee_id: MemberId | None = None
    priority: Priority = Priority.NORMAL
    impossible: str = ""  # a day that is none, left in the title
    nobody: str = ""  # an @mention that is no member's, left in the title
    remind: int | None = None


def handle(args: Args, context: Context) -> Reply:
    """Raises the task. Raises NotFoundError, AmbiguousError, InvalidInputError."""
    wanted = _from_form(args.fields, context) if args.fields else _from_line(args.text, context)
    if not wanted.title and not args.fields:
        return Reply(form=_form(wanted.customer, context))
    return raised(context, wanted)


def raised(context: Context, wanted: Wanted) -> Reply:
    """Raises it, and its receipt. Raises InvalidInputError, NotAllowedError."""
    task = add_task(
        context.work,
        context.actor,
        wanted.title,
        due=wanted.due,
        assignee_id=wanted.assignee_id,
        priority=wanted.priority,
        about=About(customer=wanted.customer),
        remind=wanted.remind,
    )
    words = context.words
    open_customer = (Button(label=words("Open"), command=f"360 {wanted.customer.id}"),) if wanted.customer else ()
    card = receipt(
        words("Task raised"),
        wanted.customer.name if wanted.customer else task.title,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, *filter(None, (wanted.customer,))),
        follow_ups=(
            Button(label=words("Done"), command=f"done {task.id}", style=Style.PRIMARY),
            Button(label=words("Edit"), command=f"edit {task.id}"),
            *((Button(label=words("Hand over"), command=f"assign {task.id}"),) if wanted.nobody else ()),
            *open_customer,
        ),
        notice=_notice(wanted, context),
    )
    return Reply(cards=(card,))


def _notice(wanted: Wanted, context: Context) -> str:
    """What the line seems to say and could not be read."""
    words, said = context.words, []
    if wanted.impossible:
        said.append(words("“{text}” is no day of the calendar and stayed in the title.", text=wanted.impossible))
    if wanted.nobody:
        said.append(words("Nobody here is called {name}, so the task is yours.", name=wanted.nobody))
    return "\n".join(said)


def _form(customer: Customer | None, context: Context) -> Form:
    customer = customer or bound_customer(context.work, context.actor, context.incoming.place)
    known = {"customer": customer.id} if customer else {}
    return forms.task_form("task", context.words, Filled(known, {"customer": customer.name} if customer else {}))


def _from_form(fields: Mapping[str, str], context: Context) -> Wanted:
    asked = fields.get("customer", "").strip()
    return Wanted(
        title=fields.get("title", ""),
        customer=find_customer(context.work, context.actor, asked) if asked else None,
        due=values.due(context, fields.get("due", "")),
        assignee_id=member_id(context, fields.get("assignee", "")),
        priority=priority(values.choice(fields.get("priority") or Priority.NORMAL, "priority")),
        remind=read_lead(fields.get("remind", "")),
    )


def _from_line(text: str, context: Context) -> Wanted:
    if not text or looks_like_id(text):
        return Wanted(title="", customer=find_customer(context.work, context.actor, text) if text else None)
    if len(text) > _LONGEST:
        raise InvalidInputError("title", "too_long", limit=TITLE_LIMIT)
    head, fields = split_fields(text, only=_FIELDS)
    customer, rest = optional_subject(context, head)
    said, rest = _priority(context, rest)
    assignee_id, nobody, rest = _assignee(context, rest)
    due, impossible, rest = (
        (values.due(context, fields["due"]), "", rest) if "due" in fields else _possible_due(context, rest)
    )
    return Wanted(
        title=_FILLERS.sub("", " ".join(rest.split()).strip(_EDGES)).strip() or " ".join(rest.split()),
        customer=customer or customer_in_full(context, rest),
        due=due,
        assignee_id=member_id(context, fields["assignee"]) if "assignee" in fields else assignee_id,
        priority=priority(values.choice(fields["priority"], "priority")) if "priority" in fields else said,
        impossible=impossible,
        nobody="" if "assignee" in fields else nobody,
        remind=read_lead(fields.get("remind", "")),
    )


def _priority(context: Context, text: str) -> tuple[Priority, str]:
    """How urgent the text says it is, and the text without these words, unless there is nothing else in it.

    ``high`` alone says so where it stands last, behind a day or an @mention.
    """
    for pattern, said in ((_URGENT, Priority.HIGH), (_NOT_URGENT, Priority.LOW)):
        rest, times = pattern.subn("", text)
        if times:
            return said, rest if rest.strip(_EDGES) else text
    last = _LAST.search(text)
    if last is None or not _ends_with_a_part(context, before := text[: last.start()].rstrip(_EDGES)):
        return Priority.NORMAL, text
    return priority(values.choice(last[1], "priority")), before


def _ends_with_a_part(context: Context, text: str) -> bool:
    """Whether a day or an @mention is the last thing in a text."""
    days = when.find(text, context.local_now, context.locale)
    mentions = list(_MENTION.finditer(text))
    ends = {part.span[1] for part in days[-1:]} | {mention.end() for mention in mentions[-1:]}
    return len(text) in ends


def _assignee(context: Context, text: str) -> tuple[MemberId | None, str, str]:
    """The first @mention that is a member's, and the text without it; other @words stay in the title.

    Where none is, the first @word of nobody's is told in the second place.
    """
    nobody = ""
    for mention in _MENTION.finditer(text):
        try:
            member = find_member(context.work, context.actor, mention[1])
        except NotFoundError:
            nobody = nobody or mention[0]
            continue
        return member.id, "", text[: mention.start()] + text[mention.end() :]
    return None, nobody, text


def _possible_due(context: Context, text: str) -> tuple[Due | None, str, str]:
    """When the text says it is due; a day that is none is told in the second place and nothing is read of it."""
    spans = impossible_days(text)
    if spans:
        start, end = spans[0]
        return None, text[start:end], text
    due, rest = _due(context, text)
    return due, "", rest


def mentioned_member(context: Context, text: str) -> MemberId | None:
    """The first member whom a text mentions behind an @."""
    return _assignee(context, text)[0]


def _due(context: Context, text: str) -> tuple[Due | None, str]:
    """The last date in the text, and the text without it; one that is over counts only at an end of the text."""
    for found in reversed(when.find(text, context.local_now, context.locale)):
        before, after = text[: found.span[0]].rstrip(), text[found.span[1] :].lstrip()
        due = values.due_of(context, found)
        at_an_end = not before.strip(_EDGES) or not after.strip(_EDGES)
        if found.kind != "duration" and (at_an_end or due.day >= context.today):
            return due, f"{_BEFORE_DATE.sub('', before)} {_BEHIND_DATE.sub('', after)}"
    return None, text


COMMAND = Command(
    verb="task",
    aliases=("todo", "remind", "new task", "add task", "任务", "待办", "提醒", "新任务", "新建任务", "添加任务"),
    title=mark("Raise a task"),
    usage=mark("task CUSTOMER: what, when, @who; the customer may be left out"),
    examples=("task Northwind: send the quote tomorrow 3pm @demo", "任务 远航科技：周五前发合同"),
    parse=parse,
    handle=handle,
    writes=has_words,
    role=Role.REP,
    about_customer=True,
    slash="task",
    group="plan",
)
