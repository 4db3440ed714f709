"""What Teams would refuse in an Adaptive Card: attributes there are none of, wrong kinds, too much of something.

By the schema of version 1.5 (adaptivecards.io/explorer) and the limits in Teams' own pages.
"""

import json
from typing import Any

Payload = dict[str, Any]

_ELEMENT = {"type", "id", "spacing", "separator", "isVisible"}
_INPUT = _ELEMENT | {"label", "isRequired", "errorMessage", "value"}
_ACTION = {"type", "title", "style", "id"}
_KNOWN: dict[str, tuple[set[str], set[str]]] = {  # required, allowed
    "AdaptiveCard": (set(), {"type", "$schema", "version", "body", "actions", "msteams", "refresh"}),
    "RichTextBlock": ({"inlines"}, _ELEMENT),
    "TextRun": ({"text"}, {"type", "weight", "size", "color", "isSubtle", "fontType", "italic"}),
    "Container": ({"items"}, _ELEMENT | {"style"}),
    "ColumnSet": ({"columns"}, _ELEMENT),
    "Column": ({"items"}, _ELEMENT | {"width", "verticalContentAlignment"}),
    "ActionSet": ({"actions"}, _ELEMENT),
    "Image": ({"url", "altText"}, _ELEMENT | {"size"}),
    "Action.Execute": ({"verb"}, _ACTION | {"data", "associatedInputs"}),
    "Action.Submit": (set(), _ACTION | {"data", "associatedInputs"}),
    "Action.OpenUrl": ({"url"}, _ACTION),
    "Action.ShowCard": ({"card"}, _ACTION),
    "Input.Text": ({"id"}, _INPUT | {"maxLength", "isMultiline", "placeholder", "style"}),
    "Input.Date": ({"id"}, _INPUT),
    "Input.Time": ({"id"}, _INPUT),
    "Input.Number": ({"id"}, _INPUT),
    "Input.ChoiceSet": ({"id", "choices"}, _INPUT | {"style", "choices.data", "placeholder"}),
}
_WORDS = ("text", "title", "label", "altText", "url", "placeholder", "errorMessage")
ACTIONS_MAX, USERS_MAX, TOKEN_MAX = 6, 60, 64
MESSAGE_MAX = 100 * 1024


def bytes_of(value: object) -> int:
    """Its JSON in UTF-16."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-16-le"))


def faults(card: Payload) -> list[str]:
    """What is wrong with a card; nothing when Teams shows it."""
    found = [] if card.get("version") == "1.5" else ["version"]
    refresh = card.get("refresh")
    if refresh and len(refresh["userIds"]) > USERS_MAX:
        found.append("refresh.userIds")
    ids = [one["id"] for one in walked(card) if one["type"].startswith("Input.")]
    found += ["two inputs of one id"] if len(ids) != len(set(ids)) else []
    return found + [fault for one in walked(card) for fault in _faults(one)]


def _faults(one: Payload) -> list[str]:
    kind = one["type"]
    if kind not in _KNOWN:
        return [f"unknown type {kind}"]
    required, allowed = _KNOWN[kind]
    found = [f"{kind} lacks {name}" for name in required - one.keys()]
    found += [f"{kind} has no {name}" for name in one.keys() - required - allowed]
    found += [f"{kind}.{name} is empty" for name in _WORDS if name in one and not str(one[name]).strip()]
    if kind == "ActionSet" and not 0 < len(one["actions"]) <= ACTIONS_MAX:
        found.append(f"{len(one['actions'])} actions")
    if len(str((one.get("data") or {}).get("t", "")).encode()) > TOKEN_MAX:
        found.append("a token too long")
    return found


def walked(value: Any) -> list[Payload]:
    """Every object with a type in a card, the data behind buttons and queries left out."""
    if isinstance(value, list):
        return [one for each in value for one in walked(each)]
    if not isinstance(value, dict):
        return []
    inside = [one for name, each in value.items() if name not in {"data", "choices.data"} for one in walked(each)]
    return [value, *inside] if "type" in value else inside


def words_of(card: Payload) -> list[str]:
    """Everything that can be read in a card, in order."""
    found: list[str] = []
    for one in walked({name: value for name, value in card.items() if name != "refresh"}):
        if one["type"] == "RichTextBlock":
            found.append("".join(each["text"] for each in one["inlines"]))
        elif one["type"] != "TextRun":
            found += [str(one[name]) for name in ("label", "title", "altText") if name in one]
        found += [str(choice["title"]) for choice in one.get("choices", ())]
    return found


def actions_of(card: Payload) -> list[Payload]:
    """Everything that can be pressed."""
    return [one for one in walked(card) if one["type"].startswith("Action.")]
