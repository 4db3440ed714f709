"""What a whole conversation is shown of a record: no more than the least entitled of its readers may see."""

from collections.abc import Callable, Iterable
from hashlib import sha256

import msgspec

from cards.customers import customer_shared
from cards.deals import deal_shared
from cards.model import Card
from cards.reader import Reader
from cards.words import LANGUAGES
from commands.model import Audience, Reply, Struct
from core.actor import Actor, may_see
from core.conversations.model import Place
from core.customers.model import Customer
from core.customers.overview import Overview, overview
from core.deals.model import Deal
from core.deals.ports import DealLine
from core.events.model import Kind, Ref
from core.members.model import Identity
from core.work import Work

Readers = Callable[[str], Reader]  # for whom a card is built, by language


class Shared(Struct, frozen=True, kw_only=True):
    """How a record was shared: by whom, before which platform users, and what tells the card that stands there."""

    by: str
    people: tuple[str, ...] = ()
    shown: str = ""


def shared_reply(work: Work, actor: Actor, readers: Readers, place: Place, record: Ref, shared: Shared) -> Reply | None:
    """What everybody there is shown now, with the rights of ``actor``, who shared it; None when that is nothing."""
    deal = work.deals.by_id(actor.scope, record.id) if record.kind is Kind.DEAL else None
    about = deal.customer_id if deal else record.id
    customer = work.customers.by_id(actor.scope, about) if deal or record.kind is Kind.CUSTOMER else None
    # Of a customer that was merged away another one is found, which nobody has shared.
    if customer is None or (deal is None and customer.id != record.id):
        return None
    people = readers_of(work, actor, place, shared.people)
    in_full = bool(people) and all(person and may_see(person.scope, customer) for person in people)
    if not in_full and customer.team_id is not None and shared.people:
        return None
    shown = _line(work, deal, customer) if deal else overview(work, actor, customer, readers(actor.language).today)
    return for_room(
        lambda language: _card(shown, readers(language), by=shared.by, in_full=in_full), language_of(people, actor)
    )


def _card(shown: DealLine | Overview, reader: Reader, *, by: str, in_full: bool) -> Card:
    if isinstance(shown, DealLine):
        return deal_shared(shown, reader, by=by, in_full=in_full)
    return customer_shared(shown, reader, by=by, in_full=in_full)


def _line(work: Work, deal: Deal, customer: Customer) -> DealLine:
    names = work.members.names(deal.workspace_id)
    return DealLine(deal, customer.name, names.get(deal.owner_id or "", ""))


def for_room(build: Callable[[str], Card], language: str) -> Reply:
    """A card for everybody in a conversation, each in their own language where the platform can tell them apart."""
    cards: dict[str, tuple[Card, ...]] = {each: (build(each),) for each in LANGUAGES}
    return Reply(cards=cards[language], translations=cards, audience=Audience.ROOM)


def readers_of(work: Work, actor: Actor, place: Place, people: Iterable[str]) -> list[Actor | None]:
    """Who reads the conversation, as far as the platform told; None for who is no member here."""
    found = (work.members.by_identity(Identity(place.platform, place.tenant, user)) for user in people)
    here = actor.workspace_id
    return [known.actor(platform=place.platform) if known and known.workspace.id == here else None for known in found]


def language_of(people: Iterable[Actor | None], actor: Actor) -> str:
    """The one that everybody reads who is known; where they differ, the one of whoever shares."""
    languages = {person.language for person in people if person}
    return languages.pop() if len(languages) == 1 else actor.language


def fingerprint(reply: Reply) -> str:
    """What tells whether it says something else than before."""
    return sha256(msgspec.json.encode(reply)).hexdigest()[:16]
