"""alert BURST open|why|… - the buttons below what a member was told; to press one is to have acted on it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.alerts import why_told
from cards.words import mark
from commands.follow import shown as rule_shown
from commands.lookup import shown as customer_shown
from commands.model import Command, Context, Reply, always
from core.alerts.fanning import attention_of
from core.alerts.model import Burst
from core.alerts.naming import names_of_targets
from core.alerts.service import get_rule, mute, mute_customer
from core.customers.service import get_customer
from core.digests.service import has_own_digest
from core.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Args:
    """Which message, and what to do: ``open``, ``why``, or to mute the customer (c) or the rule (r) for 1 day or
    for ever (0).
    """

    burst: str
    what: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """An id and a word."""
    burst, _, what = text.partition(" ")
    return Args(burst, what.strip())


def handle(args: Args, context: Context) -> Reply:
    """Does it. Raises NotFoundError for another member's message, or for a customer that is not theirs to see."""
    burst = _burst(args.burst, context)
    context.work.alerts.mark_acted(burst.workspace_id, burst.id, context.now)
    work, actor, for_ever = context.work, context.actor, args.what.endswith("0")
    match args.what[:1]:
        case "c":
            get_customer(work, actor, burst.customer_id)
            return rule_shown(mute_customer(work, actor, burst.customer_id, for_ever=for_ever), context)
        case "r":
            return rule_shown(mute(work, actor, get_rule(work, actor, burst.rule_id), for_ever=for_ever), context)
        case "w":
            return _why(burst, context)
        case _:
            return customer_shown(get_customer(work, actor, burst.customer_id), context)


def _why(burst: Burst, context: Context) -> Reply:
    rule = get_rule(context.work, context.actor, burst.rule_id)
    attention = attention_of(context.work, context.actor.workspace_id, context.actor.member_id)
    names = names_of_targets(context.work, context.actor.scope, [rule])
    read = has_own_digest(context.work, context.actor)
    return Reply(cards=(why_told(rule, attention, context.reader, names=names, has_digest=read),))


def _burst(burst_id: str, context: Context) -> Burst:
    burst = context.work.alerts.burst(context.actor.workspace_id, burst_id)
    if burst is None or burst.member_id != context.actor.member_id:
        raise NotFoundError("rule", burst_id)
    return burst


COMMAND = Command(
    verb="alert",
    aliases=("告知",),
    title=mark("What you were told"),
    usage=mark("What you were told"),
    examples=("alert", "告知"),
    parse=parse,
    handle=handle,
    writes=always,
    hidden=True,
    repeatable=True,
)
