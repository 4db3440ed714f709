"""follow, unfollow - hear of a customer, a deal, a stage, a member's customers, or deals over an amount."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.alerts import rule_kept
from cards.deals import pick_deal
from cards.words import mark
from commands.followwords import Wanted, read_wanted
from commands.model import Command, Context, Reply, always
from commands.subjects import customer_or_bound
from core.alerts.fanning import attention_of
from core.alerts.model import Rule, RuleKind, Way
from core.alerts.naming import names_of_targets
from core.alerts.service import follow, set_way
from core.deals.model import Deal
from core.deals.ports import DealFilter, DealLine, DealPage
from core.digests.service import has_own_digest
from core.errors import ConflictError, NotFoundError
from core.ids import looks_like_id
from core.members.service import find_member
from core.search.service import find_customer

_READ = 200  # open deals, in whose names the words are looked for
_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Args:
    """What to follow, as it was said."""

    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """What a rule is about."""

    kind: RuleKind
    id: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """The words as they are."""
    return Args(text.strip())


def handle_follow(args: Args, context: Context) -> Reply:
    """Follows it, or shows which it may be. Raises NotFoundError, AmbiguousError, InvalidInputError."""
    wanted = read_wanted(args.text, context.actor.currency)
    if (rule := own_rule(wanted.text, context)) is not None:
        return shown(set_way(context.work, context.actor, rule, wanted.way) if wanted.way else rule, context)
    target = _target(wanted, context)
    if isinstance(target, Reply):
        return target
    return shown(follow(context.work, context.actor, target.kind, target.id, wanted.way), context)


def handle_unfollow(args: Args, context: Context) -> Reply:
    """Follows it no more. Raises as ``handle_follow``, and ConflictError when it was not followed."""
    wanted = read_wanted(args.text, context.actor.currency)
    rule = own_rule(wanted.text, context)
    if rule is None:
        target = _target(wanted, context, verb="unfollow")
        if isinstance(target, Reply):
            return target
        actor = context.actor
        rule = context.work.follows.of_target(actor.workspace_id, actor.member_id, target.kind, target.id)
    if rule is None or not rule.is_kept(context.now):
        raise ConflictError("not_followed")
    return shown(set_way(context.work, context.actor, rule, Way.OFF), context)


def shown(rule: Rule, context: Context) -> Reply:
    """What the member follows now, and what else they may choose; in the place of the card that was pressed."""
    attention = attention_of(context.work, context.actor.workspace_id, context.actor.member_id)
    names = names_of_targets(context.work, context.actor.scope, [rule])
    read = has_own_digest(context.work, context.actor)
    return Reply(cards=(rule_kept(rule, attention, context.reader, names=names, has_digest=read),))


def own_rule(text: str, context: Context) -> Rule | None:
    """The member's rule of that id."""
    if not looks_like_id(text):
        return None
    return context.work.follows.by_id(context.actor.workspace_id, context.actor.member_id, text)


def _target(wanted: Wanted, context: Context, *, verb: str = "follow") -> Target | Reply:
    """What is meant; a choice where it may be several deals."""
    if wanted.amount is not None:
        return Target(RuleKind.AMOUNT, f"{wanted.amount.minor} {wanted.amount.currency}")
    if wanted.stage is not None:
        return Target(RuleKind.STAGE, wanted.stage)
    if wanted.text.startswith("@"):
        return Target(RuleKind.OWNER, find_member(context.work, context.actor, wanted.text).id)
    if looks_like_id(wanted.text) and context.work.deals.by_id(context.actor.scope, wanted.text):
        return Target(RuleKind.DEAL, wanted.text)
    if wanted.deal:
        return _deal(wanted, context, verb)
    return Target(RuleKind.CUSTOMER, customer_or_bound(context, wanted.text).id)


def _deal(wanted: Wanted, context: Context, verb: str) -> Target | Reply:
    """The deal whose name has the words, or the open one of the customer they name."""
    scope, deals = context.actor.scope, context.work.deals
    if looks_like_id(wanted.deal) and (one := deals.by_id(scope, wanted.deal)):
        return Target(RuleKind.DEAL, one.id)
    every = deals.list_some(scope, DealFilter(), limit=_READ)
    found = tuple(line for line in every.lines if _says(line.deal, wanted.deal)) or _of_customer(wanted.deal, context)
    if len(found) == 1:
        return Target(RuleKind.DEAL, found[0].deal.id)
    page = DealPage(found[:_OFFERED], len(found), ())
    card = pick_deal(context.words("Which deal?"), page, context.reader, rest=wanted.way or "", verb=verb)
    return Reply(cards=(card,), ok=False, error="ambiguous")


def _says(deal: Deal, words: str) -> bool:
    return all(word in deal.name.casefold() for word in words.casefold().split())


def _of_customer(name: str, context: Context) -> tuple[DealLine, ...]:
    """The open deals of a customer. Raises NotFoundError, AmbiguousError, ConflictError where there is none."""
    try:
        customer = find_customer(context.work, context.actor, name)
    except NotFoundError:
        raise NotFoundError("deal", name) from None
    found = context.work.deals.list_some(context.actor.scope, DealFilter(customer_id=customer.id), limit=_OFFERED)
    if not found.lines:
        raise ConflictError("no_open_deal", about=customer.name)
    return found.lines


FOLLOW = Command(
    verb="follow",
    aliases=("watch", "subscribe", "关注", "订阅"),
    title=mark("Hear of what becomes of something"),
    usage=mark("follow CUSTOMER, deal X, stage quote, @MEMBER, deals over 100k; behind it: now, in the digest, never"),
    examples=("follow Northwind", "follow deals over 100k in the digest", "follow @lin", "关注 远航科技"),
    parse=parse,
    handle=handle_follow,
    writes=always,
    about_customer=True,
    group="look",
)

UNFOLLOW = Command(
    verb="unfollow",
    aliases=("unwatch", "unsubscribe", "取消关注", "不再关注", "取关"),
    title=mark("Hear no more of it"),
    usage=mark("unfollow CUSTOMER, or whatever else you follow"),
    examples=("unfollow Northwind", "取消关注 远航科技"),
    parse=parse,
    handle=handle_unfollow,
    writes=always,
    about_customer=True,
    group="look",
)
