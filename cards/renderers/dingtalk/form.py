"""A form as the fields of a card: what DingTalk's form component takes, and what comes back from it.

https://github.com/open-dingtalk/dingtalk-card-examples has the component with every kind of field.
"""

import json
from collections.abc import Mapping
from typing import Any

from cards.model import Form, Input, InputKind
from cards.renderers.controls import holds
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, harmless, label
from cards.renderers.dingtalk import marks
from cards.renderers.dingtalk.parts import BYTES_MAX, Payload, octets
from cards.words import Words

FORM_FIELD = "kith_form"  # a hidden field that tells which form was sent
FIELDS_MAX = 30  # ours, for want of a documented limit; options too
OPTIONS_MAX = 100
VALUE_MAX = 3000
_LABEL_MAX = 100
_REMARK_MAX = 500


def form_variables(form: Form, language: str) -> dict[str, str]:
    """The template's variables for a form that is open; what was wrong stands above it and at each field's label."""
    words = Words(language)
    shown = _fitting([_field(one) for one in form.inputs[:FIELDS_MAX]])
    hidden: Payload = {"name": FORM_FIELD, "type": "TEXT", "hidden": True, "defaultValue": form.token}
    return {
        "has_form": "true",
        "form_note": _note(form, len(shown), words),
        "form": json.dumps({"fields": [hidden, *shown]}, ensure_ascii=False),
        "form_btn": label(form.submit, _LABEL_MAX),
        "form_state": "normal",
    }


def form_values(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by input name: a choice is an object with its ``value``, all else is text."""
    return {str(name): _value(value) for name, value in sent.items() if name != FORM_FIELD}


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("value")
    return "" if value is None else str(value)


def _fitting(fields: list[Payload]) -> list[Payload]:
    """The first fields whose JSON is within the limit."""
    room = BYTES_MAX
    for index, field in enumerate(fields):
        room -= octets(json.dumps(field, ensure_ascii=False))
        if room < 0:
            return fields[:index]
    return fields


def _field(one: Input) -> Payload:
    name = label(one.label or one.name, _LABEL_MAX)
    field: Payload = {
        "name": harmless(one.name),
        "label": f"{name} ❌ {cut(clean_line(one.error), _REMARK_MAX)}" if clean_line(one.error) else name,
        "type": "TEXT",
        "required": one.required,
    }
    if example := clean_line(one.placeholder or one.hint):
        field["placeholder"] = cut(example, _REMARK_MAX)
    return field | _control(one)


def _control(one: Input) -> Payload:
    """The kind of field and its value; where it could not hold what was typed, a plain one."""
    if one.kind is InputKind.SELECT and holds(one):
        return _select(one)
    kind = "DATE" if one.kind is InputKind.DATE and holds(one) else "TEXT"
    # The name of a customer or a member, not the id: what comes back unchanged is the id again.
    known = cut(harmless(one.shown), VALUE_MAX)
    return {"type": kind} | ({"defaultValue": known} if known else {})


def _select(one: Input) -> Payload:
    choices = {choice.value: choice.label for choice in one.options[:OPTIONS_MAX]}
    if one.value and one.value not in choices:
        choices = dict(list(choices.items())[: OPTIONS_MAX - 1]) | {one.value: one.shown}
    made: Payload = {
        "type": "SELECT",
        "options": [{"value": value, "text": label(name, _LABEL_MAX)} for value, name in choices.items()],
    }
    if one.value:
        made["defaultValue"] = {"index": list(choices).index(one.value), "value": one.value}
    return made


def _note(form: Form, shown: int, words: Words) -> str:
    lines = [marks.bold(form.title, _REMARK_MAX) or NOTHING]
    for one in form.inputs[:FIELDS_MAX]:
        name = words("{label}:", label=label(one.label or one.name, _LABEL_MAX))
        if clean_line(one.error):
            lines.append(marks.line(f"❌ {name} {one.error}", _REMARK_MAX))
        if clean(one.hint):
            lines.append(marks.line(f"{name} {one.hint}", _REMARK_MAX))
        if one.kind is InputKind.SELECT and (more := len(one.options) - OPTIONS_MAX) > 0:
            lines.append(marks.line(f"{name} {words('…and {count} more', count=words.number(more))}", _REMARK_MAX))
    if (left := len(form.inputs) - shown) > 0:
        lines.append(words("…and {count} more", count=words.number(left)))
    return marks.BREAK.join(_within(lines, words))


def _within(lines: list[str], words: Words) -> list[str]:
    room = BYTES_MAX
    for index, line in enumerate(lines):
        room -= octets(line) + len(marks.BREAK)
        if room < 0:
            return [*lines[:index], words("…the rest does not fit here.")]
    return lines
