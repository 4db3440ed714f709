"""The open question of a form as a Telegram message."""

from msgspec.structs import replace

from adapters.callbacks.asking.steps import BACK, State
from cards.model import InputKind
from cards.renderers.telegram import question
from cards.renderers.telegram.parts import Payload
from cards.words import Words


def shown(state: State) -> Payload:
    """The message that asks."""
    one = state.input
    form = replace(state.form, token=state.id)
    if one is not None and state.offered:
        asked = replace(one, kind=InputKind.SELECT, options=state.offered)
        form = replace(form, inputs=tuple(asked if other is one else other for other in form.inputs))
    payload = question(form, state.index, state.language)
    if state.trail:
        back = {"text": Words(state.language)("Back"), "callback_data": f"form:{state.index}:{BACK}:{state.id}"}
        payload["reply_markup"]["inline_keyboard"][-1].insert(0, back)
    return payload
