"""A form from its first question to its being sent in: each answer kept, then the next question put."""

import secrets
from datetime import timedelta

import msgspec
from msgspec.structs import replace
from telegram.error import TelegramError

from adapters.telegram import notices
from adapters.telegram.forms import state as steps
from adapters.telegram.forms.reading import DoubtfulError, offers, read_answer
from adapters.telegram.forms.state import State
from adapters.telegram.membership import context_of, words_of
from adapters.telegram.sender import Sender, Target, sending_of
from cards.model import Form
from cards.renderers.telegram import Answer, message
from cards.words import Words
from commands.model import Context, Incoming, Reply
from commands.road import Accepted, Road, Sending, Sent
from core.drafts import Draft
from core.errors import StoreUnavailableError
from core.work import Database, Work

LIFE = timedelta(days=1)  # since the last answer
_DELIVERED = Sending(Sent.DELIVERED)
STEP = "form"  # in `reply_to`: the form of which the answer is the next question


def update_number(incoming: Incoming) -> int:
    """The number of the update an ``Incoming`` came by."""
    return int(incoming.delivery.rpartition("-")[2])


def _key(incoming: Incoming) -> str:
    """One form at a time for each person: all of them are filled in in the private chat."""
    return f"form:{incoming.platform}:{incoming.tenant}:{incoming.user}"


def _kept(work: Work, incoming: Incoming) -> State | None:
    data = work.drafts.get(_key(incoming))
    return msgspec.json.decode(data, type=State) if data else None


def _keep(work: Work, state: State) -> None:
    work.drafts.put(Draft(_key(state.origin), msgspec.json.encode(state).decode(), work.now + LIFE))


class Forms:
    """The forms that are open, kept as drafts."""

    def __init__(self, database: Database, sender: Sender, road: Road) -> None:
        self._database = database
        self._sender = sender
        self._road = road

    async def current(self, incoming: Incoming) -> State | None:
        """The form this person is in, or the last one, closed."""
        return await self._database.read(lambda work: _kept(work, incoming))

    # -- what comes in -----------------------------------------------------------------------------

    async def press(self, state: State, incoming: Incoming, press: Answer) -> bool:
        """A button of the open question; False when it is an older question's."""
        if press.choice == steps.CANCEL and press.token == state.id:
            await self.cancel(state, incoming)
            return True
        moved = steps.pressed(state, press)
        if moved is None:
            return False
        await self._go_on(state, await self._database.read(lambda work: _offering(moved, work, incoming)), incoming)
        return True

    async def type(self, state: State, incoming: Incoming) -> None:
        """A text in answer to the open question."""
        await self._go_on(state, await self._database.read(lambda work: _answered(state, work, incoming)), incoming)

    async def cancel(self, state: State, incoming: Incoming) -> None:
        """Closes the form at the person's wish."""
        card = notices.cancelled(Words(state.language), state.form.title)
        at = replace(incoming, reply_to=incoming.reply_to | {"question": state.message})
        over = steps.closed(state, update_number(incoming))
        await self._keep_step(at, Reply(cards=(card,), replace=True), state, over)

    async def begin(self, incoming: Incoming, reply: Reply) -> None:
        """Opens ``reply.form`` together with keeping the delivery, so that the next update can be its first answer."""
        form, before = reply.form, await self.current(incoming)
        if form is None:
            return
        if before is not None and not before.closed and update_number(incoming) > before.update:
            await self.leave(before, incoming)
        kept = await self._road.keep(incoming, reply, beside=lambda work: _begin(work, incoming, form))
        if isinstance(kept, Accepted):
            self._road.start(kept)

    async def leave(self, state: State, incoming: Incoming) -> None:
        """Closes the form because something else was begun, and says so."""
        await self._close(state, incoming)
        await self._part(state, incoming)

    async def _close(self, state: State, incoming: Incoming) -> None:
        await self._database.write(lambda work: _keep(work, steps.closed(state, update_number(incoming))))

    async def _part(self, state: State, incoming: Incoming) -> None:
        chat = int(incoming.user)
        card = notices.left(Words(state.language), state.form.title)
        await self._sender.deliver(Target(chat), (message(card),), state.id)
        if state.message:
            await self._sender.strip(chat, state.message)

    async def _go_on(self, before: State, moved: State, incoming: Incoming) -> None:
        moved = replace(moved, update=update_number(incoming))
        if moved.ready:
            await self._send_in(before, moved, incoming)
        else:
            await self._ask(before, moved, incoming)

    async def _ask(self, before: State, moved: State, incoming: Incoming) -> None:
        step = replace(incoming, text="", reply_to=incoming.reply_to | {STEP: moved.id})
        await self._keep_step(step, Reply(form=moved.form), before, moved)

    async def _keep_step(self, incoming: Incoming, reply: Reply, before: State, moved: State) -> None:
        """The delivery, where the form now is and what to say, in one commit; then it is said."""
        kept = await self._road.keep(incoming, reply, beside=lambda work: _step(work, before, moved))
        if isinstance(kept, Accepted):
            self._road.start(kept)

    async def _send_in(self, before: State, state: State, incoming: Incoming) -> None:
        """Runs the form's command where the form was opened; what it objects to is asked for again."""
        origin = state.origin
        reply_to = origin.reply_to | {"question": state.message, "pressed": bool(incoming.reply_to.get("pressed"))}
        sent = replace(
            origin, delivery=incoming.delivery, token=state.form.token, text="", fields=state.fields, reply_to=reply_to
        )
        reply, message_job = await self._road.answer_form(sent)
        if reply.errors:
            await self._ask(before, steps.refused(state, reply.errors), incoming)
            return
        await self._close(state, incoming)
        if message_job is not None:
            self._road.start(message_job)
        elif reply.form is not None:
            await self.open(replace(sent, fields=None, token=""), reply.form)

    # -- what goes out -----------------------------------------------------------------------------

    async def open(self, incoming: Incoming, form: Form) -> Sending:
        """Begins a form with its first question. The one that was open is left; tried again, the same one is shown."""
        _, left = await self._database.write(lambda work: _opened(work, incoming, form))
        if left is not None and left.message:
            await self._part(left, incoming)
        return await self.show(incoming)

    async def show(self, incoming: Incoming) -> Sending:
        """Puts the question that is open now, if it has not been put yet."""
        async with self._sender.turn(int(incoming.user)):
            state = await self.current(incoming)
            if state is None or state.closed or state.shown == state.update:
                return _DELIVERED
            return await self._put(state, incoming)

    async def _put(self, state: State, incoming: Incoming) -> Sending:
        chat, place = int(incoming.user), incoming.reply_to
        in_place = place.get("pressed") and place.get("message") == state.message
        try:
            put = await self._sender.put(Target(chat, edits=state.message if in_place else None), steps.shown(state))
        except TelegramError as refused:
            return sending_of(refused)
        await self._database.write(lambda work: _shown_as(work, state, put))
        if state.message and put != state.message:
            await self._sender.strip(chat, state.message)
        return _DELIVERED


