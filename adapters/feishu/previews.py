"""What a link to Kith shows in a message: asked for by the client of each person who looks, and made for that person.

https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/development-link-preview/link-preview-development-guide
"""

import re
from typing import Any
from urllib.parse import urlsplit

from adapters.callbacks.replies import one_card
from adapters.feishu import notices
from adapters.feishu.incoming import from_look
from adapters.feishu.payloads import Header, Looked
from adapters.feishu.people import People
from cards.renderers.cutting import clean_line, cut
from cards.renderers.feishu import Spot, message
from commands.road import Answered, Road

_CUSTOMER = re.compile(r"/c/([A-Za-z0-9]{1,40})/?")
_TITLE_MAX = 200  # no limit is documented


class Previews:
    """Answers url.preview.get; with nothing where the person may not see it, or it is no link of ours."""

    def __init__(self, road: Road, people: People, *, public_url: str, language: str) -> None:
        self._road = road
        self._people = people
        self._public = urlsplit(public_url)
        self._language = language

    async def answer(self, header: Header, looked: Looked) -> dict[str, Any]:
        """A title in the place of the link, and a card below the message, without buttons: they would be the
        message's, which is not ours.
        """
        customer = self._customer(looked.context.url)
        user = await self._viewer(looked) if customer else ""
        if not user:
            return {}
        line = f"360 {customer}"
        outcome = await self._road.receive(from_look(header, looked, user=user, line=line, language=self._language))
        if not isinstance(outcome, Answered) or not outcome.reply.ok or not outcome.reply.cards:
            return {}
        card = notices.without_buttons(one_card(outcome.reply.cards))
        title = cut(clean_line(card.summary), _TITLE_MAX)
        return {"inline": {"title": title}, "card": {"type": "raw", "data": message(card, Spot.DIRECT)}}

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
