"""new customer|contact|deal - add a record, in one line or with a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cards import duplicates, forms
from cards.forms import Filled
from cards.model import Button, Card, Style
from cards.receipts import receipt
from cards.words import mark
from commands import values
from commands.dealline import currency_for, describe
from commands.fieldtext import LABELS, check_known, split_fields, split_form, split_list
from commands.model import Command, Context, Reply
from commands.parsing import with_form
from commands.people import read_person
from commands.subjects import Subject, customer_or_bound, member_id, names_of, subject_of
from core import amounts
from core.actor import Role
from core.contacts.service import add_contact
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.customers.service import add_customer
from core.deals.model import CLOSED, Deal, DealStage
from core.deals.service import add_deal
from core.deals.service import stage as deal_stage
from core.duplicates.likeness import Told
from core.duplicates.noticing import notice
from core.errors import DuplicateError, InvalidInputError
from core.ids import looks_like_id
from core.members.service import find_member
from core.patterns import late
from core.search.service import find_customer
from core.text import unquote

_EVEN_IF_KNOWN = " !"  # what the button "Add it all the same" puts at the end of the line


@dataclass(frozen=True, slots=True)
class Args:
    """``head`` is the line up to its first field; ``fields`` are from the line or the form."""

    head: str
    fields: Mapping[str, str] = field(default_factory=dict)
    submitted: bool = False
    even_if_known: bool = False


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """A head and fields: ``Acme Ltd, industry: retail, phone: 021-5550``."""
    line = f" {text}".removesuffix(_EVEN_IF_KNOWN).strip()
    if (form := split_form(line, ("customer", *LABELS), needed=("name",))) is not None and not fields:
        return Args("", form, submitted=True, even_if_known=f" {text}".endswith(_EVEN_IF_KNOWN))
    head, written = split_fields(line)
    return Args(head, {**written, **fields}, submitted=bool(fields), even_if_known=f" {text}".endswith(_EVEN_IF_KNOWN))


def is_complete(args: Args) -> bool:
    """Whether there is enough to add something; a bare verb or one with an id (a button's) opens the form."""
    return args.submitted or (bool(args.head) and not looks_like_id(args.head))


def customer_values(context: Context, fields: Mapping[str, str]) -> dict[str, Any]:
    """A customer's fields from text. Raises InvalidInputError, NotFoundError."""
    known: dict[str, Any] = {name: fields[name] for name in _CUSTOMER_LINES if name in fields}
    known |= {name: split_list(fields[name]) for name in ("aliases", "tags") if name in fields}
    if fields.get("stage"):
        known["stage"] = values.choice(fields["stage"], "lifecycle")
    if fields.get("owner"):
        owner = find_member(context.work, context.actor, fields["owner"])
        known |= {"owner_id": owner.id, "team_id": owner.team_id}
    return known


_CUSTOMER_LINES = ("name", "industry", "size", "region", "phone", "website", "address")
_CONTACT_LINES = ("name", "title", "phone", "email", "wechat")
CUSTOMER_FIELDS = (*_CUSTOMER_LINES, "aliases", "tags", "stage", "owner")
CONTACT_FIELDS = (*_CONTACT_LINES, "decision")
DEAL_FIELDS = ("name", "amount", "stage", "probability", "close_on", "owner")


def handle_customer(args: Args, context: Context) -> Reply:
    """Adds a customer. Raises DuplicateError, InvalidInputError."""
    check_known(args.fields, CUSTOMER_FIELDS)
    if not is_complete(args):
        return Reply(form=forms.customer_form("new customer", context.words, Filled(args.fields)))
    known = {"name": unquote(args.head), **customer_values(context, args.fields)}
    if not args.even_if_known and (found := _found_already(args, context, known)):
        return found
    added = add_customer(context.work, context.actor, even_if_known=args.even_if_known, **known)
    return Reply(cards=(_receipt(context, context.words("Customer added"), added),))


def _found_already(args: Args, context: Context, known: Mapping[str, Any]) -> Reply | None:
    """What to say of a customer that is there already. Raises DuplicateError for one that was typed in a line."""
    told = Told(known["name"], known.get("phone", ""), known.get("website", ""))
    noticed = notice(context.work, context.actor, told, context.today)
    again = with_form(args.fields, f"new customer {args.head}{_EVEN_IF_KNOWN}")
    if noticed.hidden:
        return Reply(cards=(duplicates.exists_elsewhere(context.reader, again=again),))
    if noticed.seen is None:
        return None
    owner = context.work.members.names(context.actor.workspace_id).get(noticed.seen.owner_id or "", "")
    if not context.incoming.fields:
        raise DuplicateError("customer", noticed.seen.id, noticed.seen.name, owner or context.words("nobody"))
    return Reply(cards=(duplicates.exists(noticed.seen, owner, context.reader, again=again),))


def _receipt(
    context: Context, title: str, customer: Customer, about: str = "", *, notice: str = "", edits: str = ""
) -> Card:
    words, id_ = context.words, customer.id
    follow_ups = (
        Button(label=words("Open"), command=f"360 {id_}", style=Style.PRIMARY),
        *((Button(label=words("Edit"), command=f"edit {edits}"),) if notice else ()),
        Button(label=words("New contact"), command=f"new contact {id_}"),
        Button(label=words("Log visit"), command=f"visit {id_}"),
    )
    return receipt(
        title,
        about or customer.name,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, customer),
        follow_ups=follow_ups,
        notice=notice,
        link=context.reader.page(id_),
    )