def _opened(work: Work, incoming: Incoming, form: Form) -> tuple[State, State | None]:
    """The new form, and the one that was open."""
    before = _kept(work, incoming)
    if before is not None and before.origin.key == incoming.key:
        return before, None
    state = State(
        id=secrets.token_urlsafe(6),
        origin=incoming,
        form=form,
        language=words_of(work, incoming).language,
        update=update_number(incoming),
    )
    state = _offering(steps.begun(state), work, incoming)
    _keep(work, state)
    return state, None if before is None or before.closed else before


def _begin(work: Work, incoming: Incoming, form: Form) -> None:
    _opened(work, incoming, form)


def _offering(state: State, work: Work, incoming: Incoming) -> State:
    """The question with what can be chosen before anything is typed."""
    context = context_of(work, incoming)
    if context is None or state.offered:
        return state
    return replace(state, offered=offers(state.input, context))


def _answered(state: State, work: Work, incoming: Incoming) -> State:
    context = context_of(work, incoming)
    one = state.input
    if context is None or one is None:  # on the last page there is nothing to type
        return state
    typed = incoming.quoted.text if incoming.quoted else incoming.text
    return _offering(_taken(state, typed, context), work, incoming)


def _taken(state: State, typed: str, context: Context) -> State:
    assert state.input is not None  # noqa: S101 - the caller has seen it
    try:
        return steps.filled(state, read_answer(state.input, typed, state.offered, context))
    except DoubtfulError as doubt:
        return steps.doubted(state, doubt.why, doubt.offered)


def _step(work: Work, before: State, moved: State) -> None:
    now = _kept(work, moved.origin)
    if now is None or (now.id, now.update) != (before.id, before.update):
        # Another process has taken another answer meanwhile. Telegram brings this one again, and it meets that form.
        raise StoreUnavailableError
    _keep(work, replace(moved, message=now.message, shown=now.shown))


def _shown_as(work: Work, state: State, put: int) -> None:
    now = _kept(work, state.origin)
    if now is not None and now.id == state.id:
        _keep(work, replace(now, message=put, shown=state.update))
