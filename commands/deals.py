"""deals [mine|all|STAGE|CUSTOMER] - what may be sold, by when it should close."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards import labels
from cards.deals import deal_list
from cards.lists import PAGE, last_page
from cards.words import mark
from commands.dealwords import STAGE_WORDS
from commands.model import Command, Context, Reply
from commands.paging import split_page
from commands.subjects import customer_or_member
from core.deals.ports import DealFilter
from core.members.model import Member

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
    scope, deals, page = context.actor.scope, context.work.deals, args.page
    found = deals.list_some(scope, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    if not found.lines and found.total:
        page = last_page(found.total)
        found = deals.list_some(scope, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    stages = deals.sums_by_stage(scope, wanted) if wanted.stage is None and page == 1 else []
    card = deal_list(title, found, context.reader, command=line, page=page, stages=stages)
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
    whose = customer_or_member(context, which)
    if isinstance(whose, Member):
        return words("Deals of {name}", name=whose.name), DealFilter(owner_id=whose.id), f"deals @{whose.handle}"
    return words("Deals with {name}", name=whose.name), DealFilter(customer_id=whose.id), f"deals {whose.id}"


COMMAND = Command(
    verb="deals",
    aliases=("pipeline", "opportunities", "商机列表", "我的商机", "漏斗"),
    title=mark("What may be sold"),
    usage=mark("deals, deals all, deals STAGE, deals CUSTOMER, deals @MEMBER"),
    examples=("deals", "deals negotiation", "商机列表 全部"),
    parse=parse,
    handle=handle,
    slash="deals",
    group="sell",
)
