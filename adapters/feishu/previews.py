"""What a link to Kith shows in a message: no more than everybody there may see; the rest is beside the conversation.

https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/development-link-preview/link-preview-development-guide: asked for
by the client of each person who looks; what it brought is kept in the client, and shown at the top of groups as well.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from adapters.feishu import notices
from adapters.feishu.incoming import PLATFORM
from adapters.feishu.links import SideLinks
from adapters.feishu.payloads import Header, Looked
from adapters.feishu.people import People
from cards.renderers.cutting import clean_line, cut
from cards.renderers.feishu import Spot, message
from cards.words import Words
from commands.sharing import readers_of
from core.actor import may_see
from core.conversations.model import Place
from core.customers.overview import overview
from core.members.model import Identity
from core.work import Database, Work

_CUSTOMER = re.compile(r"/c/([0-9a-z]{13})/?")
_TITLE_MAX = 200  # no limit is documented


class Previews:
    """Answers url.preview.get; with nothing where the person may not see it, or it is no link of ours."""

    def __init__(self, database: Database, people: People, links: SideLinks, *, public_url: str) -> None:
        self._database = database
        self._people = people
        self._links = links
        self._address = public_url
        self._public = urlsplit(public_url)

    async def answer(self, header: Header, looked: Looked) -> dict[str, Any]:
        """A title in the place of the link, and a card below the message with the way to the rest."""
        customer_id = self._customer(looked.context.url)
        user = await self._viewer(looked) if customer_id else ""
        if not user:
            return {}
        chat = looked.context.open_chat_id
        people = await self._people.readers(chat) if chat else ()
        who, place = Identity(PLATFORM, header.tenant_key, user), Place(PLATFORM, header.tenant_key, chat)
        return await self._database.read(lambda work: self._shown(work, who, place, people, customer_id))

    def _shown(
        self, work: Work, who: Identity, place: Place, people: tuple[str, ...], customer_id: str
    ) -> dict[str, Any]:
        membership = work.members.by_identity(who)
        if membership is None:
            return {}
        actor = membership.actor(platform=PLATFORM)
        customer = work.customers.by_id(actor.scope, customer_id)
        if customer is None:
            return {}
        words = Words(actor.language, actor.zone)
        readers = readers_of(work, actor, place, people)
        all_may = bool(readers) and all(reader and may_see(reader.scope, customer) for reader in readers)
        seen = overview(work, actor, customer, words.today(work.now)) if all_may else None
        card = notices.link_card(seen, words, f"{self._address}/c/{customer.id}")
        card = self._links.led(card, place.conversation)
        title = cut(clean_line(card.summary), _TITLE_MAX)
        return {"inline": {"title": title}, "card": {"type": "raw", "data": message(card, Spot.ROOM)}}

    def _customer(self, url: str) -> str:
        """The customer that a link of ours leads to; empty for any other link."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return ""
        found = _CUSTOMER.fullmatch(parts.path.removeprefix(self._public.path))
        return found[1] if found and self._public.netloc and parts.netloc == self._public.netloc else ""

    async def _viewer(self, looked: Looked) -> str:
        """Who looks, by union_id, which Feishu does not send along here."""
        who = looked.operator
        if who.union_id or not who.open_id:
            return who.union_id or ""
        return (await self._people.profile("open_id", who.open_id)).union_id
