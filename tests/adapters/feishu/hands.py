"""What somebody sees in a card and does with it, in the words of tests."""

from typing import Any

from bots.emulators.feishu.model import Posted
from bots.emulators.feishu.rules import fault_of_card

Json = dict[str, Any]


def judge(card: Json, *, around: int = 0) -> None:
    """Raises AssertionError for a card that Feishu would not draw, with ``around`` bytes of a request around it."""
    assert fault_of_card(card, around) == ""


def action(posted: Posted, label: str) -> Json:
    """What Feishu sends when the button or option of this label is pressed."""
    for one in posted.components:
        if one["tag"] == "button" and one["text"]["content"] == label:
            value = next((each["value"] for each in one["behaviors"] if each["type"] == "callback"), {})
            return {"tag": "button", "value": value} | (
                {"name": one["name"], "form_value": {}} if "name" in one else {}
            )
        if one["tag"] == "select_static" and "name" not in one:
            for option in one["options"]:
                if option["text"]["content"] == label:
                    value = one["behaviors"][0]["value"]
                    return {"tag": "select_static", "value": value, "option": option["value"]}
    raise AssertionError(f"no button {label!r} in {posted.labels}")


def submission(posted: Posted, values: dict[str, str]) -> Json:
    """What Feishu sends when the form in it is filled in and sent."""
    form = next(one for one in posted.components if one["tag"] == "form" and len(one["elements"]) > 1)
    filled, unknown = {}, set(values)
    for one in form["elements"]:
        if one["tag"] != "button" and "name" in one:
            name = one["name"].partition("_")[2]
            unknown.discard(name)
            filled[one["name"]] = _filled(one, values.get(name))
    assert not unknown, f"no such fields: {unknown}"
    submit = form["elements"][-1]
    return {"tag": "button", "name": submit["name"], "value": submit["behaviors"][0]["value"], "form_value": filled}


def _filled(one: Json, value: str | None) -> str:
    """A field as it comes back: dates and times with the person's zone, a menu's choice by its value."""
    if one["tag"] == "select_static":
        index = one.get("initial_index", 0)
        chosen = [each["value"] for each in one["options"] if value in (each["value"], each["text"]["content"])]
        standing = one["options"][index - 1]["value"] if index else ""
        return str(standing if value is None else chosen[0] if chosen else "")
    if one["tag"] in {"date_picker", "picker_time"}:
        value = one.get("initial_date", one.get("initial_time", "")) if value is None else value
        return f"{value} +0800" if value else ""
    return str(one.get("default_value", "") if value is None else value)
