"""A form from its first question to its being sent in, in the application's chat: WeCom has no dialogs.

Each answer is kept before the next question is put, so that a restart finds the form where it was.
"""

from functools import partial

from msgspec.structs import replace

from adapters.callbacks import notices as asides
from adapters.callbacks.asking import kept, steps
from adapters.callbacks.asking.question import Press, asking
from adapters.callbacks.asking.steps import State
from adapters.wecom.sender import Sender
from cards.model import Card, Form
from cards.words import Words
from commands.model import Incoming, Reply
from commands.road import Accepted, Repeated, Road
from commands.sending import Sending, Sent
from core.work import Database

STEP = "form"  # in `reply_to`: the form of which the answer is the next question
QUESTION = "question"  # in `reply_to`: the card that was pressed is a question of a form, which is over
_DELIVERED = Sending(Sent.DELIVERED)


class Forms:
    """The forms that are open, kept as drafts."""

    def __init__(self, database: Database, sender: Sender, road: Road) -> None:
        self._database = database
        self._sender = sender
        self._road = road

    async def current(self, incoming: Incoming) -> State | None:
        """The form this person is in; None when there is none that is open."""
        state = await self._database.read(lambda work: kept.find_form(work, incoming))
        return None if state is None or state.closed else state

    async def press(self, state: State, incoming: Incoming, press: Press) -> bool:
        """A button of the open question; False when it is an older question's."""
        if press.choice == steps.CANCEL and press.form_id == state.id:
            await self.cancel(state, incoming)
            return True
        moved = steps.pressed(state, press.form_id, press.index, press.choice)
        if moved is None:
            return False
        offered = await self._database.read(lambda work: kept.with_offers(moved, work, incoming))
        await self._go_on(state, offered, incoming)
        return True

    async def type(self, state: State, incoming: Incoming) -> None:
        """A text in answer to the open question."""
        moved = await self._database.read(lambda work: kept.typed_into(state, work, incoming))
        await self._go_on(state, moved, incoming)

    async def cancel(self, state: State, incoming: Incoming) -> None:
        """Closes the form at the person's wish."""
        card = asides.cancelled(Words(state.language), state.form.title)
        over = steps.closed(state, state.update + 1)
        await self._keep_step(incoming, Reply(cards=(card,), replace=True), state, over)

    async def begin(self, incoming: Incoming, reply: Reply) -> None:
        """Opens ``reply.form`` together with keeping the delivery, so that the next message can be its first answer."""
        form, before = reply.form, await self.current(incoming)
        if form is None:
            return
        if before is not None and before.origin.key != incoming.key:
            await self.leave(before, incoming)
        opened = partial(kept.open_form, incoming=incoming, form=form, update=1)
        self._start(await self._road.keep(incoming, reply, beside=lambda work: _ignore(opened(work))))

    async def leave(self, state: State, incoming: Incoming) -> None:
        """Closes the form because something else was begun, and says so."""
        await self._database.write(lambda work: kept.close_form(work, state, state.update + 1))
        card = asides.left(Words(state.language), state.form.title)
        await self._sender.deliver(incoming.user, (card,), f"{state.id}-left")

    async def open(self, incoming: Incoming, form: Form) -> Sending:
        """Begins a form with its first question. The one that was open is left; tried again, the same one is shown."""
        left = await self._database.write(lambda work: kept.open_form(work, incoming, form, 1))
        if left is not None:
            card = asides.left(Words(left.language), left.form.title)
            await self._sender.deliver(incoming.user, (card,), f"{left.id}-left")
        return await self.show(incoming)

    async def show(self, incoming: Incoming) -> Sending:
        """Puts the question that is open now, if it has not been put yet."""
        state = await self.current(incoming)
        if state is None or state.shown == state.update:
            return _DELIVERED
        place = incoming.reply_to
        code = str(place.get("code", "")) if STEP in place and place.get("pressed") else ""
        card: Card = asking(state)
        sending = await self._sender.deliver(incoming.user, (card,), f"{state.id}-{state.update}", code=code)
        if sending.sent is Sent.DELIVERED:
            await self._database.write(lambda work: kept.mark_shown(work, state, 0))
        return sending

    # -- steps -------------------------------------------------------------------------------------

    async def _go_on(self, before: State, moved: State, incoming: Incoming) -> None:
        moved = replace(moved, update=before.update + 1)
        if moved.ready:
            await self._send_in(before, moved, incoming)
        else:
            await self._ask(before, moved, incoming)

    async def _ask(self, before: State, moved: State, incoming: Incoming) -> None:
        step = replace(incoming, text="", token="", reply_to=incoming.reply_to | {STEP: moved.id})
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
        pressed = {name: incoming.reply_to[name] for name in ("pressed", "code") if name in incoming.reply_to}
        place = {name: value for name, value in origin.reply_to.items() if name not in {"pressed", "code"}}
        sent = replace(
            origin,
            delivery=incoming.delivery,
            token=state.form.token,
            text="",
            fields=state.fields,
            reply_to=place | pressed | {QUESTION: True},
        )
        reply, message_job = await self._road.answer_form(sent)
        if reply.errors:
            await self._ask(before, steps.refused(state, reply.errors), incoming)
            return
        over = partial(kept.close_form, state=state, update=state.update)
        if not reply.ok:
            # Nothing that the form asks for would mend it.
            self._start(await self._road.keep(sent, reply, beside=over))
            return
        await self._database.write(over)
        if message_job is not None:
            self._road.start(message_job)
        elif reply.form is not None:
            await self.open(replace(sent, fields=None, token=""), reply.form)


def _ignore(_opened: State | None) -> None:
    """What was open before has been left already."""
