"""Where an answer goes, and how: the group or the private chat, a new message or the place of an old one."""

from typing import Any

from telegram.helpers import create_deep_linked_url

from adapters.callbacks.confirming import Confirming
from adapters.callbacks.membership import hinted
from adapters.callbacks.replies import apart, goes_private
from adapters.telegram import notices
from adapters.telegram.addressing import OPEN, Me
from adapters.telegram.forms.conversation import STEP, Forms
from adapters.telegram.sender import Sender, Target
from adapters.telegram.waiting import Waiting
from cards.model import Card
from cards.renderers.telegram import message
from cards.words import Words
from commands.model import Incoming, Reply
from commands.sending import Address, Sending, Sent


class Outgoing:
    """Sends the road's answers."""

    def __init__(self, me: Me, sender: Sender, forms: Forms, confirming: Confirming, waiting: Waiting) -> None:
        self._me = me
        self._sender = sender
        self._forms = forms
        self._confirming = confirming
        self._waiting = waiting

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the cards and opens the form. What is private and cannot be told to its asker yet waits for them."""
        if STEP in incoming.reply_to:
            return await self._forms.show(incoming)
        form, cards = apart(reply)
        sending = await self._show(incoming, reply, cards, key)
        if form is not None and sending.sent is Sent.DELIVERED:
            sending = await self._forms.open(incoming, form)
        if sending.sent is Sent.GONE and goes_private(incoming, reply):
            return await self._ask_to_open(incoming, reply, key)
        return sending

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Puts what nobody asked for into a chat, or in the place of the message ``ref``."""
        chat, _, thread = (address.conversation or address.user).partition("/")
        target = Target(int(chat), int(thread) if thread else None, edits=int(ref) if ref.isdecimal() else None)
        payloads = [message(await self._confirming.prepared(card)) for card in reply.cards]
        return await self._sender.deliver(target, payloads, key)

    async def _show(self, incoming: Incoming, reply: Reply, cards: tuple[Card, ...], key: str) -> Sending:
        target = _target(incoming, reply)
        payloads = [message(await self._confirming.prepared(card)) for card in cards]
        sending = await self._sender.deliver(target, payloads, key)
        question = incoming.reply_to.get("question")
        if question and target.edits != question and sending.sent is Sent.DELIVERED:
            await self._sender.strip(int(incoming.user), question)
        return sending

    async def _ask_to_open(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """One line in the group that tells nothing, and a button to the private chat, where the answer then is."""
        await self._waiting.keep(incoming, reply)
        words = Words(reply.cards[0].language) if reply.cards else hinted(incoming)
        card = notices.open_chat_first(words, create_deep_linked_url(self._me.username, OPEN))
        return await self._sender.deliver(_in_place(incoming.reply_to), (message(card),), key)


def _target(incoming: Incoming, reply: Reply) -> Target:
    place, pressed = incoming.reply_to, bool(incoming.reply_to.get("pressed"))
    question = place.get("question") if pressed else None
    if goes_private(incoming, reply):
        # The message whose button was pressed is read by the room: it is not the place for a private answer.
        return Target(int(incoming.user), edits=question)
    if incoming.direct and question:
        return Target(place["chat"], place.get("thread"), edits=question)
    if pressed and reply.replace and incoming.fields is None:
        return Target(place["chat"], place.get("thread"), edits=place["message"])
    return _in_place(place, answers=None if incoming.direct or pressed else place.get("message"))


def _in_place(place: dict[str, Any], answers: int | None = None) -> Target:
    return Target(place["chat"], place.get("thread"), answers)
