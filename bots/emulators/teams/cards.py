"""What is in an Adaptive Card: its words, its fields, what can be pressed, and what is sent when it is."""

from typing import Any

Json = dict[str, Any]


def walked(value: Any) -> list[Json]:
    """Every object with a type in a card, the data behind buttons and queries left out."""
    if isinstance(value, list):
        return [one for each in value for one in walked(each)]
    if not isinstance(value, dict):
        return []
    inside = [one for name, each in value.items() if name not in {"data", "choices.data"} for one in walked(each)]
    return [value, *inside] if "type" in value else inside


def words_of(card: Json) -> list[str]:
    """Everything that can be read in a card, in order."""
    found: list[str] = []
    for one in walked({name: value for name, value in card.items() if name != "refresh"}):
        if one["type"] == "RichTextBlock":
            found.append("".join(each["text"] for each in one["inlines"]))
        elif one["type"] != "TextRun":
            found += [str(one[name]) for name in ("label", "title", "altText") if name in one]
        found += [str(choice["title"]) for choice in one.get("choices", ())]
    return found


def actions_of(card: Json) -> list[Json]:
    """Everything that can be pressed."""
    return [one for one in walked(card) if one["type"].startswith("Action.")]


def inputs_of(card: Json) -> list[Json]:
    """The fields of a dialog."""
    return [one for one in walked(card) if one["type"].startswith("Input.")]


def action_of(card: Json, pressed: dict[str, str]) -> Json:
    """What was pressed, by its token or its form's; a choice with what was chosen. Empty where there is no such."""
    for action in actions_of(card):
        data = action.get("data") or {}
        if "choose" in pressed and data.get("menu") == pressed["choose"]:
            return {**sent_of(action), "data": {**data, pressed["choose"]: pressed["press"]}}
        if "choose" not in pressed and pressed["press"] in (data.get("t"), data.get("form")):
            return sent_of(action)
    return {}


def sent_of(action: Json) -> Json:
    """What of an action goes to the bot."""
    return {name: action[name] for name in ("type", "verb", "data") if name in action}


def opens_dialog(action: Json) -> bool:
    """Whether the button asks for its form, instead of sending something."""
    asked = action["data"].get("msteams")
    return isinstance(asked, dict) and asked.get("type") == "task/fetch"


def refresh_of(card: Json) -> tuple[Json, frozenset[str]]:
    """What asks for the card in a reader's own language, and for which accounts."""
    refresh = card.get("refresh") or {}
    return (sent_of(refresh["action"]) if refresh else {}), frozenset(refresh.get("userIds", ()))
