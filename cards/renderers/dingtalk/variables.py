"""A card as the variables of the template that Kith ships (deploy/dingtalk/kith-card.json).

``body`` and ``btns`` are everybody's. ``note`` and ``note_btns`` stand below them and are one person's own where they
are sent as private data. Values are strings, as the interface wants them; what is no text is JSON.
https://open.dingtalk.com/document/orgapp/instructions-for-filling-in-api-card-data
"""

import json

from cards import model
from cards.renderers.cutting import NOTHING
from cards.renderers.dingtalk import marks
from cards.renderers.dingtalk.form import form_variables
from cards.renderers.dingtalk.opening import opened
from cards.renderers.dingtalk.parts import LONGEST, Knob, Part, Payload, composed, fits, fitted
from cards.renderers.dingtalk.pieces import Scope, pieces
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import Piece
from cards.words import Words

Variables = dict[str, str]

PRESS = "press"  # the id of every button's request; which one it was stands in its token
_COLOURS = {model.Style.NORMAL: "gray", model.Style.PRIMARY: "blue", model.Style.DANGER: "red"}


def variables(card: model.Card) -> Variables:
    """All of the template's variables, for a card that is new or shown anew; the first form in it gets the fields."""
    form = next((block for block in card.blocks if isinstance(block, model.Form)), None)
    body, buttons = _drawn(card, form)
    fields = form_variables(form, card.language) if form else no_form()
    return {"body": body, "btns": buttons, **no_note(), **fields}


def note_variables(card: model.Card) -> Variables:
    """The card below the one that stands there, such as an answer to a press."""
    body, buttons = _drawn(card, None)
    return {"has_note": "true", "note": body, "note_btns": buttons}


def no_note() -> Variables:
    """Nothing below the card."""
    return {"has_note": "false", "note": "", "note_btns": "[]"}


def no_form() -> Variables:
    """No fields in the card."""
    return {"has_form": "false", "form_note": "", "form": '{"fields":[]}', "form_btn": "", "form_state": "normal"}


def _drawn(card: model.Card, apart: model.Form | None) -> tuple[str, str]:
    """The text, and the buttons as JSON."""
    words = Words(card.language)
    for longest in LONGEST:
        made = _pieces(card, Scope(words, longest, apart))
        if fits(made, _text):
            break
    parts = fitted(made, _text, words, address=card.link, shortened=longest < LONGEST[0])
    buttons = [_button(one) for part in parts for one in part.knobs]
    return composed(parts, _text), json.dumps(buttons, ensure_ascii=False)


def _text(part: Part) -> str:
    return part.text


def _pieces(card: model.Card, scope: Scope) -> list[Piece[Part]]:
    made: list[Piece[Part]] = []
    for index, block in enumerate(with_sign(card, EMOJI)):
        made += pieces(block, index, scope)
    if scope.apart is not None or any(piece.content.text for piece in made):
        return made
    return [Piece(Part(-1, marks.paragraph(card.summary, scope.longest) or NOTHING)), *made]


def _button(one: Knob) -> Payload:
    event: Payload = {"type": "sendCardRequest", "params": {"actionId": PRESS, "params": {"token": one.token}}}
    if one.url:
        event = {"type": "openLink", "params": {"url": opened(one.url)}}
    return {"text": one.label, "color": _COLOURS[one.style], "status": "normal", "event": event}
