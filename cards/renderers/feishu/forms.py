"""A form as a form container, and what comes back from it.

https://open.feishu.cn/document/feishu-cards/card-json-v2-components/containers/form-container
A component's name is its input's behind a number, ``in007_customer``, for names are unique in a card.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from cards.model import Button, Form, Input, InputKind, Style
from cards.renderers.controls import holds
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, harmless, units
from cards.renderers.feishu.objects import (
    INPUT_MAX,
    OPTION_TEXT_MAX,
    OPTIONS_MAX,
    PLACEHOLDER_MAX,
    TITLE_MAX,
    Around,
    Payload,
    button,
    option,
    paragraph,
    plain,
    small,
    tagged,
    weight,
)
from cards.renderers.fitting import Piece, fit, notice

_SENDING = "send"
_HINT_MAX = 500
# Ours: what a form may take of a card, so that there is room for what stands around it.
_ELEMENTS_MAX = 150
_BYTES_MAX = 20_000
_NOTICE = (2, 500)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
_KEY = re.compile(r"(in|no)\d+_(.+)", re.DOTALL)
# https://open.feishu.cn/document/feishu-cards/card-callback-communication: a date and a time come with their zone.
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})( [+-]\d{4})?")
_TIME = re.compile(r"(\d{1,2}:\d{2}) [+-]\d{4}")


@dataclass(frozen=True, slots=True)
class _Field:
    """An input's components, and where it stands in the form."""

    index: int
    elements: list[Payload]


def form_container(form: Form, around: Around) -> Payload:
    """The form: every input with its label, hint and error, and the button that sends it."""
    name = around.name(_SENDING)
    title = cut(clean_line(form.title), TITLE_MAX)
    fitted = _fitted(form, around)
    fields = [element for field in fitted.before for element in field.elements]
    rest = [small(notice(fitted.left, around.words))] if fitted.left else []
    submit = button(Button(label=form.submit, command=form.command, style=Style.PRIMARY, token=form.token), around)
    sending = submit | {"name": f"{name}_go", "form_action_type": "submit"}
    elements = [paragraph(title or NOTHING, size="heading"), *fields, *rest, sending]
    return {"tag": "form", "name": name, "elements": elements}


def is_submission(button_name: str) -> bool:
    """Whether the button of this name sent a form, rather than only asked before it ran."""
    return button_name.startswith(_SENDING)


def submitted(raw: Mapping[str, Any], form: Form | None, around: Around) -> dict[str, str]:
    """What was filled in, by input name, from a callback's ``form_value``.

    ``form`` is the one that was sent: a field that it had no room for keeps its value, one that was emptied is empty,
    and what is typed as it was shown is what it stood for. Without it what came back is all there is.
    """
    values = {key: _mended(value) for key, value in raw.items()}
    if form is None:
        keys = ((_KEY.fullmatch(key), value) for key, value in values.items())
        return {key[2]: value for key, value in keys if key and key[1] == "in"}
    came = {_index(key, form): value for key, value in values.items()}
    shown = {field.index for field in _fitted(form, around).before if _is_control(field)}
    return {
        one.name: _meant(one, came.get(index, "")) if index in shown else one.value
        for index, one in enumerate(form.inputs)
    }


def _fitted(form: Form, around: Around) -> Any:
    fields = [Piece(_Field(index, list(_field(form, index, around))), rows=1) for index in range(len(form.inputs))]
    return fit(fields, _cost, (_ELEMENTS_MAX, _BYTES_MAX), _NOTICE)


def _cost(field: _Field) -> tuple[int, int]:
    return tagged(field.elements), weight(field.elements)


def _is_control(field: _Field) -> bool:
    return any("name" in element for element in field.elements)


def _key(form: Form, index: int) -> str:
    """What tells an input from the others of its form."""
    name = form.inputs[index].name
    first = next(other for other, one in enumerate(form.inputs) if one.name == name)
    return f"in_{name}" if _NAME.fullmatch(name) and first == index else f"no_{index}"


def _index(key: str, form: Form) -> int:
    """The input that a component's name stands for; -1 for none."""
    found = _KEY.fullmatch(key)
    named = {_key(form, index): index for index in range(len(form.inputs))}
    return named.get(f"{found[1]}_{found[2]}", -1) if found else -1


