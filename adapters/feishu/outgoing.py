"""Answers on their way to Feishu: to the conversation, for one person's eyes in it, or to their own chat."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from adapters.callbacks.calls import CallError
from adapters.callbacks.replies import one_card
from adapters.feishu import notices
from adapters.feishu.api import UNDRAWABLE, FeishuApi
from adapters.feishu.forms import KeptForms
from adapters.feishu.links import SideLinks
from cards.model import Card
from cards.renderers.feishu import Spot, message
from cards.words import Words
from commands.model import Audience, Incoming, Reply
from commands.sending import Address, Sending, Sent
from core.work import Database

log = structlog.get_logger()

Put = Callable[[dict[str, Any]], Awaitable[str | None]]


class Outgoing:
    """Sends replies. An answer for the asker alone has no way into the conversation's view."""

    def __init__(self, api: FeishuApi, forms: KeptForms, database: Database, links: SideLinks) -> None:
        self._api = api
        self._forms = forms
        self._links = links
        self._database = database

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the reply where its audience, and nobody else, sees it; with the same ``key`` once."""
        card = await self.card_of(incoming, reply)
        if card is None:
            return Sending(Sent.DELIVERED)
        try:
            return await self._shown(incoming, reply, card, key)
        except CallError as failed:
            return failed.sending

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Puts what nobody asked for where it is addressed to, or in the place of the message ``ref``."""
        card = self._links.led(one_card(reply.cards), address.conversation)
        spot = Spot.ROOM if address.conversation else Spot.DIRECT
        try:
            if ref and await self._changed(ref, card, spot):
                return Sending(Sent.DELIVERED, ref=ref)
            if address.conversation:
                return _sent(await self._sent("chat_id", address.conversation, card, spot, key))
            return _sent(await self._sent("union_id", address.user, card, spot, key))
        except CallError as failed:
            return failed.sending

    async def card_of(self, incoming: Incoming, reply: Reply) -> Card | None:
        """The reply as one card, its forms kept; None for nothing to show."""
        if reply.form is not None:
            card = notices.form_card(reply.form, (await self.words_of(incoming)).language)
        elif reply.cards:
            card = one_card(reply.cards)
        else:
            return None
        await self._forms.keep(incoming, card, incoming.quoted)
        return self._links.led(card, "" if incoming.direct else incoming.conversation)

    async def words_of(self, incoming: Incoming) -> Words:
        """In the asker's language."""
        found = await self._database.read(lambda work: work.members.by_identity(incoming.identity))
        return Words(found.actor(platform=incoming.platform).language if found else incoming.language_hint)

    # -- where it goes -----------------------------------------------------------------------------

    async def _shown(self, incoming: Incoming, reply: Reply, card: Card, key: str) -> Sending:
        if reply.audience is Audience.ROOM and not incoming.direct:
            return await self._to_room(incoming, reply, card, key)
        if not incoming.direct:
            return await self._to_one(incoming, card, key)
        place = incoming.reply_to
        if (
            reply.replace
            and place.get("at") == Spot.DIRECT
            and await self._changed(place["message"], card, Spot.DIRECT)
        ):
            return _sent(place["message"])
        if place.get("chat"):
            return _sent(await self._sent("chat_id", place["chat"], card, Spot.DIRECT, key))
        return await self._to_own_chat(incoming, card, key)

    async def _to_room(self, incoming: Incoming, reply: Reply, card: Card, key: str) -> Sending:
        place = incoming.reply_to
        if reply.replace and place.get("at") == Spot.ROOM and await self._changed(place["message"], card, Spot.ROOM):
            return _sent(place["message"])
        try:
            if place.get("thread"):
                return _sent(
                    await self._drawn(lambda one: self._api.reply(place["message"], one, key), card, Spot.ROOM)
                )
            return _sent(await self._sent("chat_id", incoming.conversation, card, Spot.ROOM, key))
        except CallError as failed:
            if failed.again:
                raise
            await self._to_one(incoming, notices.not_in_room(Words(card.language)), f"{key}/unposted")
            return failed.sending

    async def _to_one(self, incoming: Incoming, card: Card, key: str) -> Sending:
        """In the group for the asker's eyes; where Feishu has no such messages, in their own chat."""
        place = incoming.reply_to
        if place.get("chat") and place.get("open"):
            try:
                await self._drawn(lambda one: self._api.whisper(place["chat"], place["open"], one), card, Spot.OWN)
            except CallError as failed:
                if failed.again:
                    raise
                log.info("whisper_refused", delivery=incoming.key, reason=failed.reason)
            else:
                return Sending(Sent.DELIVERED)
        sending = await self._to_own_chat(incoming, card, key)
        await self._hint(incoming, card, sending, key)
        return sending

    async def _to_own_chat(self, incoming: Incoming, card: Card, key: str) -> Sending:
        try:
            return _sent(await self._sent("union_id", incoming.user, card, Spot.DIRECT, key))
        except CallError as failed:
            if failed.again:
                raise
            return failed.sending

    async def _hint(self, incoming: Incoming, card: Card, sending: Sending, key: str) -> None:
        """One line in the group that tells nothing but where the answer is; a press is answered at the button."""
        if "at" in incoming.reply_to and sending.sent is Sent.DELIVERED:
            return
        words = Words(card.language)
        line = notices.answered_privately(words) if sending.sent is Sent.DELIVERED else notices.cannot_write(words)
        place = incoming.reply_to
        try:
            if place.get("thread"):
                await self._api.reply(place["message"], message(line, Spot.ROOM), f"{key}/hint")
            else:
                await self._api.send("chat_id", incoming.conversation, message(line, Spot.ROOM), f"{key}/hint")
        except CallError as failed:
            log.info("hint_not_posted", delivery=incoming.key, reason=failed.reason)

    # -- how it is put there -----------------------------------------------------------------------

    async def _sent(self, id_type: str, receiver: str, card: Card, spot: Spot, key: str) -> str:
        return await self._drawn(lambda one: self._api.send(id_type, receiver, one, key), card, spot)

    async def _changed(self, ref: str, card: Card, spot: Spot) -> bool:
        """Whether the card stands in the place of message ``ref``: not where that is gone, or older than 14 days."""
        try:
            await self._drawn(lambda one: self._api.update(ref, one), card, spot)
        except CallError as failed:
            if failed.again:
                raise
            log.info("message_not_changed", reason=failed.reason)
            return False
        return True

    async def _drawn(self, put: Put, card: Card, spot: Spot) -> str:
        """What ``put`` returns; what Feishu would not draw is said in one plain line."""
        try:
            return await put(message(card, spot)) or ""
        except CallError as failed:
            if failed.reason not in UNDRAWABLE:
                raise
            log.warning("message_not_drawn", reason=failed.reason)
            return await put(message(notices.plainly(card), spot)) or ""


def _sent(ref: str) -> Sending:
    return Sending(Sent.DELIVERED, ref=ref)
