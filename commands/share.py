"""share CUSTOMER - show a customer to everybody in this conversation, no more of it than the least entitled may see."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.customers import customer_shared
from cards.model import Card
from cards.words import LANGUAGES, mark
from commands.model import Audience, Command, Context, Reply, always
from commands.subjects import customer_or_bound
from core.actor import Actor, Role, may_see
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
    people = _people(context)
    in_full = bool(people) and all(person and may_see(person.scope, customer) for person in people)
    if not in_full and customer.team_id is not None and context.incoming.people:
        raise ConflictError("not_for_everyone_here")
    seen = overview(context.work, context.actor, customer, context.today)
    cards: dict[str, tuple[Card, ...]] = {
        language: (customer_shared(seen, context.reader_in(language), by=context.actor.name, in_full=in_full),)
        for language in LANGUAGES
    }
    return Reply(cards=cards[_language(people, context)], translations=cards, audience=Audience.ROOM)


def _people(context: Context) -> list[Actor | None]:
    """Everybody who reads the conversation, as far as the platform tells; None for who is no member here."""
    incoming = context.incoming
    found = (
        context.work.members.by_identity(Identity(incoming.platform, incoming.tenant, user))
        for user in incoming.people or ()
    )
    here = context.actor.workspace_id
    return [
        known.actor(platform=incoming.platform) if known and known.workspace.id == here else None for known in found
    ]


def _language(people: list[Actor | None], context: Context) -> str:
    """The one that everybody reads who is known; where they differ, the one of whoever shares."""
    languages = {person.language for person in people if person}
    return languages.pop() if len(languages) == 1 else context.words.language


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