def _subject(args: Args, context: Context) -> Subject:
    """The customer a contact or deal is for, and the rest of the head."""
    if args.fields.get("customer"):
        return Subject(find_customer(context.work, context.actor, args.fields["customer"]), args.head)
    if not args.head:
        return Subject(customer_or_bound(context, ""), "")
    return _person_at(context, args.head) or subject_of(context, args.head)


_AT = late(r"(?P<name>[^:：]+?)\s+at\s+(?P<customer>[^:：]+)", re.IGNORECASE)


def _person_at(context: Context, head: str) -> Subject | None:
    """``Ada Bell at Acme``, where Acme is a customer's name in full."""
    found = _AT.fullmatch(head)
    if found is None or not context.work.names.exact(context.actor.scope, (found["customer"],)):
        return None
    return Subject(find_customer(context.work, context.actor, found["customer"]), found["name"])


def _prefilled(args: Args, context: Context, subject: Subject | None) -> Filled:
    customer = subject.customer if subject else bound_customer(context.work, context.actor, context.incoming.place)
    given = dict(args.fields)
    if customer is None:
        return Filled(given)
    return Filled({**given, "customer": customer.id}, {"customer": customer.name})


def handle_contact(args: Args, context: Context) -> Reply:
    """Adds a contact; with a customer alone its form opens. Raises NotFoundError, AmbiguousError, InvalidInputError."""
    check_known(args.fields, ("customer", *CONTACT_FIELDS))
    subject = _subject(args, context) if args.head or args.submitted else None
    person = read_person(subject.rest) if subject else {}
    if subject is None or not (subject.rest or args.submitted or args.fields.get("name")):
        return Reply(form=forms.contact_form("new contact", context.words, _prefilled(args, context, subject)))
    known = {**person, **{key: args.fields[key] for key in _CONTACT_LINES if key in args.fields}}
    if args.fields.get("decision"):
        known["decision"] = values.choice(args.fields["decision"], "decision")
    added = add_contact(context.work, context.actor, subject.customer, **known)
    about = f"{added.name} · {subject.customer.name}"
    return Reply(cards=(_receipt(context, context.words("Contact added"), subject.customer, about),))


def deal_values(
    context: Context, fields: Mapping[str, str], present: DealStage = DealStage.LEAD, *, currency: str
) -> dict[str, Any]:
    """A deal's fields from text; ``present`` is the stage it has, ``currency`` that of a bare amount.

    Raises InvalidInputError, NotFoundError.
    """
    known: dict[str, Any] = {}
    if fields.get("name"):
        known["name"] = fields["name"]
    if "amount" in fields:
        known["amount"] = values.amount(fields["amount"], currency)
    if fields.get("stage"):
        known["stage"] = deal_stage(values.choice(fields["stage"], "stage"))
    if fields.get("probability", "").strip():
        known["probability"] = values.percentage(fields["probability"])
    if "close_on" in fields:
        said = values.closing(context, fields["close_on"])
        known["close_on"] = said.day if said else None
        if said and known.get("stage", present) not in CLOSED:
            said.check_not_past(context.now, "close_on")
    if fields.get("owner"):
        known["owner_id"] = member_id(context, fields["owner"])
    return known


