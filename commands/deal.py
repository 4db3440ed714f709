"""deal ID|CUSTOMER [STAGE] [AMOUNT] [field: value] - show a deal, or move it on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cards.deals import deal_card, pick_deal
from cards.model import Button, Style
from cards.receipts import receipt
from cards.words import mark
from commands.dealline import currency_of
from commands.dealwords import Spoken, ends_with_stage, is_change, is_stage, read_spoken
from commands.fieldtext import check_known, split_fields, with_fields
from commands.model import Command, Context, Reply
from commands.new import DEAL_FIELDS, deal_values
from commands.subjects import names_of, subject_of
from core.activities.model import ActivityKind
from core.activities.service import Details, log_activity
from core.actor import Role
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.customers.service import get_customer
from core.deals.model import Deal, DealStage
from core.deals.ports import DealFilter, DealLine, DealPage
from core.deals.service import edit_deal
from core.errors import ConflictError, InvalidInputError
from core.ids import looks_like_id
from core.search.leading import split_leading_name
from core.search.service import find_customer
from core.text import unquote_beginning

_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Args:
    """Whose deal, and what is to become of it."""

    text: str
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """A head and fields: ``Acme won``, ``0j2k… amount: 30万, close: Friday``."""
    head, written = split_fields(text)
    return Args(head, {**written, **fields})


def changes_something(args: Args) -> bool:
    """Whether more is said than which deal: fields, words behind the first, or a stage or an amount alone."""
    words = args.text.split()
    return bool(args.fields) or len(words) > 1 or bool(words and (is_change(words[0]) or ends_with_stage(words[0])))


def handle(args: Args, context: Context) -> Reply:
    """Shows or changes the deal. Raises NotFoundError, AmbiguousError, InvalidInputError, ConflictError."""
    check_known(args.fields, DEAL_FIELDS)
    first, _, behind_id = args.text.partition(" ")
    if looks_like_id(first) and (deal := context.work.deals.by_id(context.actor.scope, first)):
        return _one(deal, read_spoken(behind_id, context.actor.currency), args.fields, context)
    if called := _called(args.text, context):
        return _named(called, args, context)
    customer, rest = _customer(args, context)
    spoken = read_spoken(rest, context.actor.currency)
    found = _open_deals(customer, spoken, args, context)
    named = [line for line in found.lines if spoken.names(line.deal.name)]
    if spoken.left and named:
        found, spoken = DealPage(tuple(named), len(named), ()), spoken.without_left()
    elif spoken.left and not spoken.changes:
        # More words than a stage, an amount or a deal's name: they belong to the customer's.
        return handle(Args(find_customer(context.work, context.actor, args.text).id, args.fields), context)
    if len(found.lines) == 1 and customer is not None:
        return _one(found.lines[0].deal, spoken, args.fields, context)
    return _choice(found, spoken, args.fields, customer, context)


def _called(text: str, context: Context) -> list[Deal]:
    """The deals that the line begins with the name of, where it does not begin with a known customer's."""
    named = unquote_beginning(text)
    if not text or is_stage(text.partition(" ")[0]) or _begins_with_customer(text, context):
        return []
    deals = context.work.deals.list_named(context.actor.scope, named, limit=_OFFERED)
    whole = [deal for deal in deals if _ends_there(named, len(deal.name))]
    return [deal for deal in whole if _alike(deal, whole[0])]


def _begins_with_customer(text: str, context: Context) -> bool:
    """Whether the longest name a line begins with is a customer's; in quotation marks it may be either's."""
    leading = split_leading_name(context.work, context.actor, text)
    return leading.sure and bool(context.work.names.exact(context.actor.scope, (leading.name,)))


def _ends_there(text: str, end: int) -> bool:
    return not text[end - 1 : end + 1].isascii() or not text[end : end + 1].isalnum()


def _alike(deal: Deal, other: Deal) -> bool:
    """Whether two deals are called the same, and are open or closed both."""
    return deal.name.casefold() == other.name.casefold() and (deal.closed_at is None) == (other.closed_at is None)


def _named(called: list[Deal], args: Args, context: Context) -> Reply:
    """The deal of that name, or a choice where several bear it."""
    rest = unquote_beginning(args.text)[len(called[0].name) :].strip(" :：,，")
    spoken = read_spoken(rest, context.actor.currency)
    if len(called) == 1:
        return _one(called[0], spoken, args.fields, context)
    page = DealPage(tuple(_line(deal, context) for deal in called), len(called), ())
    return _choice(page, spoken, args.fields, None, context)


