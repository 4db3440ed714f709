"""Presses in cards. Each is answered at once with how the card changes; what takes longer follows.

DingTalk waits two seconds for the answer, and wants no change of the card before it has it:
https://open.dingtalk.com/document/orgapp/event-callback-card. So what was accepted is begun behind the answer.
"""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from adapters.callbacks.onward import Onward
from adapters.dingtalk.confirming import Confirming, agrees, asks, declines
from adapters.dingtalk.forms import Forms, OpenForm, sent_fields
from adapters.dingtalk.incoming import Pressed
from adapters.dingtalk.interactive import answered
from adapters.dingtalk.membership import words_of
from adapters.dingtalk.notices import expired
from adapters.dingtalk.outgoing import Outgoing, below
from adapters.dingtalk.placing import Place, has_form, place_of
from cards.renderers.dingtalk import no_form, no_note, note_variables, variables
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered
from core.work import Database

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """What DingTalk is answered, and what is to be carried out once it is. Both are on disk, or need not be."""

    answer: Answer
    accepted: Accepted | None = None

    def over(self, nothing: Answer) -> "Taken":
        """The same, with an answer where there is none."""
        return self if self.answer else Taken(nothing, self.accepted)


class Presses:
    """Takes presses and forms that are sent in."""

    def __init__(
        self, onward: Onward, outgoing: Outgoing, forms: Forms, confirming: Confirming, database: Database
    ) -> None:
        self._onward = onward
        self._outgoing = outgoing
        self._forms = forms
        self._confirming = confirming
        self._database = database

    async def take(self, pressed: Pressed) -> Taken:
        """Takes a press or a form; on return what it writes is on disk."""
        incoming = pressed.incoming
        if not incoming.conversation:
            room = await self._outgoing.room_of(incoming.reply_to["card"])
            if not room:
                return Taken(await self._forgotten(incoming))
            incoming = replace(incoming, conversation=room)
        if pressed.form:
            return await self._filled(incoming, pressed.form)
        return await self._pressed(incoming)

    async def start(self, taken: Taken) -> None:
        """Carries out what was accepted, once DingTalk has its answer."""
        if taken.accepted is not None:
            self._onward.road.start(taken.accepted)

    async def _pressed(self, incoming: Incoming) -> Taken:
        own, token = not incoming.direct, incoming.token
        if declines(token):
            return Taken(answered(no_note(), own=own))
        if asks(token):
            question = await self._confirming.question(token)
            return Taken(answered(note_variables(question), own=own) if question else await self._forgotten(incoming))
        if not agrees(token):
            return await self._run(incoming)
        meant = await self._confirming.meant(token)
        if not meant:
            return Taken(await self._forgotten(incoming))
        # Either way the question is over.
        return (await self._run(replace(incoming, token=meant))).over(answered(no_note(), own=own))

    async def _run(self, incoming: Incoming) -> Taken:
        outcome = await self._onward.road.receive(incoming)
        if not isinstance(outcome, Answered):
            return Taken({}, outcome if isinstance(outcome, Accepted) else None)
        reply = outcome.reply
        place = place_of(incoming, reply)
        if place in {Place.CHAT, Place.ROOM}:
            await self._onward.keep(incoming, reply)
            return Taken({})
        return Taken(await self._shown(incoming, reply, own=place is Place.OWN))

    async def _shown(self, incoming: Incoming, reply: Reply, *, own: bool) -> Answer:
        card = await self._outgoing.card_of(incoming, reply)
        if card is None:
            return {}
        if own or has_form(reply):
            return answered(below(card, form=has_form(reply)), own=own)
        return answered(variables(card), own=False)

    # -- forms -------------------------------------------------------------------------------------

    async def _filled(self, incoming: Incoming, name: str) -> Taken:
        own = not incoming.direct
        opened = await self._forms.find(incoming, name)
        if opened is None:
            return Taken(answered(no_form() | note_variables(expired(await self._words(incoming))), own=own))
        reply, accepted = await self.submit(incoming, opened, incoming.fields or {})
        if reply.errors:
            card = await self._forms.refused(opened, sent_fields(opened.form, incoming.fields or {}), reply.errors)
            return Taken(answered(below(card, form=True), own=own))
        if reply.form is None and reply.ok:
            return Taken(answered(no_form() | no_note(), own=own), accepted)
        next_one = await self._outgoing.card_of(incoming, reply)
        shown = below(next_one, form=has_form(reply)) if next_one is not None else {}
        return Taken(answered(no_form() | no_note() | shown, own=own), accepted)

    async def submit(
        self, incoming: Incoming, opened: OpenForm, values: dict[str, str]
    ) -> tuple[Reply, Accepted | None]:
        """Runs the form's command where the form was opened; its receipt is kept as a message of its own."""
        origin = opened.origin
        sent = replace(
            origin,
            delivery=incoming.delivery,
            token=opened.form.token,
            text="",
            fields=sent_fields(opened.form, values),
            reply_to=incoming.reply_to,
        )
        reply, message = await self._onward.road.answer_form(sent)
        if reply.ok and not reply.errors:
            await self._forms.close(incoming, opened.name)
        return reply, message

    async def _forgotten(self, incoming: Incoming) -> Answer:
        return answered(note_variables(expired(await self._words(incoming))), own=not incoming.direct)

    async def _words(self, incoming: Incoming) -> Any:
        return await self._database.read(lambda work: words_of(work, incoming))
