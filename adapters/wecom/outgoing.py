"""Where an answer goes, and how: the application's chat or the robot's, a new message or the place of a card."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from adapters.callbacks.calls import CallError
from adapters.callbacks.confirming import Confirming
from adapters.callbacks.membership import hinted
from adapters.callbacks.replies import apart, goes_private
from adapters.wecom import notices
from adapters.wecom.api import WecomApi
from adapters.wecom.forms import QUESTION, STEP, Forms
from adapters.wecom.robot_incoming import GROUP, ROBOT
from adapters.wecom.sender import Sender, numbered
from cards.model import Card
from cards.renderers.wecom import answer
from cards.words import Words
from commands.model import Incoming, Reply
from commands.sending import Address, Sending, Sent

log = structlog.get_logger()

Payload = dict[str, Any]
Speak = Callable[[str, Payload], Awaitable[None]]  # over a robot's long connection; raises CallError
_NOWHERE = Sending(Sent.GONE, reason="no_response_url")


class Outgoing:
    """Sends the road's answers."""

    def __init__(
        self, api: WecomApi, sender: Sender, forms: Forms, confirming: Confirming, speak: Speak | None = None
    ) -> None:
        self._api = api
        self._sender = sender
        self._forms = forms
        self._confirming = confirming
        self._speak = speak

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the cards and opens the form, which always is in the application's chat."""
        if STEP in incoming.reply_to and reply.form is not None:
            return await self._forms.show(incoming)
        form, cards = apart(reply)
        sending = Sending(Sent.DELIVERED)
        if cards:
            sending = await self._show(incoming, reply, await self.prepared(cards), key)
        if form is not None and sending.sent is Sent.DELIVERED:
            sending = await self._forms.open(incoming, form)
        return sending

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Says what nobody asked for to a member, in the place of the card whose code ``ref`` is.

        A robot may not speak unasked to a group while it is called back (page 100719); over a long connection it may,
        where somebody has spoken to it before (page 101463).
        """
        if address.conversation.startswith(GROUP):
            return await self._spoken(address.conversation.removeprefix(GROUP), await self.prepared(reply.cards), key)
        user = address.user or address.conversation.removeprefix(ROBOT)
        return await self._sender.deliver(user, await self.prepared(reply.cards), key, code=ref)

    async def prepared(self, cards: Sequence[Card]) -> tuple[Card, ...]:
        """The cards with each button that asks before it runs carrying its question."""
        return tuple([await self._confirming.prepared(card) for card in cards])

    async def _show(self, incoming: Incoming, reply: Reply, cards: tuple[Card, ...], key: str) -> Sending:
        place = incoming.reply_to
        if not place.get("robot"):
            replaced = place.get("pressed") and (reply.replace or place.get(QUESTION))
            code = str(place.get("code", "")) if replaced else ""
            return await self._sender.deliver(incoming.user, cards, key, code=code)
        if goes_private(incoming, reply):
            sending = await self._sender.deliver(incoming.user, cards, key)
            said = notices.not_reached if sending.sent is Sent.GONE else notices.answered_privately
            if sending.sent is not Sent.RETRY:
                await self._hint(incoming, cards[0].language, said)
            return sending
        return await self._answer(incoming, cards, key)

    async def _answer(self, incoming: Incoming, cards: tuple[Card, ...], key: str) -> Sending:
        """Where a robot was asked, in one message; where that is over, in the application's chat."""
        url = str(incoming.reply_to.get("url", ""))
        failed: CallError | None = None
        if url:
            try:
                await self._api.answer(url, _robot_body(cards, key))
            except CallError as refused:
                failed = refused
            else:
                return Sending(Sent.DELIVERED)
        if failed is not None and failed.again:
            return failed.sending
        if incoming.direct:
            return await self._sender.deliver(incoming.user, cards, key)
        return await self._spoken(incoming.conversation.removeprefix(GROUP), cards, key) if self._speak else _NOWHERE

    async def _spoken(self, chat: str, cards: tuple[Card, ...], key: str) -> Sending:
        if self._speak is None:
            return Sending(Sent.GONE, reason="group")
        try:
            await self._speak(chat, _robot_body(cards, key))
        except CallError as failed:
            return failed.sending
        return Sending(Sent.DELIVERED)

    async def _hint(self, incoming: Incoming, language: str, notice: Callable[[Words], Card]) -> None:
        """One line in the group that tells nothing; when it cannot be said, nothing is lost."""
        if url := str(incoming.reply_to.get("url", "")):
            words = Words(language) if language else hinted(incoming)
            try:
                await self._api.answer(url, {"msgtype": "markdown", "markdown": {"content": notice(words).summary}})
            except CallError as failed:
                log.info("wecom_group_not_told", reason=failed.reason)


def _robot_body(cards: Sequence[Card], key: str) -> Payload:
    """One message with all of it: a card where it is one, else Markdown with lines to type in the place of buttons."""
    made = [answer(card) for card in cards]
    if len(made) == 1 and not made[0].text and made[0].card is not None:
        return numbered({"msgtype": "template_card", "template_card": made[0].card}, key, 0)
    return {"msgtype": "markdown", "markdown": {"content": "\n\n".join(one.typed for one in made)}}
