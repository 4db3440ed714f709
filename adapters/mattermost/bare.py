"""For what speaks the slash-command format and nothing else: everything is said on the acknowledgement.

Without the server's address and a bot's token Kith cannot say anything later, open a dialog or fetch a message. What a
command writes is committed before it is answered; a second copy is answered with nothing.
"""

from typing import Any

from adapters.callbacks.replies import one_card
from adapters.mattermost.acknowledging import for_presser
from adapters.mattermost.carried import Carried, Origin, Target
from adapters.mattermost.drawing import Drawing, may_replace
from adapters.mattermost.incoming import Known, from_command, from_press
from adapters.mattermost.notices import CANCEL, asks_first, form_not_opened, not_done, typed_instead
from adapters.mattermost.payloads import ActionRequest, SlashCommand, Submission
from cards.model import Card, Form, InputKind
from cards.words import Words
from commands.model import Audience, Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from core.clock import Clock
from core.work import Database

Payload = dict[str, Any]


class Bare:
    """Takes what people do, as ``Listener`` does, and answers there and then."""

    def __init__(self, road: Road, drawing: Drawing, database: Database, clock: Clock, verbs: Verbs) -> None:
        self._road = road
        self._drawing = drawing
        self._database = database
        self._clock = clock
        self._verbs = verbs
        self._short = {f"/{one.slash}": one.verb for one in verbs.commands if one.slash}

    async def command(self, command: SlashCommand) -> Payload:
        """A slash command. What an outgoing webhook heard could only be answered before everybody, and is not."""
        if command.trigger_word:
            return {}
        incoming = from_command(command, Known(at=self._clock.now(), verbs=self._short))
        reply = await self._road.answer_now(incoming)
        if (card := await self._card(incoming, reply)) is None:
            return {}
        if reply.audience is Audience.ROOM:
            return self._drawing.response(card, Target(incoming.conversation), "in_channel")
        return self._drawing.at_once(incoming, card)

    async def press(self, request: ActionRequest, carried: Carried, token: str) -> Payload:
        """A pressed button: its post is changed, or the answer told in words with what to type instead of pressing."""
        incoming = from_press(request, carried, token, Known(at=self._clock.now()))
        words = await self._words(incoming)
        if token == CANCEL:
            return self._told(incoming, not_done(words), words)
        if carried.question:
            return self._told(incoming, asks_first(carried.label, carried.question, token, words), words)
        reply = await self._road.answer_now(incoming)
        if (card := await self._card(incoming, reply)) is None:
            return {}
        if may_replace(incoming, reply):
            return {"update": self._drawing.in_place(incoming, card)}
        return self._told(incoming, card, words)

    async def submitted(self, dialog: Submission, origin: Origin) -> Payload:  # noqa: ARG002 - none was opened
        """There are no dialogs."""
        return {}

    async def looked_up(self, question: Submission, origin: Origin, kind: InputKind) -> Payload:  # noqa: ARG002 - as above
        """There are no dialogs."""
        return {"items": []}

    async def _card(self, incoming: Incoming, reply: Reply) -> Card | None:
        if reply.form is not None:
            return self._instead(reply.form, await self._words(incoming))
        return one_card(reply.cards) if reply.cards else None

    def _instead(self, form: Form, words: Words) -> Card:
        command = self._verbs.read(form.command).command
        return form_not_opened(form, words(command.usage) if command else "", words, button=False)

    def _told(self, incoming: Incoming, card: Card, words: Words) -> Payload:
        text = self._drawing.words_alone(incoming, typed_instead(card, words))
        return for_presser(text) if text else {}

    async def _words(self, incoming: Incoming) -> Words:
        found = await self._database.read(lambda work: work.members.by_identity(incoming.identity))
        return Words(found.actor(platform=incoming.platform).language if found else "en")