def _customer(args: Args, context: Context) -> tuple[Customer | None, str]:
    """Whose deal, and the rest of the line; None for the member's own deals."""
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    first = args.text.partition(" ")[0]
    # A company may be called 3M; where the conversation says which customer it is about, that is an amount.
    if is_stage(first) or not first or (bound and is_change(first)):
        return bound, args.text
    subject = subject_of(context, args.text)
    return subject.customer, subject.rest


def _open_deals(customer: Customer | None, spoken: Spoken, args: Args, context: Context) -> DealPage:
    """The open deals of a customer, or the member's own. Raises ConflictError when there is none."""
    wanted = DealFilter(customer_id=customer.id) if customer else DealFilter(owner_id=context.actor.member_id)
    found = context.work.deals.list_some(context.actor.scope, wanted, limit=_OFFERED)
    if found.lines:
        return found
    fields = {**_typed(spoken), **args.fields}
    if customer is None:
        raise ConflictError("no_open_deals", instead=f"new deal {with_fields('', fields)}".strip())
    raise ConflictError("no_open_deal", about=customer.name, instead=f"new deal {with_fields(customer.id, fields)}")


def _typed(spoken: Spoken) -> dict[str, str]:
    """What was said of a deal that is not there, as fields of a new one."""
    said = {name: str(value) for name, value in spoken.changes.items()}
    return {**said, "name": spoken.left} if spoken.left else said


def _choice(
    found: DealPage, spoken: Spoken, fields: Mapping[str, str], customer: Customer | None, context: Context
) -> Reply:
    words, said = context.words, with_fields(spoken.text, fields)
    title = words("Which deal of {name}?", name=customer.name) if customer else words("Which deal?")
    card = pick_deal(title, found, context.reader, rest=said)
    return Reply(cards=(card,), ok=not said, error="ambiguous" if said else "")


def _one(deal: Deal, spoken: Spoken, fields: Mapping[str, str], context: Context) -> Reply:
    """Shows the deal, or changes it; words that are no change are kept as a note."""
    if not spoken.text and not fields:
        return Reply(cards=(deal_card(_line(deal, context), context.reader),))
    if spoken.text and not spoken.changes:
        raise InvalidInputError("stage", "unknown_choice", value=spoken.text, choices=tuple(DealStage))
    currency = currency_of(context, deal, fields.get("amount") or spoken.text)
    # What was said is read again for this deal: a bare amount is in its currency.
    spoken = replace(read_spoken(spoken.text, currency), left=spoken.left)
    values = deal_values(context, fields, deal.stage, currency=currency)
    changed = edit_deal(context.work, context.actor, deal.id, **{**spoken.changes, **values})
    if spoken.left:
        customer = get_customer(context.work, context.actor, deal.customer_id)
        note = Details(text=spoken.text, deal_id=deal.id)
        log_activity(context.work, context.actor, customer, ActivityKind.NOTE, note)
    return Reply(cards=(_receipt(changed, context),))


def _line(deal: Deal, context: Context) -> DealLine:
    customer = context.work.customers.by_id(context.actor.scope, deal.customer_id)
    names = context.work.members.names(context.actor.workspace_id)
    return DealLine(deal, customer.name if customer else "", names.get(deal.owner_id or "", ""))


_TITLES = {DealStage.WON: mark("Deal won"), DealStage.LOST: mark("Deal lost")}


def _receipt(deal: Deal, context: Context) -> Any:
    words = context.words
    follow_ups = (
        Button(label=words("Open"), command=f"deal {deal.id}", style=Style.PRIMARY),
        Button(label=words("Customer"), command=f"360 {deal.customer_id}"),
    )
    return receipt(
        words(_TITLES.get(deal.stage, mark("Deal saved"))),
        deal.name,
        context.work.events.recorded,
        context.reader,
        names=names_of(context),
        follow_ups=follow_ups,
    )


COMMAND = Command(
    verb="deal",
    aliases=("opportunity", "商机", "单子"),
    title=mark("Show a deal or move it on"),
    usage=mark("deal CUSTOMER or DEAL; deal CUSTOMER won; deal CUSTOMER quote 30万, close: Friday"),
    examples=("deal Northwind", "deal Northwind negotiation $90k", "商机 远航科技 赢单"),
    parse=parse,
    handle=handle,
    writes=changes_something,
    writing_role=Role.REP,
    about_customer=True,
    group="sell",
)
