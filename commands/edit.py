"""edit NAME|ID - change a record's fields, in one line or with a form that shows what they are."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from cards import forms
from cards.forms import Filled
from cards.model import Button, Form
from cards.receipts import receipt
from cards.words import mark
from commands import values
from commands.dealline import currency_of
from commands.fieldtext import check_known, split_fields, with_fields
from commands.habits import lead_text, read_lead
from commands.model import Command, Context, Reply
from commands.new import customer_values, deal_values
from commands.pick import find_task
from commands.subjects import customer_or_bound, names_of
from core.activities.model import Activity
from core.activities.service import edit_activity
from core.actor import Role
from core.contacts.model import Contact
from core.contacts.service import edit_contact, get_contact
from core.customers.model import Customer
from core.customers.service import edit_customer, get_customer
from core.deals.model import Deal
from core.deals.service import edit_deal
from core.errors import AmbiguousError, InvalidInputError, NotFoundError
from core.events.model import Kind
from core.ids import looks_like_id
from core.patterns import late
from core.records import Record
from core.search.service import find_person_or_customer
from core.tasks.model import Task
from core.tasks.service import edit_task, priority

_CUSTOMER = ("name", "aliases", "industry", "region", "size", "stage", "phone", "website", "address", "tags")
_CONTACT = ("name", "title", "phone", "email", "wechat", "decision")
_SAME_NAME = 2  # deals, to know that there is but one
_ACTIVITY = ("text", "place", "outcome", "next_step")


@dataclass(frozen=True, slots=True)
class Args:
    """What to edit, and the new values by field."""

    target: str
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """A name or id, and fields behind it: ``Acme phone: 021-5550, stage: customer``."""
    head, written = split_fields(text)
    return Args(head, {**written, **fields})


def has_values(args: Args) -> bool:
    """Whether anything is to be changed; otherwise the form opens."""
    return bool(args.fields)


def handle(args: Args, context: Context) -> Reply:
    """Changes the fields, or opens the record's form. Raises NotFoundError, AmbiguousError, InvalidInputError."""
    record = _record(args, context)
    if isinstance(record, Reply):
        return record
    if not args.fields:
        return Reply(form=_form(record, context))
    changed = _change(record, args.fields, context)
    about = names_of(context, changed)[changed.id] or context.words("Activity")
    follow_ups = (
        (Button(label=context.words("Open"), command=f"360 {_customer_id(changed)}"),) if _customer_id(changed) else ()
    )
    card = receipt(
        context.words("Saved"),
        about,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, changed),
        follow_ups=follow_ups,
    )
    return Reply(cards=(card,))


def _record(args: Args, context: Context) -> Record | Reply:
    """The record of an id, whatever it is, or of a name; else the conversation's customer, or a choice of tasks."""
    target = args.target
    if looks_like_id(target):
        for kind in (Kind.CUSTOMER, Kind.DEAL, Kind.TASK, Kind.CONTACT, Kind.ACTIVITY):
            found: Record | None = context.work.records(kind).by_id(context.actor.scope, target)
            if found is not None:
                return found
    if not target:
        return customer_or_bound(context, "")
    try:
        hit = find_person_or_customer(context.work, context.actor, target)
    except NotFoundError:
        _check_label(target, context)
        if (meant := _deal_or_task(args, context)) is not None:
            return meant
        raise
    if hit.kind is Kind.CONTACT:
        return get_contact(context.work, context.actor, hit.id)
    return get_customer(context.work, context.actor, hit.customer_id)


def _deal_or_task(args: Args, context: Context) -> Deal | Task | Reply | None:
    """The only deal of that name, or the task of these words, or a choice of tasks; None where there is none."""
    named = context.work.deals.list_named(context.actor.scope, args.target, limit=_SAME_NAME)
    deals = [deal for deal in named if len(deal.name) == len(args.target)]
    if len(deals) == 1:
        return deals[0]
    title = context.words("Edit which task?")
    with suppress(NotFoundError):
        return find_task(context, args.target, verb="edit", title=title, rest=with_fields("", args.fields))
    return None


# "Acme colour: blue" is no customer's name: the word before the colon was meant as a field.
_UNKNOWN_LABEL = late(r"(?P<name>.+?)[\s,，]+(?P<label>[^\s:：]+)\s*[:：]")


