"""Presses, which Feishu wants answered with content within three seconds, and does not repeat.

https://open.feishu.cn/document/feishu-cards/card-callback-communication: the answer is a toast for who pressed, and a
card that takes the place of the pressed one for everybody who sees it.
"""

import asyncio
from dataclasses import dataclass
from threading import Lock
from typing import Any

import msgspec
import structlog

from adapters.feishu import notices
from adapters.feishu.forms import Kept, KeptForms
from adapters.feishu.incoming import from_press
from adapters.feishu.outgoing import Outgoing
from adapters.feishu.payloads import Header, Pressed
from cards.forms import refilled
from cards.model import Card, Tone
from cards.renderers.feishu import Spot, is_submission, message, submitted
from cards.renderers.feishu.objects import Around
from cards.words import Words
from commands.background import Background
from commands.model import Audience, Incoming, Quoted, Reply
from commands.road import Accepted, Road
from core.errors import StoreUnavailableError

log = structlog.get_logger()

Payload = dict[str, Any]
PATIENCE_SECONDS = 2.2  # of three, the rest being the way back


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back on the press, and what is to be begun when it has gone."""

    payload: Payload
    then: Accepted | None = None


class Pressing:
    """Answers presses. ``patience`` is how long an answer is waited for, in seconds."""

    def __init__(
        self, road: Road, forms: KeptForms, outgoing: Outgoing, *, language: str, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._road = road
        self._forms = forms
        self._outgoing = outgoing
        self._language = language
        self._patience = patience
        self._background = Background(road.traffic)

    async def answer(self, header: Header, pressed: Pressed) -> Answer:
        """Carries out a press; on return what it did is on disk, and so is an answer that goes its own way."""
        incoming = from_press(header, pressed, language=self._language)
        if not incoming.token:
            return Answer({})
        kept = None
        try:
            if is_submission(pressed.action.name):
                kept = await self._forms.find(incoming)
                incoming = _filled(incoming, pressed, kept)
            return await self._in_time(incoming, kept)
        except StoreUnavailableError:
            log.warning("delivery_refused", kind="press", reason="store_unavailable")
            return Answer(notices.toast(notices.cannot_save(Words(self._language)), Tone.BAD))

    async def settle(self) -> None:
        """Waits for what took longer than a press can wait."""
        await self._background.settle()

    async def _in_time(self, incoming: Incoming, kept: Kept | None) -> Answer:
        """What is not there in time is a message of its own, and kept as one by the commit that carries it out."""
        turn = _Turn()
        task = asyncio.ensure_future(
            self._road.answer_apart(incoming, lambda reply: _is_apart(incoming, reply, kept, turn))
        )
        await asyncio.wait({task}, timeout=self._patience)
        if not task.done() and turn.is_over():
            self._background.start(self._follow(task))
            return Answer(notices.toast(notices.takes_longer(Words(self._language))))
        reply, apart = await task
        return await self._answered(incoming, reply, kept, apart)

    async def _follow(self, task: "asyncio.Task[tuple[Reply, Accepted | None]]") -> None:
        _, apart = await task
        if apart:
            self._road.start(apart)

    # -- what the answer is ------------------------------------------------------------------------

    async def _answered(self, incoming: Incoming, reply: Reply, kept: Kept | None, apart: Accepted | None) -> Answer:
        if reply.errors and kept is not None:
            return await self._sent_back(incoming, reply, kept)
        if rides(incoming, reply) and (card := await self._outgoing.card_of(incoming, reply)):
            return Answer(_said(reply, card) | _in_place(card, incoming))
        if reply.errors and not reply.cards:  # the form is older than what is kept of it
            return Answer(notices.toast(" ".join(reply.errors.values()), Tone.BAD))
        failed = notices.toast(reply.cards[0].summary, Tone.WARNING) if reply.cards and not reply.ok else {}
        return Answer(failed, apart)

    async def _sent_back(self, incoming: Incoming, reply: Reply, kept: Kept) -> Answer:
        """The form again, with all that was typed into it, and what was wrong at its fields."""
        form = refilled(kept.form, incoming.fields or {}, reply.errors)
        card = notices.form_card(form, kept.language)
        await self._forms.keep(incoming, card, kept.quoted)
        first = next((text for text in reply.errors.values() if text), "")
        return Answer(notices.toast(first, Tone.BAD) | _in_place(card, incoming))


class _Turn:
    """Which comes first: the answer, or the end of what a press can wait. Asked from two threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._first = ""

    def is_in_time(self) -> bool:
        """Whether the answer was first; from then on it is waited for."""
        return self._came("answer")

    def is_over(self) -> bool:
        """Whether waiting ended first; from then on the answer goes by itself."""
        return self._came("end")

    def _came(self, name: str) -> bool:
        with self._lock:
            self._first = self._first or name
            return self._first == name


def _is_apart(incoming: Incoming, reply: Reply, kept: Kept | None, turn: _Turn) -> bool:
    """Whether the answer is a message of its own, rather than read at the button or in the pressed card's place."""
    if not turn.is_in_time():
        return bool(reply.cards) or reply.form is not None
    if (reply.errors and (kept is not None or not reply.cards)) or rides(incoming, reply):
        return False
    if reply.cards and not reply.ok:  # read at the button, where there is nothing to do about it
        return any(map(notices.is_pressable, reply.cards))
    return bool(reply.cards) or reply.form is not None


def rides(incoming: Incoming, reply: Reply) -> bool:
    """Whether the answer takes the place of the pressed card, by the eyes that see that card and those it is for.

    A form that was sent is done with, so its receipt stands there. A card that is to go on showing the present is a
    message by itself, for that has a reference.
    """
    if not reply.cards or reply.form is not None or reply.live is not None:
        return False
    if not (reply.replace or (incoming.fields is not None and reply.ok)):
        return False
    for_room = reply.audience is Audience.ROOM
    match incoming.reply_to["at"]:
        case Spot.DIRECT:
            return True
        case Spot.OWN:
            return not for_room
        case _:
            return for_room


def _filled(incoming: Incoming, pressed: Pressed, kept: Kept | None) -> Incoming:
    around = Around(Words(kept.language if kept else "en"), Spot(incoming.reply_to["at"]))
    fields = submitted(pressed.action.form_value or {}, kept.form if kept else None, around)
    quoted = kept.quoted if kept else None
    if quoted is not None:
        quoted = Quoted(
            text=fields.get("text", quoted.text), author=quoted.author, said_at=quoted.said_at, link=quoted.link
        )
    return msgspec.structs.replace(incoming, fields=fields, quoted=quoted)


def _said(reply: Reply, card: Card) -> Payload:
    """A toast for what was done or went wrong; what was only looked up is seen anyway."""
    if reply.ok and card.tone is Tone.NEUTRAL:
        return {}
    return notices.toast(card.summary, card.tone if reply.ok else Tone.WARNING)


def _in_place(card: Card, incoming: Incoming) -> Payload:
    return {"card": {"type": "raw", "data": message(card, Spot(incoming.reply_to["at"]))}}
