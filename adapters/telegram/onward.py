"""From a line or a press to its answer: what reads is answered at once, what writes is acknowledged first."""

from collections.abc import Callable

from adapters.callbacks.replies import goes_private
from adapters.telegram import notices
from adapters.telegram.forms.conversation import Forms
from adapters.telegram.outgoing import Outgoing
from adapters.telegram.voice import Voice
from commands.background import Background
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered, Road
from commands.sending import Sent
from core.work import Work


class Onward:
    """Puts deliveries on the road."""

    def __init__(self, road: Road, forms: Forms, outgoing: Outgoing, voice: Voice, background: Background) -> None:
        self._road = road
        self._forms = forms
        self._outgoing = outgoing
        self._voice = voice
        self._background = background

    async def line(self, incoming: Incoming, *, once: bool = False) -> None:
        """A typed line. ``once`` when it may have come before as something else, such as the answer to a question."""
        outcome = await self._road.receive(incoming)
        if isinstance(outcome, Accepted):
            self._road.start(outcome)
        elif isinstance(outcome, Answered):
            await self._show(incoming, outcome.reply, once=once)

    async def press(self, incoming: Incoming, query: str) -> None:
        """A press; in a group it tells at the button that the answer is elsewhere, or why there is none."""
        outcome = await self._road.receive(incoming)
        if isinstance(outcome, Answered) and goes_private(incoming, outcome.reply):
            await self._show_to_one(incoming, outcome.reply, query)
            return
        self._voice.answer(query)
        if isinstance(outcome, Accepted):
            self._road.start(outcome)
        elif isinstance(outcome, Answered):
            await self._show(incoming, outcome.reply)

    async def _show_to_one(self, incoming: Incoming, reply: Reply, query: str) -> None:
        if reply.cards and not reply.ok:
            self._voice.answer(query, reply.cards[0].summary, alert=True)
            return
        await self._voice.hint(query, incoming, notices.answered_privately)
        await self._show(incoming, reply)

    async def _show(self, incoming: Incoming, reply: Reply, *, once: bool = False) -> None:
        if reply.form is not None:
            await self._forms.begin(incoming, reply)
        elif once:
            await self.keep(incoming, reply)
        else:
            self._background.start(self._send(incoming, reply))

    async def _send(self, incoming: Incoming, reply: Reply) -> None:
        sending = await self._outgoing.send(incoming, reply, incoming.key)
        if sending.sent is Sent.RETRY:
            await self.keep(incoming, reply)

    async def keep(self, incoming: Incoming, reply: Reply, *, beside: Callable[[Work], None] | None = None) -> None:
        """An answer that must not be lost or come twice."""
        kept = await self._road.keep(incoming, reply, beside=beside)
        if isinstance(kept, Accepted):
            self._road.start(kept)
