"""Slack's payloads: what is typed as an event, modals as forms to fill in and what was filled in."""

from typing import Any

from markupsafe import Markup, escape

Payload = dict[str, Any]


def typed_event(team: str, bot: str, said: Payload, number: int) -> Payload:
    """The event of a message in a direct conversation; ``said`` is who, where and what."""
    return {
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "team_id": team,
        "authorizations": [{"team_id": team, "user_id": bot}],
        "event": {"type": "message", "channel_type": "im", "ts": f"{number}.000001", **said},
    }


def form_of(view: Payload, errors: dict[str, str]) -> Markup:
    """The modal with controls of the browser's own, what is known in them, and what was wrong at its field."""
    fields = Markup().join(
        _field(block, errors.get(block["block_id"], "")) for block in view["blocks"] if block["type"] == "input"
    )
    return Markup('<h2>{}</h2>{}<button type="submit">{}</button>').format(
        view["title"]["text"], fields, view["submit"]["text"]
    )


def fields_of(view: Payload, values: dict[str, str]) -> Payload:
    """What was filled in, by block and element, as Slack sends it."""
    return {
        block["block_id"]: {block["element"]["action_id"]: _filled(block["element"], values.get(block["block_id"], ""))}
        for block in view["blocks"]
        if block["type"] == "input"
    }


def _filled(element: Payload, value: str) -> Payload:
    if not element["type"].endswith("_select"):
        return {"type": element["type"], "value": value or None}
    initial = element.get("initial_option")
    if initial and value == initial["text"]["text"]:
        return {"type": element["type"], "selected_option": initial}
    option = {"text": {"type": "plain_text", "text": value}, "value": value} if value else None
    return {"type": element["type"], "selected_option": option}


def _field(block: Payload, error: str) -> Markup:
    wrong = Markup('<em class="wrong">{}</em>').format(error) if error else Markup()
    hint = Markup("<small>{}</small>").format(block["hint"]["text"]) if "hint" in block else Markup()
    return Markup("<label><b>{}</b>{}{}{}</label>").format(
        block["label"]["text"], _control(block["block_id"], block["element"]), hint, wrong
    )


def _control(name: str, element: Payload) -> Markup:
    initial = element.get("initial_option")
    if element["type"] == "static_select":
        chosen = initial["value"] if initial else ""
        options = Markup().join(
            Markup('<option value="{}"{}>{}</option>').format(
                one["value"], Markup(" selected") if one["value"] == chosen else "", one["text"]["text"]
            )
            for one in element["options"]
        )
        return Markup('<select name="{}"><option></option>{}</select>').format(name, options)
    known = element.get("initial_value") or (initial["text"]["text"] if initial else "")
    hint = element["placeholder"]["text"] if "placeholder" in element else ""
    if element.get("multiline"):
        return Markup('<textarea name="{}" placeholder="{}" rows="3">{}</textarea>').format(name, hint, escape(known))
    return Markup('<input name="{}" placeholder="{}" value="{}">').format(name, hint, known)
