"""What Teams would refuse: attributes that a card has none of, wrong kinds, too much of something.

By the schema of version 1.5 (adaptivecards.io/explorer) and the limits in Teams' own pages.
"""

import json

from bots.emulators.teams.cards import Json, walked

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


def fault_of_message(sent: Json) -> tuple[int, str]:
    """The status and Teams' word for why a message is refused; nothing when it is shown."""
    if bytes_of(sent) > MESSAGE_MAX:
        return 413, "MessageSizeTooBig"
    cards = [one.get("content") or {} for one in sent.get("attachments") or ()]
    if sent.get("type") != "message" or not (cards or str(sent.get("text", "")).strip()):
        return 400, "BadSyntax"
    wrong = [fault for card in cards for fault in faults(card)]
    return (400, f"BadSyntax: {'; '.join(wrong)}") if wrong else (0, "")


def faults(card: Json) -> list[str]:
    """What is wrong with a card; nothing when Teams shows it."""
    found = [] if card.get("version") == "1.5" else ["version"]
    refresh = card.get("refresh")
    if refresh and len(refresh["userIds"]) > USERS_MAX:
        found.append("refresh.userIds")
    ids = [one["id"] for one in walked(card) if one["type"].startswith("Input.")]
    found += ["two inputs of one id"] if len(ids) != len(set(ids)) else []
    return found + [fault for one in walked(card) for fault in _faults(one)]


def _faults(one: Json) -> list[str]:
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
