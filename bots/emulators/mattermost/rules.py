"""What a Mattermost server says of posts and dialogs: its server/public/model, written down again."""

import re
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

MESSAGE_MAX = 16_383
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SUBTYPES = {"", "text", "email", "number", "tel", "url", "password"}
_KNOWN_ACTION = {"id", "type", "name", "style", "options", "integration"}
_KNOWN_ATTACHMENT = {"color", "text", "image_url", "actions", "fallback"}


def fault_of_post(message: Any, props: Any) -> str:
    """Why a post would be refused or not shown; empty when it is right."""
    if not isinstance(message, str) or len(message) > MESSAGE_MAX:
        return "api.post.message.too_long"
    attachments = (props or {}).get("attachments", [])
    if not message and not attachments:
        return "api.post.empty"
    ids = [action.get("id") for one in attachments for action in one.get("actions", [])]
    if len(ids) != len(set(ids)):
        return "action ids are not unique"
    return next(filter(None, map(_fault_of_attachment, attachments)), "")


def _fault_of_attachment(one: Json) -> str:
    if unknown := set(one) - _KNOWN_ATTACHMENT:
        return f"unknown attributes {unknown}"
    if one.get("color") and one["color"] not in {"good", "warning", "danger"} and not _HEX.fullmatch(one["color"]):
        return "invalid color"
    if one.get("image_url") and not _is_web(one["image_url"]):
        return "invalid image URL"
    return next(filter(None, map(_fault_of_action, one.get("actions", []))), "")


def _fault_of_action(action: Json) -> str:  # noqa: PLR0911 - one line per rule
    if unknown := set(action) - _KNOWN_ACTION:
        return f"unknown attributes {unknown}"
    if not re.fullmatch("[A-Za-z0-9]+", action.get("id", "")):
        return "the action's id is no part of a route"
    if not action.get("name"):
        return "action must have a name"
    if action.get("style", "default") not in {"default", "primary", "success", "good", "warning", "danger"}:
        return "invalid style"
    if not _is_web(action.get("integration", {}).get("url", "")):
        return "action must have a valid integration URL"
    if action["type"] == "button":
        return "button action must not have options" if action.get("options") else ""
    if action["type"] != "select" or not action.get("options"):
        return "invalid action"
    return "" if all(each["text"] and each["value"] for each in action["options"]) else "option without text or value"


def fault_of_dialog(dialog: Json) -> str:
    """Why a dialog would be refused; empty when it is right. Lengths are in bytes, as Go counts them."""
    if not dialog.get("title") or _size(dialog["title"]) > 24:
        return "invalid dialog title"
    if _size(dialog.get("submit_label", "")) > 24:
        return "long submit label"
    names = [element["name"] for element in dialog["elements"]]
    if len(names) != len(set(names)):
        return "duplicate dialog element"
    return next(filter(None, map(_fault_of_element, dialog["elements"])), "")


def _fault_of_element(one: Json) -> str:  # noqa: PLR0911 - one line per rule
    for name, most in (("display_name", 24), ("name", 300)):
        if not 0 < _size(one[name]) <= most:
            return f"{name} of {_size(one[name])}"
    if _size(one.get("help_text", "")) > 150:
        return "long help text"
    if one.get("min_length", 0) > one.get("max_length", 0) > 0:
        return "min length over max length"
    most = 150 if one["type"] in {"text", "date"} else 3000
    if _size(one.get("default", "")) > most or _size(one.get("placeholder", "")) > most:
        return "long default or placeholder"
    match one["type"]:
        case "text" | "textarea":
            return "" if one.get("subtype", "") in _SUBTYPES else "invalid subtype"
        case "date":
            return "" if re.fullmatch(r"(\d{4}-\d\d-\d\d)?", one.get("default", "")) else "invalid date"
        case "select":
            return _fault_of_select(one)
        case _:
            return "invalid element type"


def _fault_of_select(one: Json) -> str:
    options = one.get("options", [])
    if one.get("data_source") == "dynamic":
        return "" if one.get("data_source_url", "").startswith("https://") and not options else "invalid dynamic select"
    if one.get("default") and one["default"] not in [each["value"] for each in options]:
        return "default value doesn't exist in options"
    return "" if options and all(each["text"] and each["value"] for each in options) else "option without text or value"


def _size(text: str) -> int:
    return len(text.encode())


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://")) and bool(urlsplit(url).hostname)