def _mended(value: Any) -> str:
    """A value as Kith reads it: dates and times without their zone, which is the person's own anyway."""
    text = value if isinstance(value, str) else ""
    if found := _DATE.fullmatch(text):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if found := _TIME.fullmatch(text):
        return found[1].rjust(5, "0")
    return text


def _meant(one: Input, text: str) -> str:
    """What was typed or chosen: a name that stood there for an id is that id."""
    if text == _prefilled(one):
        return one.value
    if one.kind is InputKind.SELECT:
        return next((each.value for each in one.options if text in (each.value, clean_line(each.label))), text)
    return text


def _field(form: Form, index: int, around: Around) -> Iterator[Payload]:
    one = form.inputs[index]
    kind, _, rest = _key(form, index).partition("_")
    name = cut(clean_line(one.label or one.name), TITLE_MAX) or NOTHING
    if error := cut(clean(one.error), _HINT_MAX):
        yield paragraph(f"❌ {error}", color="red")
    if units(_prefilled(one)) > INPUT_MAX:
        yield paragraph(around.words("{label}: too long to be changed here; it stays as it is.", label=name))
        return
    element = _control(one) | {"name": f"{around.name(kind)}_{rest}", "required": one.required, "width": "fill"}
    if element["tag"] == "input":
        element["label"] = plain(name, TITLE_MAX)
    else:
        yield paragraph(f"{name} *" if one.required else name)
    yield element
    if said := _hint(one, element):
        yield small(said)


def _hint(one: Input, element: Payload) -> str:
    """The hint; of a select that has to be typed, also what there is to choose from."""
    typed = one.kind is InputKind.SELECT and element["tag"] == "input"
    choices = " / ".join(clean_line(each.label) for each in one.options) if typed else ""
    return cut("\n".join(filter(None, (clean(one.hint), choices))), _HINT_MAX)


def _control(one: Input) -> Payload:  # noqa: PLR0911 - one line per kind
    """The component for an input; where it could not hold what was typed, a plain field."""
    if not holds(one):
        return _typed(one)
    match one.kind:
        case InputKind.MULTILINE:
            return _typed(one) | {"input_type": "multiline_text", "rows": 3, "auto_resize": True}
        case InputKind.DATE:
            return _picker(one, "date_picker", "initial_date")
        case InputKind.TIME:
            return _picker(one, "picker_time", "initial_time")
        case InputKind.SELECT:
            return _select(one)
        case InputKind.TEXT | InputKind.MONEY | InputKind.PHONE | InputKind.NUMBER | InputKind.EMAIL:
            return _typed(one)
        case InputKind.CUSTOMER | InputKind.MEMBER:
            # Feishu asks nobody while somebody types; the name is looked up when the form is sent.
            return _typed(one)
        case _:
            assert_never(one.kind)


def _prefilled(one: Input) -> str:
    """What stands in a plain field: names rather than ids."""
    named = one.kind in {InputKind.SELECT, InputKind.CUSTOMER, InputKind.MEMBER}
    return clean_line(one.shown) if named else harmless(one.value)


def _typed(one: Input) -> Payload:
    made: Payload = {"tag": "input", "max_length": min(max(one.max_length, len(_prefilled(one)), 1), INPUT_MAX)}
    if text := _prefilled(one):
        made["default_value"] = text
    return made | _placeholder(one)


def _picker(one: Input, tag: str, initial: str) -> Payload:
    made = {"tag": tag} | ({initial: one.value} if one.value else {})
    return made | (_placeholder(one) or {"placeholder": plain(one.label or one.name, PLACEHOLDER_MAX)})


def _placeholder(one: Input) -> Payload:
    text = clean_line(one.placeholder)
    return {"placeholder": plain(text, PLACEHOLDER_MAX)} if text else {}


def _select(one: Input) -> Payload:
    """A drop-down; a value that is not among its options is added to them."""
    options = {choice.value: choice.label for choice in one.options}
    if one.value and one.value not in options:
        options[one.value] = one.shown
    if len(options) > OPTIONS_MAX or any(not _is_value(value) for value in options):
        return _typed(one)
    made: Payload = {"tag": "select_static", "options": [option(name, value) for value, name in options.items()]}
    if one.value:
        made["initial_index"] = list(options).index(one.value) + 1
    return made | (_placeholder(one) or {"placeholder": plain(one.label or one.name, PLACEHOLDER_MAX)})


def _is_value(value: str) -> bool:
    return bool(clean(value)) and harmless(value) == value and units(value) <= OPTION_TEXT_MAX
