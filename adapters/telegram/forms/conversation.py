"""A form from its first question to its being sent in: each answer kept, then the next question put."""

from functools import partial

from msgspec.structs import replace
from telegram.error import TelegramError

from adapters.callbacks import notices as asides
from adapters.callbacks.asking import kept, steps
from adapters.callbacks.asking.steps import State
from adapters.telegram.forms.kept import update_number
from adapters.telegram.forms.state import shown
from adapters.telegram.sender import Sender, Target, sending_of
from cards.model import Form
from cards.renderers.telegram import Answer, message
from cards.words import Words
from commands.background import Background
from commands.model import Incoming, Reply
from commands.road import Accepted, Repeated, Road
from commands.sending import Sending, Sent
from core.work import Database, Work

STEP = "form"  # in `reply_to`: the form of which the answer is the next question
_DELIVERED = Sending(Sent.DELIVERED)


class Forms:
    """The forms that are open, kept as drafts."""

    def __init__(self, database: Database, sender: Sender, road: Road, background: Background) -> None:
        self._database = database
        self._sender = sender
        self._road = road
        self._background = background

    async def current(self, incoming: Incoming) -> State | None:
        """The form this person is in, or the last one, closed."""
        return await self._database.read(lambda work: kept.find_form(work, incoming))

    # -- what comes in -----------------------------------------------------------------------------

    async def press(self, state: State, incoming: Incoming, press: Answer) -> bool:
        """A button of the open question; False when it is an older question's."""
        if press.choice == steps.CANCEL and press.token == state.id:
            await self.cancel(state, incoming)
            return True
        moved = steps.pressed(state, press.token, press.index, press.choice)
        if moved is None:
            return False
        await self._go_on(
            state, await self._database.read(lambda work: kept.with_offers(moved, work, incoming)), incoming
        )
        return True

    async def type(self, state: State, incoming: Incoming) -> None:
        """A text in answer to the open question."""
        await self._go_on(
            state, await self._database.read(lambda work: kept.typed_into(state, work, incoming)), incoming
        )

    async def cancel(self, state: State, incoming: Incoming) -> None:
        """Closes the form at the person's wish."""
        card = asides.cancelled(Words(state.language), state.form.title)
        at = replace(incoming, reply_to=incoming.reply_to | {"question": _question(state, incoming)})
        over = steps.closed(state, update_number(incoming))
        await self._keep_step(at, Reply(cards=(card,), replace=True), state, over)

    async def begin(self, incoming: Incoming, reply: Reply) -> None:
        """Opens ``reply.form`` together with keeping the delivery, so that the next update can be its first answer."""
        form, before = reply.form, await self.current(incoming)
        if form is None:
            return
        if before is not None and not before.closed and update_number(incoming) > before.update:
            await self.leave(before, incoming)
        accepted = await self._road.keep(incoming, reply, beside=lambda work: _open(work, incoming, form))
        self._start(accepted)

    async def leave(self, state: State, incoming: Incoming) -> None:
        """Closes the form because something else was begun, and says so."""
        await self._close(state, incoming)
        self._background.start(self._part(state, incoming))

    async def _close(self, state: State, incoming: Incoming) -> None:
        await self._database.write(lambda work: kept.close_form(work, state, update_number(incoming)))

    async def _part(self, state: State, incoming: Incoming) -> None:
        chat = int(incoming.user)
        card = asides.left(Words(state.language), state.form.title)
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
        self._start(await self._road.keep(incoming, reply, beside=lambda work: kept.step_form(work, before, moved)))

    def _start(self, outcome: Accepted | Repeated) -> None:
        if isinstance(outcome, Accepted):
            self._road.start(outcome)

    async def _send_in(self, before: State, state: State, incoming: Incoming) -> None:
        """Runs the form's command where the form was opened; what it objects to is asked for again."""
        origin = state.origin
        pressed = bool(incoming.reply_to.get("pressed"))
        reply_to = origin.reply_to | {"question": _question(state, incoming), "pressed": pressed}
        sent = replace(
            origin, delivery=incoming.delivery, token=state.form.token, text="", fields=state.fields, reply_to=reply_to
        )
        reply, message_job = await self._road.answer_form(sent)
        if reply.errors:
            await self._ask(before, steps.refused(state, reply.errors), incoming)
            return
        if not reply.ok:
            # Nothing that the form asks for would mend it.
            beside = partial(kept.close_form, state=state, update=update_number(incoming))
            self._start(await self._road.keep(sent, reply, beside=beside))
            return
        await self._close(state, incoming)
        if message_job is not None:
            self._road.start(message_job)
        elif reply.form is not None:
            await self.open(replace(sent, fields=None, token=""), reply.form)

    # -- what goes out -----------------------------------------------------------------------------

    async def open(self, incoming: Incoming, form: Form) -> Sending:
        """Begins a form with its first question. The one that was open is left; tried again, the same one is shown."""
        left = await self._database.write(lambda work: kept.open_form(work, incoming, form, update_number(incoming)))
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
        edits = place["message"] if STEP in place and place.get("pressed") else None
        try:
            put = await self._sender.put(Target(chat, edits=edits), shown(state))
        except TelegramError as refused:
            return sending_of(refused)
        await self._database.write(lambda work: kept.mark_shown(work, state, put))
        if state.message and put != state.message:
            await self._sender.strip(chat, state.message)
        return _DELIVERED


def _question(state: State, incoming: Incoming) -> int | None:
    """The open question's message: the one that was pressed, else the last that is known to have been put."""
    pressed: int | None = incoming.reply_to["message"] if incoming.reply_to.get("pressed") else None
    return pressed or state.message


def _open(work: Work, incoming: Incoming, form: Form) -> None:
    kept.open_form(work, incoming, form, update_number(incoming))
