"""deals [mine|all|STAGE|WHEN|CUSTOMER] - what may be sold, by when it should close."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from cards import labels
from cards.deals import deal_list
from cards.lists import PAGE, last_page
from cards.words import mark
from commands.dealwords import STAGE_WORDS
from commands.listwords import ListWords, names_list, read_list
from commands.model import Command, Context, Reply
from commands.paging import split_page
from commands.subjects import customer_or_member
from core.customers.model import Customer
from core.deals.model import DealStage
from core.deals.ports import DealFilter
from core.members.model import Member

_NOUNS = ("deals", "deal", "opportunities", "商机", "单子")
_SCOPES = {
    "": (*_NOUNS, "open", "closing", "closes", "close", "to close", "列表", "要成交", "成交的", "的"),
    "mine": ("mine", "my", "me", "我的", "我"),
    "all": ("all", "team", "everybody's", "全部", "所有", "团队"),
}
_STAGES = {stage: tuple(word for word, meant in STAGE_WORDS.items() if meant is stage) for stage in DealStage}
_WORDS = {**_SCOPES, **{str(stage): words for stage, words in _STAGES.items()}}


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
    title, wanted, line = _list(read_list(context, args.which, _WORDS), context)
    scope, deals, page = context.actor.scope, context.work.deals, args.page
    found = deals.list_some(scope, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    if not found.lines and found.total:
        page = last_page(found.total)
        found = deals.list_some(scope, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    stages = deals.sums_by_stage(scope, wanted) if wanted.stage is None and page == 1 else []
    card = deal_list(title, found, context.reader, command=line, page=page, stages=stages)
    return Reply(cards=(card,), replace=bool(context.incoming.token))


def _list(words: ListWords, context: Context) -> tuple[str, DealFilter, str]:
    """The list's title, what is in it, and the line that shows it."""
    whose = customer_or_member(context, words.whose) if words.whose else None
    if whose is not None:
        words = replace(words, whose=f"@{whose.handle}" if isinstance(whose, Member) else whose.id)
    stage = next((stage for stage in DealStage if stage in words.said), None)
    wanted = replace(_of(whose, words, context, stage), stage=stage)
    if days := words.days:
        wanted = replace(wanted, closing_from=days[0], closing_until=days[1])
    title = _title(whose, wanted, context)
    if words.period is not None:
        title = f"{title} · {words.period.matched}"
    return title, wanted, f"deals {words.line}".strip()


def _of(whose: Customer | Member | None, words: ListWords, context: Context, stage: DealStage | None) -> DealFilter:
    """A stage is everybody's, unless one's own is asked for."""
    match whose:
        case Customer():
            return DealFilter(customer_id=whose.id)
        case Member():
            return DealFilter(owner_id=whose.id)
    everybody = "all" in words.said or (stage is not None and "mine" not in words.said)
    return DealFilter() if everybody else DealFilter(owner_id=context.actor.member_id)


def _title(whose: Customer | Member | None, wanted: DealFilter, context: Context) -> str:
    words = context.words
    match whose:
        case Customer():
            return words("Deals with {name}", name=whose.name)
        case Member():
            return words("Deals of {name}", name=whose.name)
    if wanted.stage is not None:
        return words("Deals: {stage}", stage=words(labels.STAGES[wanted.stage]))
    return words("My open deals") if wanted.owner_id else words("All open deals")


COMMAND = Command(
    verb="deals",
    aliases=("pipeline", "opportunities", "商机列表", "我的商机", "漏斗"),
    title=mark("What may be sold"),
    usage=mark("deals; deals all, STAGE, closing this month, CUSTOMER or @MEMBER"),
    examples=("deals", "deals negotiation", "商机列表 全部"),
    parse=parse,
    handle=handle,
    phrase=partial(names_list, vocabulary=_SCOPES, nouns=_NOUNS),
    slash="deals",
    group="sell",
)
