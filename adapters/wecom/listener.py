"""What the application is told: whether it answers a question or begins something, and onward with it."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from msgspec.structs import replace

from adapters.callbacks import notices as asides
from adapters.callbacks.asking.question import press_of
from adapters.callbacks.confirming import NO, Confirming, asks
from adapters.callbacks.membership import words_of
from adapters.callbacks.onward import Onward
from adapters.wecom import notices
from adapters.wecom.events import ContactChanged, Event, Pressed, Said, Wordless
from adapters.wecom.forms import Forms
from adapters.wecom.recent import Recent
from cards.model import Card
from cards.words import Words
from commands.model import Incoming, Reply
from core.work import Database


class Listener:
    """Takes what members say and press. What one of them does is taken one after the other."""

    def __init__(
        self,
        *,
        database: Database,
        onward: Onward,
        forms: Forms,
        confirming: Confirming,
        contacts: Callable[[ContactChanged], Awaitable[None]],
    ) -> None:
        self._database = database
        self._onward = onward
        self._forms = forms
        self._confirming = confirming
        self._contacts = contacts
        self._recent = Recent()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, event: Event) -> None:
        """Takes one; on return what it writes is on disk. A second copy does nothing. Raises StoreUnavailableError."""
        turn = self._turns.setdefault(event.incoming.user, asyncio.Lock())
        async with turn:
            if self._recent.has(event.incoming.key):
                return
            await self._taken(event)
            self._recent.add(event.incoming.key)

    async def _taken(self, event: Event) -> None:
        match event:
            case Said():
                await self._said(event)
            case Pressed():
                await self._pressed(event.incoming)
            case Wordless():
                await self._notice(event.incoming, asides.wordless)
            case ContactChanged():
                await self._contacts(event)

    async def _said(self, said: Said) -> None:
        incoming, form = said.incoming, await self._forms.current(said.incoming)
        if said.cancelled:
            if form is None:
                await self._notice(incoming, asides.nothing_open)
            else:
                await self._forms.cancel(form, incoming)
        elif form is None:
            await self._onwards(incoming)
        elif said.command:
            await self._forms.leave(form, incoming)
            await self._onwards(incoming)
        else:
            await self._forms.type(form, incoming)

    async def _onwards(self, incoming: Incoming) -> None:
        reply = await self._onward.ready(incoming)
        if reply is not None and reply.form is not None:
            await self._forms.begin(incoming, reply)
        elif reply is not None:
            self._onward.show(incoming, reply)

    async def _pressed(self, incoming: Incoming) -> None:
        if not incoming.token:
            return
        if (press := press_of(incoming.token)) is not None:
            form = await self._forms.current(incoming)
            if form is None or not await self._forms.press(form, incoming, press):
                await self._notice(incoming, notices.answered_already)
        elif asks(incoming.token):
            await self._on_confirmation(incoming)
        else:
            await self._onwards(incoming)

    async def _on_confirmation(self, incoming: Incoming) -> None:
        """A button that asks before it runs, or the answer to what it asked, which takes the question's place."""
        if incoming.token == NO:
            await self._notice(incoming, asides.not_done, replaces=True)
        elif token := await self._confirming.confirmed(incoming.token):
            await self._onwards(replace(incoming, token=token))
        elif question := await self._confirming.question(incoming.token):
            card = notices.confirmation(question.button, NO, Words(question.language))
            self._onward.show(incoming, Reply(cards=(card,)))
        else:
            await self._notice(incoming, notices.expired)

    async def _notice(self, incoming: Incoming, notice: Callable[[Words], Card], *, replaces: bool = False) -> None:
        words = await self._database.read(lambda work: words_of(work, incoming))
        self._onward.show(incoming, Reply(cards=(notice(words),), replace=replaces))
