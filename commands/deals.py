"""deals [mine|all|STAGE|CUSTOMER] - what may be sold, by when it should close."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards import labels
from cards.deals import deal_list
from cards.lists import PAGE
from cards.words import mark
from commands.dealwords import STAGE_WORDS
from commands.model import Command, Context, Reply
from commands.paging import split_page
from core.deals.ports import DealFilter
from core.search.service import find_customer

_MINE = frozenset({"", "mine", "my", "me", "我的", "我"})
_ALL = frozenset({"all", "team", "open", "全部", "所有", "团队"})


@dataclass(frozen=True, slots=True)
class Args:
    """Which list, as it was typed, and which page of it, from 1."""

    which: str
    page: int


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """A list's name, a stage or a customer, perhaps with a page number behind it."""
    which, page = split_page(text)
    return Args(which, page)


def handle(args: Args, context: Context) -> Reply:
    """One page of the list. Raises NotFoundError or AmbiguousError for a customer's name that is none."""
    title, wanted, line = _list(args.which, context)
    scope, offset = context.actor.scope, (args.page - 1) * PAGE
    found = context.work.deals.list_some(scope, wanted, limit=PAGE, offset=offset)
    stages = context.work.deals.sums_by_stage(scope, wanted) if wanted.stage is None and args.page == 1 else []
    card = deal_list(title, found, context.reader, command=line, page=args.page, stages=stages)
    return Reply(cards=(card,), replace=bool(context.incoming.token))


def _list(which: str, context: Context) -> tuple[str, DealFilter, str]:
    """The list's title, what is in it, and the line that shows it."""
    words, name = context.words, which.casefold()
    if name in _MINE:
        return words("My open deals"), DealFilter(owner_id=context.actor.member_id), "deals"
    if name in _ALL:
        return words("All open deals"), DealFilter(), "deals all"
    if name in STAGE_WORDS:
        stage = STAGE_WORDS[name]
        return words("Deals: {stage}", stage=words(labels.STAGES[stage])), DealFilter(stage=stage), f"deals {stage}"
    customer = find_customer(context.work, context.actor, which)
    return words("Deals with {name}", name=customer.name), DealFilter(customer_id=customer.id), f"deals {customer.id}"


COMMAND = Command(
    verb="deals",
    aliases=("pipeline", "opportunities", "商机列表", "我的商机", "漏斗"),
    title=mark("What may be sold"),
    usage=mark("deals, deals all, deals STAGE, deals CUSTOMER"),
    examples=("deals", "deals negotiation", "商机列表 全部"),
    parse=parse,
    handle=handle,
    slash="deals",
    group="sell",
)
