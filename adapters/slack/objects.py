"""Links to customers: shown to a room as far as everybody in it may see, and to one reader as far as they may."""

import re
from collections.abc import Iterator
from typing import Any

import structlog

from adapters.hosts.model import Seat
from adapters.hosts.tickets import OPEN_PATH, Tickets
from adapters.slack.api import SlackApi, SlackError
from adapters.slack.entities import not_presented, presented, unfurled
from adapters.slack.installations import Installations
from adapters.slack.payloads import Details, Event, Shared
from adapters.slack.people import People, spoken
from cards.reader import Reader
from cards.words import Words
from commands.sharing import readers_of
from core.actor import Actor, may_see
from core.clock import Clock
from core.conversations.model import Place
from core.customers.model import Customer
from core.customers.overview import Overview, overview
from core.members.model import Identity
from core.work import Database, Work

log = structlog.get_logger()

PLATFORM = "slack"
_LINKS_MAX = 5  # of one message that are looked at
_ID = "[0-9a-z]{13}"


class WorkObjects:
    """Answers ``link_shared`` and ``entity_details_requested``. ``public_url`` is where ``/c/ID`` stands."""

    def __init__(  # noqa: PLR0913 - what it asks and what it tells
        self,
        api: SlackApi,
        installations: Installations,
        people: People,
        database: Database,
        clock: Clock,
        *,
        public_url: str,
        tickets: Tickets | None,
    ) -> None:
        self._api = api
        self._installations = installations
        self._people = people
        self._database = database
        self._clock = clock
        self._public_url = public_url
        self._tickets = tickets
        self._link = re.compile(rf"{re.escape(public_url)}/c/({_ID})(?:[?#].*)?") if public_url else None

    async def unfurl(self, event: Event, shared: Shared) -> None:
        """Shows the links of a message. A link by who is no member, or to what they may not see, stays a link."""
        ids = dict(self._ids(shared))
        if not ids:
            return
        # Where the message is still being written nobody else reads along yet, and who will is not known.
        people = () if shared.source == "composer" else await self._people.readers(event.tenant, shared.channel)
        place = Place(PLATFORM, event.tenant, shared.channel)
        who = Identity(PLATFORM, event.tenant, shared.user)
        entities = await self._database.read(lambda work: _unfurled(work, who, place, people, ids))
        if entities:
            where = {"channel": shared.channel, "ts": shared.message_ts}
            if shared.unfurl_id:
                where = {"unfurl_id": shared.unfurl_id, "source": shared.source}
            await self._call(event.tenant, "chat_unfurl", metadata={"entities": entities}, **where)

    async def present(self, event: Event, asked: Details) -> None:
        """Shows one reader the customer, with a page that is theirs alone for a minute."""
        who = Identity(PLATFORM, event.tenant, asked.user)
        hint = spoken(asked.user_locale)

        def find(work: Work) -> dict[str, Any]:
            membership = work.members.by_identity(who)
            if membership is None:
                return {"error": not_presented(Words(hint), stranger=True)}
            actor = membership.actor(platform=PLATFORM)
            words = Words(actor.language, actor.zone)
            customer = work.customers.by_id(actor.scope, asked.external_ref.id)
            if customer is None:
                return {"error": not_presented(words, stranger=False)}
            seen = overview(work, actor, customer, words.today(work.now))
            page = self._page(who, asked.channel, customer)
            address = asked.entity_url or f"{self._public_url}/c/{customer.id}"
            reader = Reader(words, work.now, self._public_url)
            return {"metadata": presented(address, seen, reader, preview_url=page)}

        found = await self._database.read(find)
        await self._call(event.tenant, "entity_presentDetails", trigger_id=asked.trigger_id, **found)

    def _page(self, who: Identity, channel: str, customer: Customer) -> str:
        if self._tickets is None or not self._public_url.startswith("https://"):
            return ""
        seat = Seat(identity=who, conversation=channel)
        ticket = self._tickets.write(PLATFORM, seat, self._clock.now(), customer=customer.id)
        return f"{self._public_url}{OPEN_PATH}?t={ticket}"

    def _ids(self, shared: Shared) -> Iterator[tuple[str, str]]:
        """The customers' ids by the addresses that name them."""
        for link in shared.links[:_LINKS_MAX]:
            if self._link and (found := self._link.fullmatch(link.url)):
                yield link.url, found[1]

    async def _call(self, tenant: str, method: str, **arguments: Any) -> None:
        installation = await self._installations.of(tenant)
        if installation is None:
            return
        try:
            await self._api.ask(getattr(self._api.web, method)(token=installation.token, **arguments))
        except SlackError as failed:
            # Nothing waits for it: whoever wants to see it opens the link, or presses again.
            log.warning("work_object_not_shown", method=method, reason=failed.reason)


def _unfurled(
    work: Work, who: Identity, place: Place, people: tuple[str, ...], ids: dict[str, str]
) -> list[dict[str, Any]]:
    membership = work.members.by_identity(who)
    if membership is None:
        return []
    actor = membership.actor(platform=PLATFORM)
    words = Words(actor.language, actor.zone)
    readers = readers_of(work, actor, place, people)
    found = ((address, work.customers.by_id(actor.scope, id_)) for address, id_ in ids.items())
    return [
        unfurled(address, customer.id, _if_all_may(work, actor, customer, readers, words), words)
        for address, customer in found
        if customer is not None
    ]


def _if_all_may(
    work: Work, actor: Actor, customer: Customer, readers: list[Actor | None], words: Words
) -> Overview | None:
    """The customer at a glance where everybody who reads along is known, and may see it."""
    if not readers or not all(reader and may_see(reader.scope, customer) for reader in readers):
        return None
    return overview(work, actor, customer, words.today(work.now))
