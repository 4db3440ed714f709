"""deal ID|CUSTOMER [STAGE] [AMOUNT] [field: value] - show a deal, or move it on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cards.deals import deal_card, pick_deal
from cards.model import Button, Style
from cards.receipts import receipt
from cards.words import mark
from commands.fieldtext import split_fields
from commands.model import Command, Context, Reply
from commands.new import deal_values
from commands.subjects import Subject, customer_or_bound, names_of, subject_of
from core import amounts
from core.conversations.service import bound_customer
from core.deals.model import Deal, DealStage
from core.deals.ports import DealFilter, DealLine
from core.deals.service import edit_deal
from core.errors import ConflictError, InvalidInputError
from core.ids import looks_like_id
from core.search.service import find_customer

# How the stages are said, in English and Chinese.
STAGE_WORDS = {
    "lead": DealStage.LEAD, "线索": DealStage.LEAD, "qualified": DealStage.QUALIFIED, "已确认": DealStage.QUALIFIED,
    "quote": DealStage.QUOTE, "quoted": DealStage.QUOTE, "报价": DealStage.QUOTE, "negotiation": DealStage.NEGOTIATION,
    "negotiating": DealStage.NEGOTIATION, "谈判": DealStage.NEGOTIATION, "won": DealStage.WON, "win": DealStage.WON,
    "赢单": DealStage.WON, "成交": DealStage.WON, "lost": DealStage.LOST, "lose": DealStage.LOST,
    "丢单": DealStage.LOST, "输单": DealStage.LOST,
}  # fmt: skip
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
    words = args.text.casefold().split()
    return bool(args.fields) or len(words) > 1 or bool(words and _is_change(words[0]))


def _is_change(word: str) -> bool:
    return word in STAGE_WORDS or (not looks_like_id(word) and bool(amounts.find_amounts(word, "CNY")))


def handle(args: Args, context: Context) -> Reply:
    """Shows or changes the deal. Raises NotFoundError, AmbiguousError, InvalidInputError, ConflictError."""
    first, _, behind_id = args.text.partition(" ")
    if looks_like_id(first) and (deal := context.work.deals.by_id(context.actor.scope, first)):
        return _one(deal, behind_id.strip(), args.fields, context)
    return _of_customer(args, context)


def _of_customer(args: Args, context: Context) -> Reply:
    """The only open deal of the customer named, or a choice that completes the line."""
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    first = args.text.casefold().partition(" ")[0]
    # A company may be called 3M; where the conversation says which customer it is about, that is an amount.
    if first in STAGE_WORDS or (bound and first and _is_change(first)):
        customer, rest = customer_or_bound(context, ""), args.text
    else:
        subject = subject_of(context, args.text) if args.text else Subject(customer_or_bound(context, ""), "")
        customer, rest = subject.customer, subject.rest
    if rest and not _words_change(rest, context):
        # More words than a stage or an amount: they belong to the name.
        customer, rest = find_customer(context.work, context.actor, args.text), ""
    found = context.work.deals.list_some(context.actor.scope, DealFilter(customer_id=customer.id), limit=_OFFERED)
    if not found.lines:
        raise ConflictError("no_open_deal", about=customer.name)
    if len(found.lines) == 1:
        return _one(found.lines[0].deal, rest, args.fields, context)
    said = " ".join(filter(None, (rest, ", ".join(f"{name}: {value}" for name, value in args.fields.items()))))
    title = context.words("Which deal of {name}?", name=customer.name)
    return Reply(
        cards=(pick_deal(title, found, context.reader, rest=said),), ok=not said, error="ambiguous" if said else ""
    )


def _one(deal: Deal, rest: str, fields: Mapping[str, str], context: Context) -> Reply:
    if not rest and not fields:
        return Reply(cards=(deal_card(_line(deal, context), context.reader),))
    spoken = _words_change(rest, context)
    if rest and not spoken:
        raise InvalidInputError("stage", "unknown_choice", value=rest)
    changed = edit_deal(context.work, context.actor, deal.id, **{**spoken, **deal_values(context, fields)})
    return Reply(cards=(_receipt(changed, context),))


def _words_change(text: str, context: Context) -> dict[str, Any]:
    """What the words behind a deal say: a stage, an amount, or both."""
    changes: dict[str, Any] = {}
    found = amounts.find_amounts(text, context.actor.currency)
    if found:
        first, last = found[0].span
        changes["amount"] = found[0].money
        text = f"{text[:first]} {text[last:]}"
    for word in text.split():
        if word.casefold() in STAGE_WORDS:
            changes["stage"] = STAGE_WORDS[word.casefold()]
    return changes


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
    usage=mark("deal CUSTOMER; deal CUSTOMER won; deal CUSTOMER quote 30万, close: Friday"),
    examples=("deal Northwind", "deal Northwind negotiation $90k", "商机 远航科技 赢单"),
    parse=parse,
    handle=handle,
    writes=changes_something,
    about_customer=True,
    group="sell",
)
