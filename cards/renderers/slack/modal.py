"""A form as a Slack modal: the view to open, the answer that shows errors at their fields, and what was filled in.

A block's id is its input's name. An element's ``action_id`` is its kind and a number, ``customer-1``, so that a
block_suggestion says whether customers or members are looked for.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from cards.model import Form, Input, InputKind
from cards.renderers.controls import holds
from cards.renderers.cutting import clean, clean_line, cut, harmless, units
from cards.renderers.fitting import Piece, fit, notice
from cards.renderers.slack.objects import (
    OPTION_VALUE_MAX,
    OPTIONS_MAX,
    PLACEHOLDER_MAX,
    Payload,
    context,
    option,
    paragraph,
    plain,
    section,
)
from cards.words import Words

BLOCKS_MAX = 100
TITLE_MAX = 24  # submit and close too
LABEL_MAX = 2000  # hint too
VALUE_MAX = 3000  # plain_text_input
BLOCK_ID_MAX = 255
ERROR_MAX = 2000  # no limit is documented


def modal(form: Form, *, private_metadata: str, callback_id: str, language: str) -> Payload:
    """A view for views.open, views.push or a response_action. ``private_metadata`` takes at most 3,000 letters."""
    words = Words(language)
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": private_metadata,
        "title": plain(form.title, TITLE_MAX),
        "submit": plain(form.submit, TITLE_MAX),
        "close": plain(words("Cancel"), TITLE_MAX),
        "blocks": _blocks(form, words),
    }


def modal_errors(form: Form) -> Payload:
    """The answer to a view_submission that shows each input's ``error`` at its field; the modal stays open."""
    errors = {key: cut(clean(one.error), ERROR_MAX) for key, one in _keyed(form) if clean(one.error)}
    return {"response_action": "errors", "errors": errors}


def modal_values(state: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What was filled in, by input name, from ``view.state.values``; empty for a field left empty."""
    return {key: _value(element) for key, elements in state.items() for element in elements.values()}


def _value(element: Mapping[str, Any]) -> str:
    chosen = element.get("selected_option") or {}
    found = (element.get("value"), element.get("selected_date"), element.get("selected_time"), chosen.get("value"))
    return next((str(value) for value in found if value), "")


def _keyed(form: Form) -> list[tuple[str, Input]]:
    """Each input under its block id: its name, unless that is taken or too long for one."""
    keyed: dict[str, Input] = {}
    for index, one in enumerate(form.inputs):
        name = harmless(one.name)
        usable = name and units(name) <= BLOCK_ID_MAX and name not in keyed
        keyed[name if usable else f"field {index}"] = one
    return list(keyed.items())


def _blocks(form: Form, words: Words) -> list[Payload]:
    title = clean_line(form.title)
    whole_title = [section(paragraph(title))] if units(title) > TITLE_MAX else []
    pieces = [Piece(block) for block in whole_title]
    for index, (key, one) in enumerate(_keyed(form)):
        pieces += [Piece(block, rows=block["type"] == "input") for block in _input(index, key, one, words)]
    fitted = fit(pieces, lambda _: (1,), (BLOCKS_MAX,), (1,))
    rest = context(notice(fitted.left, words)) if fitted.left else []
    return [*fitted.before, *rest, *fitted.after] or [section(paragraph(title))]


def _input(index: int, key: str, one: Input, words: Words) -> list[Payload]:
    """The field, and below it what a new modal cannot show at the field: an error, and that a value was too long."""
    element = _element(one) | {"action_id": f"{one.kind.value}-{index}"}
    block: Payload = {
        "type": "input",
        "block_id": key,
        "optional": not one.required,
        "label": plain(one.label or one.name, LABEL_MAX),
        "element": element,
    }
    if clean(one.hint):
        block["hint"] = paragraph(one.hint, LABEL_MAX)
    return [block, *_remarks(one, element, words)]


def _remarks(one: Input, element: Payload, words: Words) -> list[Payload]:
    said = [f"❌ {clean(one.error)}"] if clean(one.error) else []
    if "initial_value" in element and units(element["initial_value"]) < units(harmless(one.value)):
        said.append(words("Only the beginning fits here; the rest was cut off."))
    if element["type"] == "static_select" and len(one.options) > OPTIONS_MAX:
        said.append(words("…and {count} more", count=words.number(len(one.options) - OPTIONS_MAX)))
    return context("\n".join(said))


def _element(one: Input) -> Payload:  # noqa: PLR0911 - one line per kind
    """The control for an input; where it could not hold what was typed, a plain field."""
    if not holds(one):
        return _typed(one)
    match one.kind:
        case InputKind.TEXT | InputKind.MONEY | InputKind.PHONE:
            return _typed(one)
        case InputKind.MULTILINE:
            return _typed(one) | {"multiline": True}
        case InputKind.DATE:
            return _control(one, "datepicker", initial_date=one.value)
        case InputKind.TIME:
            return _control(one, "timepicker", initial_time=one.value)
        case InputKind.NUMBER:
            return _control(one, "number_input", initial_value=one.value) | {"is_decimal_allowed": True}
        case InputKind.EMAIL:
            return _control(one, "email_text_input", initial_value=one.value)
        case InputKind.SELECT:
            return _select(one)
        case InputKind.CUSTOMER | InputKind.MEMBER:
            return _typeahead(one)
        case _:
            assert_never(one.kind)


def _control(one: Input, kind: str, **initial: str | Payload) -> Payload:
    element: Payload = {"type": kind} | {key: value for key, value in initial.items() if value}
    if clean_line(one.placeholder):
        element["placeholder"] = plain(one.placeholder, PLACEHOLDER_MAX)
    return element


def _typed(one: Input) -> Payload:
    room = min(max(one.max_length, 1), VALUE_MAX)
    return _control(one, "plain_text_input", initial_value=cut(harmless(one.value), room)) | {"max_length": room}


def _select(one: Input) -> Payload:
    """A drop-down; a value that is not among the options it can show is added to them."""
    options = {choice.value: choice.label for choice in one.options[:OPTIONS_MAX]}
    if one.value and one.value not in options:
        options = dict(list(options.items())[: OPTIONS_MAX - 1]) | {one.value: one.shown}
    if any(not value or units(value) > OPTION_VALUE_MAX for value in options):
        return _typed(one)
    made = {value: option(name, value) for value, name in options.items()}
    return _control(one, "static_select", initial_option=made.get(one.value, {})) | {"options": list(made.values())}


def _typeahead(one: Input) -> Payload:
    if units(one.value) > OPTION_VALUE_MAX:
        return _typed(one)
    known = option(one.shown, one.value) if one.value else {}
    return _control(one, "external_select", initial_option=known) | {"min_query_length": 1}
