"""Teams' activities: what is typed, pressed and filled in, and what of a card can be pressed."""

import html
import itertools
import time
from collections.abc import Iterator
from typing import Any

from bots.emulators.model import Person

Payload = dict[str, Any]

APP, TENANT = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-0000-0000-0000-000000000001"
BOT, ROOM = f"28:{APP}", "19:sales@thread.tacv2"
numbers = itertools.count(int(time.time()))  # another start is not taken for what came before
_CALLED = "<at>Kith</at>"


def user_of(person: Person) -> str:
    """The person's object in the directory."""
    return f"user-{person.handle}"


def account_of(person: Person) -> str:
    """The person as Teams counts them."""
    return f"29:{person.handle}"


def chat_of(account: str) -> str:
    """The private chat of Kith and somebody."""
    return f"a:{account.removeprefix('29:')}"


def activity_of(person: Person, place: str, service: str, **more: Any) -> Payload:
    """Something that a person did in a conversation; ``service`` is where it is answered."""
    kind = "channel" if place == ROOM else "personal"
    return {
        "id": f"{next(numbers)}",
        "channelId": "msteams",
        "serviceUrl": service,
        "from": {"id": account_of(person), "name": person.name, "aadObjectId": user_of(person)},
        "recipient": {"id": BOT, "name": "Kith"},
        "conversation": {"id": place, "conversationType": kind, "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "zh-CN" if person.language.startswith("zh") else "en-US",
    } | more


def mentioning(bot: str) -> Payload:
    """The fields of a message that names the bot, behind which its words stand."""
    mentioned = {"id": bot, "name": "Kith"}
    return {"entities": [{"type": "mention", "text": _CALLED, "mentioned": mentioned}]}


def typed_text(text: str, *, room: bool) -> str:
    """A line as Teams brings it: its signs escaped, in a room behind the bot's name."""
    said = html.escape(text, quote=False)
    return f"{_CALLED}&nbsp;{said}" if room else said


def card_of(activity: Payload) -> Payload:
    """The Adaptive Card of a message; of one of bare words, a card that says them."""
    attachments = activity.get("attachments")
    if attachments:
        found: Payload = attachments[0]["content"]
        return found
    lines = str(activity.get("text", "")).split("\n")
    return {"body": [{"type": "RichTextBlock", "inlines": [{"text": line}]} for line in lines]}


def action_of(card: Payload, pressed: dict[str, str]) -> Payload:
    """What was pressed, by its token or its form's; a choice with what was chosen. Empty where there is no such."""
    for action in filter(lambda one: str(one.get("type", "")).startswith("Action."), _walked(card)):
        data = action.get("data") or {}
        if "choose" in pressed and data.get("menu") == pressed["choose"]:
            return {**_bare(action), "data": {**data, pressed["choose"]: pressed["press"]}}
        if "choose" not in pressed and pressed["press"] in (data.get("t"), data.get("form")):
            return _bare(action)
    return {}


def opens_dialog(action: Payload) -> bool:
    """Whether the button asks for its form, instead of sending something."""
    asked = action["data"].get("msteams")
    return isinstance(asked, dict) and asked.get("type") == "task/fetch"


def inputs_of(card: Payload) -> list[Payload]:
    """The fields of a dialog."""
    return [one for one in _walked(card) if str(one.get("type", "")).startswith("Input.")]


def refresh_of(card: Payload) -> tuple[Payload, frozenset[str]]:
    """What asks for the card in a reader's own language, and for which accounts."""
    refresh = card.get("refresh") or {}
    return (_bare(refresh["action"]) if refresh else {}), frozenset(refresh.get("userIds", ()))


def _bare(action: Payload) -> Payload:
    return {name: action[name] for name in ("type", "verb", "data") if name in action}


def _walked(value: Any) -> Iterator[Payload]:
    """Every object in it, outer ones first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _walked(one)
