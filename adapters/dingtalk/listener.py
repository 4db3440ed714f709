"""What people write to the robot: a line, a press that came as one, a form filled in by lines; and onward with it."""

from msgspec.structs import replace

from adapters.callbacks.onward import Onward
from adapters.dingtalk import notices
from adapters.dingtalk.confirming import Confirming, agrees, asks, declines
from adapters.dingtalk.forms import Forms, tagged, values_in
from adapters.dingtalk.incoming import Said
from adapters.dingtalk.membership import words_of
from adapters.dingtalk.presses import Presses
from cards.model import Card
from cards.words import Words
from commands.model import Incoming, Reply
from core.work import Database


class Listener:
    """Takes messages."""

    def __init__(
        self, onward: Onward, forms: Forms, confirming: Confirming, presses: Presses, database: Database
    ) -> None:
        self._onward = onward
        self._forms = forms
        self._confirming = confirming
        self._presses = presses
        self._database = database

    async def take(self, said: Said) -> None:
        """Takes one message; on return it is on disk, or need not be."""
        incoming = said.incoming
        if said.wordless:
            if incoming.direct:
                await self._say(incoming, notices.wordless(await self._words(incoming)))
        elif incoming.token:
            await self._pressed(incoming)
        elif name := tagged(incoming.text):
            await self._filled(incoming, name)
        else:
            await self._run(incoming)

    async def _pressed(self, incoming: Incoming) -> None:
        token = incoming.token
        if declines(token):
            await self._say(incoming, notices.not_done(await self._words(incoming)))
        elif asks(token):
            question = await self._confirming.question(token)
            await self._say(incoming, question or notices.expired(await self._words(incoming)))
        elif agrees(token):
            meant = await self._confirming.meant(token)
            if meant:
                await self._run(replace(incoming, token=meant))
            else:
                await self._say(incoming, notices.expired(await self._words(incoming)))
        else:
            await self._run(incoming)

    async def _filled(self, incoming: Incoming, name: str) -> None:
        opened = await self._forms.find(incoming, name)
        if opened is None:
            await self._say(incoming, notices.expired(await self._words(incoming)))
            return
        values = {one.name: one.value for one in opened.form.inputs} | values_in(opened.form, incoming.text)
        reply, accepted = await self._presses.submit(incoming, opened, values)
        if accepted is not None:
            self._onward.road.start(accepted)
        if reply.errors:
            await self._say(incoming, await self._forms.refused(opened, values, reply.errors))
        elif reply.form is not None or not reply.ok:
            await self._onward.keep(incoming, reply)

    async def _run(self, incoming: Incoming) -> None:
        reply = await self._onward.ready(incoming)
        if reply is not None:
            # Kept, although it only reads: DingTalk brings a message again, and its answer is not to come twice.
            await self._onward.keep(incoming, reply)

    async def _say(self, incoming: Incoming, card: Card) -> None:
        await self._onward.keep(incoming, Reply(cards=(card,)))

    async def _words(self, incoming: Incoming) -> Words:
        return await self._database.read(lambda work: words_of(work, incoming))
