"""A form as a Mattermost dialog, and what was filled in.

The server counts bytes (Go's len), the client letters; within bytes both are right. What a dialog has too little room
for - a long title or label, a long hint, an error that came with the form - stands in its introduction.
Limits: server/public/model/integration_action.go.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from cards.model import Button, Form, Input, InputKind
from cards.renderers.controls import holds
from cards.renderers.cutting import ELLIPSIS, NOTHING, boundary, clean, clean_line, harmless, units
from cards.renderers.mattermost.markdown import bold, escape, escape_line
from cards.renderers.mattermost.parts import Payload
from cards.words import Words

TITLE_MAX = 24  # bytes, as all of these
LABEL_MAX = 24
NAME_MAX = 300
HINT_MAX = 150
TEXT_MAX = 150
TEXTAREA_MAX = 3000
ELEMENTS_MAX = 30  # ours: no limit is documented
OPTIONS_MAX = 100  # ours
INTRODUCTION_MAX = 3000  # ours
_REMARK_MAX = 600
_SUBTYPES = {InputKind.NUMBER: "number", InputKind.EMAIL: "email", InputKind.PHONE: "tel"}


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the server's dialogs can do beyond those of version 5.6.

    ``dates`` (11.1) is a calendar; ``lookup`` (11.0) is the address where what is typed is looked up, by input kind:
    it goes on with ``/customer`` or ``/member``, and is empty where there is none.
    """

    dates: bool = False
    lookup: str = ""


def dialog(form: Form, *, state: str, callback_id: str, language: str, abilities: Abilities) -> Payload:
    """What ``/api/v4/actions/dialogs/open`` takes as ``dialog``. ``state`` comes back with what was filled in."""
    words = Words(language)
    keyed = _keyed(form)
    shown, left = keyed[:ELEMENTS_MAX], keyed[ELEMENTS_MAX:]
    remarks = [bold(form.title, _REMARK_MAX)] if _is_long(form.title, TITLE_MAX) else []
    remarks += [escape_line(words("…and {count} more", count=words.number(len(left))), _REMARK_MAX)] if left else []
    remarks += [remark for _, one in shown for remark in _remarks(one, words)]
    return {
        "callback_id": callback_id,
        "title": cut_bytes(clean_line(form.title), TITLE_MAX) or NOTHING,
        "introduction_text": _within("\n".join(filter(None, remarks))),
        "elements": [_element(name, one, abilities) for name, one in shown],
        "submit_label": cut_bytes(clean_line(form.submit), TITLE_MAX) or NOTHING,
        "notify_on_cancel": False,
        "state": state,
    }


def confirmation(button: Button, *, state: str, callback_id: str) -> Payload:
    """A dialog without fields that asks what ``button`` asks before it runs."""
    label = clean_line(button.label)
    return {
        "callback_id": callback_id,
        "title": cut_bytes(label, TITLE_MAX) or NOTHING,
        "introduction_text": escape(button.confirm, INTRODUCTION_MAX) or NOTHING,
        "elements": [],
        "submit_label": cut_bytes(label, TITLE_MAX) or NOTHING,
        "notify_on_cancel": False,
        "state": state,
    }


