"""Cards in DingTalk: as markdown messages, and as the variables of the card template that Kith ships."""

from cards.renderers.dingtalk.form import FORM_FIELD, form_values, form_variables
from cards.renderers.dingtalk.message import message, pressed_token, typed_line
from cards.renderers.dingtalk.opening import side_link
from cards.renderers.dingtalk.variables import no_form, no_note, note_variables, variables

__all__ = [
    "FORM_FIELD",
    "form_values",
    "form_variables",
    "message",
    "no_form",
    "no_note",
    "note_variables",
    "pressed_token",
    "side_link",
    "typed_line",
    "variables",
]
