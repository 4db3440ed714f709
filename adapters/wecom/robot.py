"""What a robot is told, and what it says at once: its answers ride on the acknowledgement, within five seconds.

Nowhere else can a robot say a text and a card, or put a card into the place of a pressed one (page 101031). What goes
to one person alone is kept, and sent by the application.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from adapters.callbacks import notices as asides
from adapters.callbacks.confirming import Confirming, asks
from adapters.callbacks.membership import words_of
from adapters.callbacks.onward import Onward
from adapters.callbacks.replies import apart, goes_private
from adapters.wecom import notices
from adapters.wecom.events import Event, Pressed, Said, Wordless
from adapters.wecom.forms import Forms
from adapters.wecom.outgoing import Outgoing
from adapters.wecom.sender import Sender, numbered
from cards.model import Card
from cards.renderers.wecom import answer, summary_card
from cards.words import Words
from commands.model import Incoming, Reply
from core.work import Database

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer as it rides on the acknowledgement, and what it answers; ``reply`` is None for a mere notice."""

    payload: Payload
    incoming: Incoming
    reply: Reply | None = None


class Robot:
    """Takes what a robot is told; returns the answer that rides on the acknowledgement, None for an empty one."""

    def __init__(
        self,
        *,
        database: Database,
        onward: Onward,
        outgoing: Outgoing,
        forms: Forms,
        confirming: Confirming,
        sender: Sender,
    ) -> None:
        self._database = database
        self._onward = onward
        self._outgoing = outgoing
        self._forms = forms
        self._confirming = confirming
        self._sender = sender

    async def take(self, event: Event) -> Spoken | None:
        """Takes one; on return what it writes is on disk."""
        match event:
            case Said(incoming=incoming, cancelled=True):
                return await self._noticed(incoming, asides.nothing_open)
            case Said(incoming=incoming):
                return await self._said(incoming, await self._onward.road.answer_now(incoming))
            case Pressed(incoming=incoming):
                return await self._pressed(incoming) if incoming.token else None
            case Wordless(incoming=incoming):
                return await self._noticed(incoming, asides.wordless)
            case _:
                return None

    async def _said(self, incoming: Incoming, reply: Reply) -> Spoken | None:
        form, cards = apart(reply)
        if form is None and not cards:
            return None
        if form is not None or goes_private(incoming, reply):
            # The one answer that there may be here is the line that tells nothing.
            await self._later(replace(incoming, reply_to=incoming.reply_to | {"url": ""}), reply)
            return await self._noticed(incoming, notices.answered_privately)
        return Spoken(_spoken(incoming, await self._outgoing.prepared(cards)), incoming, reply)

    async def _pressed(self, incoming: Incoming) -> Spoken | None:
        if asks(incoming.token):
            await self._ask(incoming)
            return None
        reply = await self._onward.road.answer_now(incoming)
        form, cards = apart(reply)
        if form is not None or not cards:
            await self._later(incoming, reply)
            return None
        shown = await self._outgoing.prepared(cards)
        here = reply.replace or not incoming.reply_to.get("url")
        if goes_private(incoming, reply) or not here or len(shown) > 1:
            await self._later(incoming, reply)
            return None
        made = answer(shown[0])
        if made.text or made.card is None:
            await self._later(incoming, reply)
            return Spoken(_update(incoming, summary_card(shown[0])), incoming)
        return Spoken(_update(incoming, made.card), incoming, reply)

    async def _ask(self, incoming: Incoming) -> None:
        """A button that asks before it runs asks in the application's chat: nobody else is to answer for them."""
        question = await self._confirming.question(incoming.token)
        words = Words(question.language) if question else await self._words(incoming)
        card = notices.confirmation(question.button, "cancel", words) if question else notices.expired(words)
        await self._sender.deliver(incoming.user, (card,), incoming.key)

    async def _later(self, incoming: Incoming, reply: Reply) -> None:
        """The delivery is accepted by now: its answer is kept under a name of its own."""
        if reply.cards or reply.form:
            await self._onward.keep(replace(incoming, delivery=f"{incoming.delivery}-answer"), reply)

    async def _noticed(self, incoming: Incoming, notice: Callable[[Words], Card]) -> Spoken:
        return Spoken(_stream(incoming, notice(await self._words(incoming)).summary), incoming)

    async def lost(self, spoken: Spoken) -> None:
        """The acknowledgement did not reach WeCom, or WeCom did not take it: what it said is kept and said another way.

        That is the ``response_url``, once within the hour; a notice that tells nothing is let go.
        """
        if spoken.reply is not None:
            await self._later(spoken.incoming, spoken.reply)

    async def _words(self, incoming: Incoming) -> Words:
        return await self._database.read(lambda work: words_of(work, incoming))


def _spoken(incoming: Incoming, cards: tuple[Card, ...]) -> Payload:
    """What stands in the chat: a text, a card, or both."""
    if len(cards) > 1:
        return _stream(incoming, "\n\n".join(answer(card).typed for card in cards))
    made = answer(cards[0])
    if made.card is None:
        return _stream(incoming, made.text)
    card = numbered({"template_card": made.card}, incoming.key, 0)
    if not made.text:
        return {"msgtype": "template_card", **card}
    return _stream(incoming, made.text) | {"msgtype": "stream_with_template_card"} | card


def _stream(incoming: Incoming, text: str) -> Payload:
    """A text that is complete at once, so that WeCom does not come back for more of it."""
    number = hashlib.sha256(incoming.key.encode()).hexdigest()[:32]
    return {"msgtype": "stream", "stream": {"id": number, "finish": True, "content": text}}


def _update(incoming: Incoming, card: Payload) -> Payload:
    task = incoming.reply_to.get("task", "")
    return {"response_type": "update_template_card", "template_card": card | {"task_id": task}}
