"""share CUSTOMER - show a customer to everybody in this conversation, no more of it than the least entitled may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.customers import customer_shared
from cards.words import mark
from commands.model import Audience, Command, Context, Reply, always
from commands.subjects import customer_or_bound
from core.actor import Role, may_see
from core.customers.model import Customer
from core.customers.overview import overview
from core.errors import ConflictError
from core.members.model import Identity


@dataclass(frozen=True, slots=True)
class Args:
    """The customer's name or id; empty is the conversation's own."""

    customer: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """The text is the name."""
    return Args(text.strip())


def handle(args: Args, context: Context) -> Reply:
    """Shares it. Raises ConflictError where nobody else reads along, or where somebody may not see it at all."""
    customer = customer_or_bound(context, args.customer)
    if context.incoming.direct:
        raise ConflictError("only_shared_in_rooms")
    in_full = _everybody_may_see(customer, context)
    if not in_full and customer.team_id is not None and context.incoming.people:
        raise ConflictError("not_for_everyone_here")
    seen = overview(context.work, context.actor, customer, context.today)
    card = customer_shared(seen, context.reader, by=context.actor.name, in_full=in_full)
    return Reply(cards=(card,), audience=Audience.ROOM)


def _everybody_may_see(customer: Customer, context: Context) -> bool:
    """Whether everybody who reads the conversation is known, a member of this workspace, and may see the customer."""
    incoming = context.incoming
    if not incoming.people:
        return False
    for user in incoming.people:
        member = context.work.members.by_identity(Identity(incoming.platform, incoming.tenant, user))
        if member is None or member.workspace.id != context.actor.workspace_id:
            return False
        if not may_see(member.actor(platform=incoming.platform).scope, customer):
            return False
    return True


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