def _check_label(target: str, context: Context) -> None:
    found = _UNKNOWN_LABEL.match(target)
    if found is None:
        return
    with suppress(NotFoundError, AmbiguousError):
        customer = customer_or_bound(context, found["name"])
        label = found["label"]
        raise InvalidInputError(label, "unknown_field", value=label, choices=_EDITABLE[type(customer)])


def _customer_id(record: Record) -> str:
    return record.id if isinstance(record, Customer) else record.customer_id or ""


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _filled(record: Record, names: tuple[str, ...]) -> Filled:
    return Filled({name: _text(getattr(record, name)) for name in names})


def _form(record: Record, context: Context) -> Form:
    words, command = context.words, f"edit {record.id}"
    match record:
        case Customer():
            return forms.customer_form(command, words, _filled(record, _CUSTOMER))
        case Contact():
            return forms.contact_form(command, words, _filled(record, _CONTACT))
        case Deal():
            return forms.deal_form(command, words, _filled_deal(record))
        case Task():
            return forms.task_form(command, words, _filled_task(record, context))
        case Activity():
            return forms.activity_form(command, words, _filled(record, _ACTIVITY))


def _filled_deal(deal: Deal) -> Filled:
    filled = _filled(deal, ("name", "stage", "probability", "close_on"))
    amount = f"{deal.amount.amount} {deal.amount.currency}" if deal.amount else ""
    return Filled({**filled.values, "amount": amount})


def _filled_task(task: Task, context: Context) -> Filled:
    local = task.due_at.astimezone(context.words.zone) if task.due_at else None
    due = f"{local:%Y-%m-%d %H:%M}" if local else _text(task.due_on)
    return Filled({"title": task.title, "due": due, "priority": str(task.priority), "remind": lead_text(task.remind)})


def _change(record: Record, fields: Mapping[str, str], context: Context) -> Record:
    work, actor = context.work, context.actor
    check_known(fields, _EDITABLE[type(record)])
    match record:
        case Customer():
            return edit_customer(work, actor, record.id, **customer_values(context, fields))
        case Contact():
            return edit_contact(work, actor, record.id, **_contact_values(fields))
        case Deal():
            return edit_deal(work, actor, record.id, **_deal_changes(record, fields, context))
        case Task():
            return _change_task(record, fields, context)
        case Activity():
            return edit_activity(work, actor, record.id, **fields)


def _deal_changes(deal: Deal, fields: Mapping[str, str], context: Context) -> dict[str, Any]:
    """Only what differs from what the form showed, so that a new stage brings its own probability."""
    before = _filled_deal(deal).values
    typed = {name: value for name, value in fields.items() if value != before.get(name)}
    return deal_values(context, typed, deal.stage, currency=currency_of(context, deal, typed.get("amount", "")))


def _change_task(task: Task, fields: Mapping[str, str], context: Context) -> Task:
    typed = fields.get("due", "")
    same = typed == _filled_task(task, context).values["due"]
    kept: dict[str, Any] = {"title": fields["title"]} if "title" in fields else {}
    if fields.get("priority"):
        kept["priority"] = priority(values.choice(fields["priority"], "priority"))
    if "remind" in fields:
        kept["remind"] = read_lead(fields["remind"])
    if "due" in fields and not typed.strip():
        kept |= {"due_on": None, "due_at": None}
    return edit_task(context.work, context.actor, task.id, due=None if same else values.due(context, typed), **kept)


def _contact_values(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: values.choice(value, name) if name == "decision" else value for name, value in fields.items()}


_EDITABLE: Mapping[type, tuple[str, ...]] = {
    Customer: (*_CUSTOMER, "owner"),
    Contact: _CONTACT,
    Deal: ("name", "amount", "stage", "probability", "close_on", "owner"),
    Task: ("title", "due", "priority", "remind"),
    Activity: _ACTIVITY,
}


COMMAND = Command(
    verb="edit",
    aliases=("change", "编辑", "修改", "更新"),
    title=mark("Change a record"),
    usage=mark("edit NAME field: value, field: value; alone, the form"),
    examples=("edit Northwind phone: +1 555 0100, stage: customer", "修改 远航科技 电话：000-5550100"),
    parse=parse,
    handle=handle,
    writes=has_values,
    role=Role.REP,
    about_customer=True,
    group="write",
)
