"""A form as the card of a Teams dialog, and what was filled in read as the form's values.

Inputs are called by their number, ``in0``; the form itself is kept, so the names are known when it comes back.
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

from collections.abc import Mapping
from typing import Any, assert_never

from cards.model import Form, Input, InputKind, Tone
from cards.renderers.controls import holds
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, harmless, label, units
from cards.renderers.fitting import Piece, fit, notice
from cards.renderers.teams.elements import (
    COLORS,
    ENVELOPE_MAX,
    FORM,
    LABEL_MAX,
    MESSAGE_MAX,
    SCHEMA,
    VERSION,
    Payload,
    container,
    line,
    paragraph,
    run,
    size,
)
from cards.words import Words

TITLE_MAX = 60  # ours: a dialog's title bar shows no more
HEIGHT, WIDTH = "medium", "medium"
VALUE_MAX = 3000  # ours, as on other platforms
CHOICES_MAX = 200  # ours: what is more is not found in a list
_LABEL_MAX = 300
_REMARK_MAX = 2000
_NOTICE = (2 * 1024,)


def dialog(form: Form, language: str, *, errors: Mapping[str, str] | None = None) -> Payload:
    """The ``value`` of a ``continue`` answer to task/fetch or task/submit. ``errors`` are words by input name."""
    card = _card(form, Words(language), errors or {})
    content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"title": label(form.title, TITLE_MAX), "height": HEIGHT, "width": WIDTH, "card": content}


def dialog_values(form: Form, data: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by input name; empty for a field left empty."""
    return {one.name: _filled(data.get(f"in{index}")) for index, one in enumerate(form.inputs) if one.name}


def _filled(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _card(form: Form, words: Words, errors: Mapping[str, str]) -> Payload:
    submit = {"type": "Action.Submit", "title": label(form.submit, LABEL_MAX), "data": {FORM: form.token}}
    made = {"type": "AdaptiveCard", "$schema": SCHEMA, "version": VERSION, "actions": [submit], "body": []}
    pieces = [Piece(element) for element in _above(form, errors)]
    for index, one in enumerate(form.inputs):
        pieces.append(Piece(_field(index, one, errors.get(one.name, one.error), words), rows=1))
    room = (MESSAGE_MAX - ENVELOPE_MAX - size(made),)
    fitted = fit(pieces, lambda element: (size(element) + len(",") * 2,), room, _NOTICE)
    rest = paragraph(notice(fitted.left, words)) if fitted.left else []
    shown = [*fitted.before, *rest, *fitted.after]
    return made | {"body": shown or [line(run(clean_line(form.title) or NOTHING))]}


def _above(form: Form, errors: Mapping[str, str]) -> list[Payload]:
    """A title that the bar cuts off, and what was wrong with no field of the form."""
    title = clean_line(form.title)
    said = paragraph(cut(title, _REMARK_MAX)) if units(title) > TITLE_MAX else []
    names = {one.name for one in form.inputs}
    return said + [one for name, words in errors.items() if name not in names for one in _wrong(words)]


def _wrong(words: str) -> list[Payload]:
    said = cut(clean(words), _REMARK_MAX)
    return paragraph(f"❌ {said}", color=COLORS[Tone.BAD]) if said else []


def _field(index: int, one: Input, error: str, words: Words) -> Payload:
    """The field, what it is for above it, and below it what was wrong."""
    name = label(one.label or one.name, _LABEL_MAX)
    control = _control(one) | {"id": f"in{index}", "label": name}
    if one.required:
        control |= {"isRequired": True, "errorMessage": words("needed")}
    return container([control, *_remarks(one, control, error, words)])


def _remarks(one: Input, control: Payload, error: str, words: Words) -> list[Payload]:
    said = _wrong(error)
    shown = control.get("value", "")
    if control["type"] == "Input.Text" and units(shown) < units(harmless(one.value)):
        said += paragraph(words("Only the beginning fits here; the rest was cut off."))
    if one.kind is InputKind.SELECT and len(one.options) > CHOICES_MAX:
        said += paragraph(words("…and {count} more", count=words.number(len(one.options) - CHOICES_MAX)))
    return said + paragraph(cut(clean(one.hint), _REMARK_MAX), isSubtle=True, size="small")


def _control(one: Input) -> Payload:  # noqa: C901, PLR0911 - one line per kind
    """The control for an input; where it could not hold what was typed, a plain field."""
    if not holds(one):
        return _typed(one)
    match one.kind:
        case InputKind.TEXT | InputKind.MONEY:
            return _typed(one)
        case InputKind.PHONE:
            return _typed(one) | {"style": "tel"}
        case InputKind.EMAIL:
            return _typed(one) | {"style": "email"}
        case InputKind.MULTILINE:
            return _typed(one) | {"isMultiline": True}
        case InputKind.DATE:
            return _known("Input.Date", one.value)
        case InputKind.TIME:
            return _known("Input.Time", one.value)
        case InputKind.NUMBER:
            return _known("Input.Number", float(one.value) if one.value else None)
        case InputKind.SELECT:
            return _select(one)
        case InputKind.CUSTOMER | InputKind.MEMBER:
            return _typeahead(one)
        case _:
            assert_never(one.kind)


def _known(kind: str, value: Any) -> Payload:
    return {"type": kind} | ({} if value in (None, "") else {"value": value})


def _typed(one: Input) -> Payload:
    room = min(max(one.max_length, 1), VALUE_MAX)
    control = _known("Input.Text", cut(harmless(one.value), room)) | {"maxLength": room}
    return control | _placeholder(one)


def _placeholder(one: Input) -> Payload:
    placeholder = cut(clean_line(one.placeholder), _LABEL_MAX)
    return {"placeholder": placeholder} if placeholder else {}


def _select(one: Input) -> Payload:
    """A drop-down; a value that is not among the options is added to them."""
    options = {harmless(option.value): option.label for option in one.options[:CHOICES_MAX]}
    if one.value:
        options.setdefault(harmless(one.value), one.shown)
    if "" in options:
        return _typed(one)
    choices = [{"title": label(shown, _LABEL_MAX), "value": value} for value, shown in options.items()]
    return _known("Input.ChoiceSet", harmless(one.value)) | {"style": "compact", "choices": choices} | _placeholder(one)


def _typeahead(one: Input) -> Payload:
    """A list that Kith is asked for while somebody types.

    https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
    """
    value = harmless(one.value)
    known = [{"title": label(one.shown, _LABEL_MAX), "value": value}] if value else []
    query = {"type": "Data.Query", "dataset": one.kind.value}
    looks = {"style": "filtered", "choices": known, "choices.data": query}
    return _known("Input.ChoiceSet", value) | looks | _placeholder(one)
