"""What comes in: to whom it is said, whether it answers a question or begins something, and onward with it."""

import asyncio
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update

from adapters.callbacks import notices as asides
from adapters.callbacks.asking.steps import State
from adapters.telegram.addressing import Me
from adapters.telegram.bot import Connection
from adapters.telegram.forms.conversation import Forms
from adapters.telegram.forms.kept import update_number
from adapters.telegram.incoming import Asked, Pressed, Said, Wordless, decode
from adapters.telegram.inline import Inline
from adapters.telegram.menu import verbs_by_name
from adapters.telegram.onward import Onward
from adapters.telegram.presses import Presses
from adapters.telegram.voice import Voice
from adapters.telegram.waiting import Waiting, forget
from commands.background import Background
from commands.model import Incoming
from commands.parsing import Verbs


class Listener:
    """Takes updates. Those of one person are taken one after the other."""

    def __init__(  # noqa: PLR0913 - everything an update may call for
        self,
        *,
        bot: Connection,
        me: Me,
        verbs: Verbs,
        forms: Forms,
        presses: Presses,
        inline: Inline,
        waiting: Waiting,
        onward: Onward,
        voice: Voice,
        background: Background,
    ) -> None:
        self._bot, self._me = bot, me
        self._verbs, self._names = verbs, verbs_by_name(verbs.commands)
        self._forms, self._presses, self._inline, self._waiting = forms, presses, inline, waiting
        self._onward, self._voice, self._background = onward, voice, background
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(self, raw: dict[str, Any]) -> None:
        """Takes one update; on return it is on disk, or need not be.

        Raises whatever Telegram's library or the database objects to.
        """
        event = decode(Update.de_json(raw, self._bot), self._me, self._verbs, self._names)
        match event:
            case Said():
                async with self._turn(event.incoming):
                    await self._said(event)
            case Pressed():
                async with self._turn(event.incoming):
                    await self._presses.take(event)
            case Asked():
                self._background.start(self._inline.answer(event))
            case Wordless():
                await self._voice.tell(event.incoming, asides.wordless)

    def _turn(self, incoming: Incoming) -> asyncio.Lock:
        return self._turns.setdefault(incoming.user, asyncio.Lock())

    async def _said(self, said: Said) -> None:
        incoming = said.incoming
        state = await self._forms.current(incoming) if incoming.direct else None
        # An update that is not newer than the form's last one was delivered again, or late.
        late = state is not None and update_number(incoming) <= state.update
        open_form = None if late or state is None or state.closed else state
        if said.cancelled:
            await self._cancel(open_form, incoming, late=late)
        elif said.started and (kept := await self._waiting.find(incoming)):
            await self._onward.keep(*kept, beside=lambda work: forget(work, incoming))
        elif open_form is None:
            await self._onward.line(incoming, once=late or said.started)
        elif said.command:
            await self._forms.leave(open_form, incoming)
            await self._onward.line(incoming)
        else:
            await self._forms.type(open_form, incoming)

    async def _cancel(self, form: State | None, incoming: Incoming, *, late: bool) -> None:
        if form is not None:
            await self._forms.cancel(form, incoming)
        elif not late:
            await self._voice.tell(incoming, asides.nothing_open)
