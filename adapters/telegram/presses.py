"""Presses: on a form's question, on a button that asks before it runs, on any other."""

from msgspec.structs import replace

from adapters.callbacks import notices as asides
from adapters.callbacks.confirming import NO, Confirming, asks
from adapters.telegram import notices
from adapters.telegram.forms.conversation import Forms
from adapters.telegram.forms.kept import update_number
from adapters.telegram.incoming import Pressed
from adapters.telegram.onward import Onward
from adapters.telegram.voice import Voice
from cards.renderers.telegram import Answer, answer, confirmation
from commands.model import Incoming


class Presses:
    """Takes presses; every one of them is answered."""

    def __init__(self, forms: Forms, confirming: Confirming, onward: Onward, voice: Voice) -> None:
        self._forms = forms
        self._confirming = confirming
        self._onward = onward
        self._voice = voice

    async def take(self, pressed: Pressed) -> None:
        """Takes one press; on return what it writes is on disk."""
        incoming, query = pressed.incoming, pressed.query
        if not incoming.reply_to:
            self._voice.answer(query)
        elif (press := answer(incoming.token)) is not None:
            await self._on_question(query, incoming, press)
        elif asks(incoming.token):
            await self._on_confirmation(query, incoming)
        else:
            await self._onward.press(incoming, query)

    async def _on_question(self, query: str, incoming: Incoming, press: Answer) -> None:
        state = await self._forms.current(incoming)
        is_open = state is not None and not state.closed and update_number(incoming) > state.update
        if state is not None and is_open and await self._forms.press(state, incoming, press):
            self._voice.answer(query)
        else:
            await self._voice.hint(query, incoming, notices.answered_already)

    async def _on_confirmation(self, query: str, incoming: Incoming) -> None:
        """A button that asks before it runs, or the answer to what it asked."""
        pressed = incoming.reply_to["message"]
        if incoming.token == NO:
            self._voice.answer(query)
            await self._voice.tell(incoming, asides.not_done, edits=pressed)
        elif token := await self._confirming.confirmed(incoming.token):
            await self._onward.press(replace(incoming, token=token), query)
            self._voice.strip(incoming)
        elif question := await self._confirming.question(incoming.token):
            self._voice.answer(query)
            self._voice.put(incoming, confirmation(question.button, question.language))
        else:
            await self._voice.hint(query, incoming, notices.expired)
