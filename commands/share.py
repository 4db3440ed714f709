"""share CUSTOMER - show a customer to everybody in this conversation, no more of it than the least entitled may see."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from cards.words import mark
from commands.model import Command, Context, Live, Reply, always
from commands.sharing import Shared, fingerprint, shared_reply
from commands.subjects import customer_or_bound
from core.actor import Role
from core.errors import ConflictError
from core.events.model import Kind, Ref
from core.ids import looks_like_id


@dataclass(frozen=True, slots=True)
class Args:
    """The customer's name or id; empty is the conversation's own."""

    customer: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """The text is the name."""
    return Args(text.strip())


def handle(args: Args, context: Context) -> Reply:
    """Shares it, to stand there as it is from now on. Raises ConflictError where nobody else reads along, or where
    somebody may not see it at all.
    """
    record = _record(args.customer, context)
    if context.incoming.direct:
        raise ConflictError("only_shared_in_rooms")
    shared = Shared(by=context.actor.name, people=context.incoming.people or ())
    place = context.incoming.place
    reply = shared_reply(context.work, context.actor, context.reader_in, place, record, shared)
    if reply is None:
        raise ConflictError("not_for_everyone_here")
    live = Live(
        workspace_id=context.actor.workspace_id,
        reader_id=context.actor.member_id,
        kind=record.kind,
        id=record.id,
        data=msgspec.json.encode(msgspec.structs.replace(shared, shown=fingerprint(reply))).decode(),
    )
    return msgspec.structs.replace(reply, live=live)


def _record(asked: str, context: Context) -> Ref:
    """A deal by its id, or the customer that is asked for. Raises as ``customer_or_bound``."""
    if looks_like_id(asked) and context.work.deals.by_id(context.actor.scope, asked):
        return Ref(Kind.DEAL, asked)
    return Ref(Kind.CUSTOMER, customer_or_bound(context, asked).id)


COMMAND = Command(
    verb="share",
    aliases=("分享", "共享"),
    title=mark("Show a customer to this conversation"),
    usage=mark("share CUSTOMER"),
    examples=("share Northwind", "分享 远航科技"),
    parse=parse,
    handle=handle,
    writes=always,
    role=Role.REP,
    needs_people=True,
    about_customer=True,
    group="look",
)