def handle_deal(args: Args, context: Context) -> Reply:
    """Opens a deal; with a customer alone its form opens. Raises NotFoundError, AmbiguousError, InvalidInputError."""
    check_known(args.fields, ("customer", *DEAL_FIELDS))
    subject = _subject(args, context) if args.head or args.submitted else None
    typed = args.fields.get("amount") or (subject.rest if subject else "")
    currency = currency_for(context, subject.customer.id, typed) if subject else context.actor.currency
    described = describe(context, subject.rest if subject else "", currency)
    if subject is None or not (described.name or described.values or args.submitted):
        return Reply(form=forms.deal_form("new deal", context.words, _prefilled(args, context, subject)))
    if args.submitted and not args.fields.get("name"):
        raise InvalidInputError("name", "missing")
    known = {**described.values, **deal_values(context, args.fields, currency=currency)}
    known = {"name": described.name or subject.customer.name, **known}
    added = add_deal(context.work, context.actor, subject.customer, **known)
    notice = _on_amount(context, added, typed, "" if "amount" in args.fields else described.unread)
    return Reply(cards=(_deal_receipt(context, added, subject.customer, notice),))


def _on_amount(context: Context, deal: Deal, typed: str, unread: str) -> str:
    """What a member should know of the amount: that none was read, or whose currency it took."""
    words = context.words
    if unread and deal.amount is None:
        return words("“{text}” was not read as an amount and stayed in the name.", text=unread)
    if deal.amount is None or deal.amount.currency == context.actor.currency:
        return ""
    named = [found for found in amounts.find_amounts(typed) if found.currency] or amounts.read_amount(typed)
    if isinstance(named, list) or (named and named.currency):
        return ""
    return words("The amount is in {currency}, as this customer's other deals are.", currency=deal.amount.currency)


def _deal_receipt(context: Context, deal: Deal, customer: Customer, notice: str) -> Card:
    return _receipt(
        context, context.words("Deal opened"), customer, f"{deal.name} · {customer.name}", notice=notice, edits=deal.id
    )


CUSTOMER = Command(
    verb="new customer",
    aliases=("add customer", "新客户", "新建客户", "添加客户"),
    title=mark("Add a customer"),
    usage=mark("new customer NAME, industry: …, phone: …"),
    examples=(
        "new customer Northwind Foods, industry: food, region: Boston",
        "新客户 远航科技，行业：软件，地区：杭州",
    ),
    parse=parse,
    handle=handle_customer,
    writes=is_complete,
    role=Role.REP,
    group="write",
)

CONTACT = Command(
    verb="new contact",
    aliases=("add contact", "新联系人", "新建联系人", "添加联系人"),
    title=mark("Add a person at a customer"),
    usage=mark("new contact CUSTOMER: NAME, title: …, phone: …, email: …"),
    examples=("new contact Northwind: Ada Bell, title: Buyer", "新联系人 远航科技：林晓，职位：采购经理"),
    parse=parse,
    handle=handle_contact,
    writes=is_complete,
    role=Role.REP,
    about_customer=True,
    group="write",
)

DEAL = Command(
    verb="new deal",
    aliases=("add deal", "新商机", "新建商机", "添加商机"),
    title=mark("Open a deal"),
    usage=mark("new deal CUSTOMER: NAME AMOUNT, stage: …, close: …"),
    examples=(
        "new deal Northwind: Cold chain $120k, close: end of month",
        "新商机 远航科技：二期扩容 30万，阶段：quote",
    ),
    parse=parse,
    handle=handle_deal,
    writes=is_complete,
    role=Role.REP,
    about_customer=True,
    group="write",
)