def dialog_values(submission: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by input name; empty for a field left empty. A number's client sends a number."""
    return {str(name): _value(value) for name, value in submission.items()}


def shown_values(form: Form) -> dict[str, tuple[str, str]]:
    """Of inputs whose dialog shows a label instead of the value: both, by name, to put the value back by."""
    labelled = {InputKind.CUSTOMER, InputKind.MEMBER}
    return {
        name: (_prefilled(one), one.value)
        for name, one in _keyed(form)
        if one.kind in labelled and one.value and _prefilled(one) != one.value
    }


def cut_bytes(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` bytes of UTF-8, never half a sign; what was cut off is marked by a final …"""
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    room = encoded[: limit - len(ELLIPSIS.encode())].decode("utf-8", "ignore")
    return text[: boundary(text, units(room))].rstrip() + ELLIPSIS


def _is_long(text: str, limit: int) -> bool:
    return len(clean_line(text).encode()) > limit


def _value(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case {"value": inner}:
            return _value(inner)
        case _:
            return str(value)


def _keyed(form: Form) -> list[tuple[str, Input]]:
    """Each input under its element's name: its own, unless that is taken or too long for one."""
    keyed: dict[str, Input] = {}
    for index, one in enumerate(form.inputs):
        name = harmless(one.name)
        usable = name and len(name.encode()) <= NAME_MAX and name not in keyed
        keyed[name if usable else f"field {index}"] = one
    return list(keyed.items())


def _remarks(one: Input, words: Words) -> list[str]:
    """What a dialog cannot show at the field itself."""
    name = escape_line(one.label or one.name, _REMARK_MAX) or NOTHING
    said = [f"❌ **{name}** {escape(one.error, _REMARK_MAX)}"] if clean(one.error) else []
    if _is_long(one.label or one.name, LABEL_MAX) or _is_long(one.hint, HINT_MAX):
        said.append(f"**{name}** {escape(one.hint, _REMARK_MAX)}".strip())
    if len(harmless(_prefilled(one)).encode()) > TEXTAREA_MAX:
        said.append(f"**{name}** " + escape_line(words("Only the beginning fits here; the rest was cut off."), 200))
    if one.kind is InputKind.SELECT and len(one.options) > OPTIONS_MAX:
        more = words("…and {count} more", count=words.number(len(one.options) - OPTIONS_MAX))
        said.append(f"**{name}** {escape_line(more, 200)}")
    return said


def _within(introduction: str) -> str:
    """Whole lines, as many as there is room for; the last one says when there were more."""
    lines = introduction.split("\n")
    while len("\n".join(lines)) > INTRODUCTION_MAX:
        lines = [*lines[:-2], ELLIPSIS]
    return "\n".join(lines)


def _element(name: str, one: Input, abilities: Abilities) -> Payload:
    element: Payload = {
        "display_name": cut_bytes(clean_line(one.label or one.name), LABEL_MAX) or NOTHING,
        "name": name,
        "optional": not one.required,
        "help_text": cut_bytes(clean_line(one.hint), HINT_MAX),
        **_control(one, abilities),
    }
    if placeholder := cut_bytes(clean_line(one.placeholder), TEXT_MAX):
        element["placeholder"] = placeholder
    return element


def _control(one: Input, abilities: Abilities) -> Payload:
    """The control for an input; where it could not hold what was typed, a plain field."""
    if not holds(one):
        return _typed(one)
    match one.kind:
        case InputKind.TEXT | InputKind.MONEY | InputKind.PHONE | InputKind.EMAIL | InputKind.NUMBER | InputKind.TIME:
            return _typed(one)
        case InputKind.MULTILINE:
            return _lines(one)
        case InputKind.DATE:
            return {"type": "date", "default": one.value} if abilities.dates else _typed(one)
        case InputKind.SELECT:
            return _select(one)
        case InputKind.CUSTOMER | InputKind.MEMBER:
            return _looked_up(one, abilities)
        case _:
            assert_never(one.kind)


def _prefilled(one: Input) -> str:
    """What stands in the field: the name of a customer or member, since a dialog knows no labels beside values."""
    return one.shown if one.kind in {InputKind.CUSTOMER, InputKind.MEMBER} else one.value


def _typed(one: Input) -> Payload:
    default = harmless(_prefilled(one))
    if "\n" in default or len(default.encode()) > TEXT_MAX:
        return _lines(one)
    subtype = _SUBTYPES.get(one.kind, "") if holds(one) else ""
    return {
        "type": "text",
        "subtype": subtype,
        "default": default,
        "min_length": 0,
        "max_length": min(max(one.max_length, len(default), 1), TEXT_MAX),
    }


def _lines(one: Input) -> Payload:
    default = cut_bytes(harmless(_prefilled(one)), TEXTAREA_MAX)
    room = min(max(one.max_length, len(default), 1), TEXTAREA_MAX)
    return {"type": "textarea", "default": default, "min_length": 0, "max_length": room}


def _select(one: Input) -> Payload:
    """A drop-down; a value that is not among the options it can show is added to them."""
    options = {choice.value: choice.label for choice in one.options[:OPTIONS_MAX]}
    if one.value and one.value not in options:
        options = dict(list(options.items())[: OPTIONS_MAX - 1]) | {one.value: one.shown}
    if any(not value or len(value.encode()) > TEXTAREA_MAX for value in options):
        return _typed(one)
    made = [{"text": clean_line(name) or NOTHING, "value": value} for value, name in options.items()]
    return {"type": "select", "options": made, "default": one.value, "min_length": 0, "max_length": TEXTAREA_MAX}


def _looked_up(one: Input, abilities: Abilities) -> Payload:
    if not abilities.lookup or len(_prefilled(one).encode()) > TEXTAREA_MAX:
        return _typed(one)
    return {
        "type": "select",
        "data_source": "dynamic",
        "data_source_url": f"{abilities.lookup}/{one.kind.value}",
        "default": harmless(_prefilled(one)),
    }
