"""duplicates - customers that may be the same, to be merged or kept apart; who was given hints, for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from cards import duplicates
from cards.duplicates import QUEUE_PAGE, Twins
from cards.model import Card
from cards.words import mark
from commands.model import Command, Context, Reply
from commands.paging import split_page
from commands.subjects import names_of
from core.actor import Role
from core.duplicates.noticing import PROBE_LIMIT

_PROBES = frozenset({"hints", "probes", "提示", "提示次数", "探查"})
_DAYS_SHOWN = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Args:
    """The page, from 1; ``probes`` asks for the count of hints in place of the queue."""

    page: int = 1
    probes: bool = False


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """``2``, ``hints``."""
    word = text.strip().casefold()
    if word in _PROBES:
        return Args(probes=True)
    return Args(page=split_page(f"all {word}")[1])


def handle(args: Args, context: Context) -> Reply:
    """The queue of pairs of which the member sees both. Raises NotAllowedError for the count of hints."""
    return Reply(cards=(_hints(context) if args.probes else _queue(args, context),))


def _queue(args: Args, context: Context) -> Card:
    work, scope = context.work, context.actor.scope
    waiting = work.duplicates.list_open(scope, limit=QUEUE_PAGE, offset=(args.page - 1) * QUEUE_PAGE)
    pairs = []
    for each in waiting:
        older, newer = work.customers.by_id(scope, each.first_id), work.customers.by_id(scope, each.second_id)
        if older is not None and newer is not None:
            pairs.append(Twins(older, newer, each.score))
    total = work.duplicates.count_open(scope)
    return duplicates.queue(pairs, total, context.reader, names_of(context), page=args.page)


def _hints(context: Context) -> Card:
    context.actor.require(Role.ADMIN, "duplicates")
    counts = context.work.duplicates.probes(context.actor.workspace_id, context.today - _DAYS_SHOWN)
    return duplicates.probes(counts, context.reader, names_of(context), limit=PROBE_LIMIT)


COMMAND = Command(
    verb="duplicates",
    aliases=("duplicate", "dupes", "查重", "重复客户"),
    title=mark("Customers that may be the same"),
    usage=mark("duplicates; for an administrator also: duplicates hints"),
    examples=("duplicates", "查重"),
    parse=parse,
    handle=handle,
    role=Role.REP,
    group="look",
)
