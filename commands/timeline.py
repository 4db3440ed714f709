"""timeline NAME - everything that happened to a customer, the latest first."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.lists import PAGE
from cards.timeline import timeline
from cards.words import mark
from commands.model import Command, Context, Reply
from commands.paging import split_page
from commands.subjects import customer_or_bound, names_of
from core.background import background
from core.events.model import Kind, Ref


@dataclass(frozen=True, slots=True)
class Args:
    """Whose timeline, and which page of it, from 1."""

    customer: str
    page: int


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """A name, perhaps with a page number behind it."""
    return Args(*split_page(text))


def handle(args: Args, context: Context) -> Reply:
    """One page. Raises NotFoundError or AmbiguousError."""
    customer = customer_or_bound(context, args.customer)
    events = context.work.events.of_subject(
        context.actor.workspace_id, Ref(Kind.CUSTOMER, customer.id), limit=PAGE + 1, offset=(args.page - 1) * PAGE
    )
    behind = background(context.work, context.actor.workspace_id, events[:PAGE])
    card = timeline(
        customer,
        events[:PAGE],
        context.reader,
        names={**behind.names, **names_of(context, customer)},
        taken_back=behind.taken_back,
        page=args.page,
        more=len(events) > PAGE,
    )
    return Reply(cards=(card,), replace=bool(context.incoming.token))


COMMAND = Command(
    verb="timeline",
    aliases=("history", "log", "时间线", "历史", "动态", "记录"),
    title=mark("What happened to a customer"),
    usage=mark("timeline NAME"),
    examples=("timeline Northwind", "时间线 远航科技"),
    parse=parse,
    handle=handle,
    about_customer=True,
    group="look",
)
