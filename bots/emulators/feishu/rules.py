"""What Feishu refuses in a card: written from the pages of its components, not from the renderer."""

import json
from typing import Any

from bots.emulators.feishu.model import tagged

_COMMON = {"tag", "element_id", "margin"}
_FIELD = {"name", "required", "placeholder", "width", "behaviors", "disabled", "confirm"}
_KEYS = {
    "plain_text": {"tag", "content", "text_size", "text_color", "text_align", "lines"},
    "div": _COMMON | {"text", "icon", "width"},
    "hr": _COMMON,
    "column_set": _COMMON | {"columns", "flex_mode", "horizontal_spacing", "horizontal_align"},
    "column": _COMMON | {"elements", "width", "weight", "vertical_align", "vertical_spacing", "padding"},
    "button": _COMMON
    | {"type", "size", "width", "text", "icon", "disabled", "confirm", "behaviors", "name", "form_action_type"},
    "select_static": _COMMON | _FIELD | {"type", "options", "initial_option", "initial_index"},
    "date_picker": _COMMON | _FIELD | {"initial_date"},
    "picker_time": _COMMON | _FIELD | {"initial_time"},
    "input": _COMMON
    | _FIELD
    | {"label", "label_position", "default_value", "max_length", "input_type", "rows", "auto_resize", "max_rows"},
    "form": _COMMON | {"name", "elements", "direction", "vertical_spacing", "padding"},
    "chart": _COMMON | {"aspect_ratio", "color_theme", "chart_spec", "preview", "height"},
}
_FILLED = {"input", "select_static", "date_picker", "picker_time"}
_BUTTON_TYPES = {"default", "primary", "danger", "text", "primary_text", "danger_text", "primary_filled"}


class _UndrawnError(Exception):
    """The card is not drawn."""


def fault_of_card(card: dict[str, Any], around: int = 0) -> str:
    """Why Feishu would not draw a card; empty for a good one. ``around`` is the bytes of the request around it."""
    try:
        _judge_card(card, around)
    except _UndrawnError as undrawn:
        return str(undrawn)
    except KeyError as lacking:
        return f"lacks {lacking}"
    return ""


def _refuse(ill: bool, why: str) -> None:  # noqa: FBT001 - read as a sentence
    if ill:
        raise _UndrawnError(why)


def _judge_card(card: dict[str, Any], around: int) -> None:
    content = json.dumps(card, ensure_ascii=False)
    _refuse(len(json.dumps(content, ensure_ascii=False).encode()) + around > 30 * 1024, "30 KB")
    _refuse(card.get("schema") != "2.0", "schema")
    _refuse(not set(card) <= {"schema", "config", "header", "body", "card_link"}, "unknown attribute of the card")
    _refuse(not card["config"].get("update_multi"), "update_multi")
    _refuse(not set(card["config"]) <= {"update_multi", "enable_forward", "summary", "width_mode"}, "config")
    _refuse(not set(card.get("header", {})) <= {"title", "subtitle", "template"}, "header")
    _refuse(sum(1 for _ in tagged(card)) > 200, "300305: more than 200 elements")
    _refuse(sum(one["tag"] == "chart" for one in tagged(card)) > 5, "charts")
    elements = card["body"]["elements"]
    for element in elements:
        _judge(element, root=True, form=False)
    names = [one["name"] for one in tagged(card) if "name" in one]
    _refuse(len(names) != len(set(names)), "a name twice")


def _judge(element: dict[str, Any], *, root: bool, form: bool) -> None:
    tag = element["tag"]
    _refuse(tag not in _KEYS, f"no component {tag}")
    _refuse(not set(element) <= _KEYS[tag], f"unknown attribute of {tag}: {set(element) - _KEYS[tag]}")
    match tag:
        case "div":
            _judge_text(element["text"])
        case "column_set":
            _refuse(not element["columns"], "no columns")
            for column in element["columns"]:
                _judge(column, root=False, form=form)
        case "column":
            for inner in element["elements"]:
                _judge(inner, root=False, form=form)
        case "form":
            _judge_form(element, root=root)
        case "button":
            _judge_button(element, form=form)
        case "select_static" | "date_picker" | "picker_time" | "input":
            _judge_field(element, form=form)


def _judge_text(text: dict[str, Any]) -> None:
    _refuse(text["tag"] != "plain_text", "markup")
    _refuse(not set(text) <= _KEYS["plain_text"], "unknown attribute of plain_text")
    _refuse(not text["content"].strip(), "empty text")


def _judge_form(form: dict[str, Any], *, root: bool) -> None:
    _refuse(not root, "a form inside something")
    _refuse(not form.get("name"), "a form without a name")
    for element in form["elements"]:
        _judge(element, root=False, form=True)
    inside = list(tagged(form["elements"]))
    _refuse(not any(one.get("form_action_type") == "submit" for one in inside), "nothing submits the form")
    pressed = [one for one in inside if one["tag"] in _FILLED | {"button"}]
    _refuse(not all(one.get("name") for one in pressed), "a field without a name")


def _judge_button(button: dict[str, Any], *, form: bool) -> None:
    _refuse(button["type"] not in _BUTTON_TYPES, "button type")
    _judge_text(button["text"])
    _refuse(len(button["text"]["content"]) > 100, "button text")
    _refuse(not form and ("form_action_type" in button or "confirm" in button), "only of a form's button")
    for behavior in button["behaviors"]:
        _judge_behavior(behavior)
    if confirm := button.get("confirm"):
        _judge_text(confirm["title"])
        _judge_text(confirm["text"])


def _judge_behavior(behavior: dict[str, Any]) -> None:
    if behavior["type"] == "callback":
        _refuse(not isinstance(behavior["value"], dict), "a value that is no object")
        _refuse(len(behavior["value"].get("token", "").encode()) > 64, "a token of more than 64 bytes")
    else:
        _refuse(behavior["type"] != "open_url", "behavior")
        _refuse(not behavior["default_url"].startswith(("http://", "https://", "HTTP")), "address")


def _judge_field(field: dict[str, Any], *, form: bool) -> None:
    _refuse("required" in field and not form, "required outside a form")
    if placeholder := field.get("placeholder"):
        _judge_text(placeholder)
        _refuse(len(placeholder["content"]) > 100, "placeholder")
    if field["tag"] == "input":
        _refuse(not 1 <= field.get("max_length", 1000) <= 1000, "max_length")
        _refuse(len(field.get("default_value", "")) > field.get("max_length", 1000), "default_value")
    if field["tag"] == "select_static":
        values = [one["value"] for one in field["options"]]
        _refuse(len(values) != len(set(values)) or not all(values), "options")
        _refuse(not 0 <= field.get("initial_index", 0) <= len(values), "initial_index")
        for one in field["options"]:
            _refuse(set(one) != {"text", "value"}, "unknown attribute of an option")
            _judge_text(one["text"])
