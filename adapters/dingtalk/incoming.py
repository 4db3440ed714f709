"""What DingTalk brings, in Kith's terms. Pure: nothing is asked of DingTalk, nothing is kept.

``reply_to`` has ``hook``, ``hook_until`` (milliseconds since 1970) and ``hook_at`` for a message: an address to answer
by, until when, and in which conversation. ``staff`` is false for somebody of another organisation, whom a robot may not
write to. For a press it has ``card``, the card's own id.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cards.renderers.dingtalk import FORM_FIELD, form_values, pressed_token
from commands.model import Incoming, Quoted
from commands.parsing import Verbs
from core.names.folding import has_han

NAME = "dingtalk"
_DIRECT = "1"  # conversationType; "2" is a group
_SAVE = "save"
_LATEST = 253_402_300_799_000  # milliseconds: the end of the year 9999


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote to the robot; ``wordless`` is a picture, a file: something without words."""

    incoming: Incoming
    wordless: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed something in a card; ``form`` names the form whose fields ``incoming`` has.

    ``incoming.conversation`` is empty for a card that stands in a group, which the callback does not name.
    """

    incoming: Incoming
    form: str = ""


def message(payload: Mapping[str, Any], verbs: Verbs) -> Said | None:
    """A message to the robot. None for what is none: https://open.dingtalk.com/document/orgapp/receive-message."""
    delivery, sender = _text(payload, "msgId"), _text(payload, "senderStaffId") or _text(payload, "senderId")
    conversation, kind = _text(payload, "conversationId"), _text(payload, "conversationType")
    if not (delivery and sender and conversation and kind):
        return None
    text, direct = _words(payload), kind == _DIRECT
    # A person's own chat is known by the person: it is where Kith writes to them by itself, too.
    place = sender if direct else conversation
    incoming = Incoming(
        platform=NAME,
        tenant=_text(payload, "chatbotCorpId"),
        user=sender,
        user_name=_text(payload, "senderNick"),
        conversation=place,
        direct=direct,
        delivery=delivery,
        language_hint="en" if text.isascii() and any(map(str.isalpha, text)) and not has_han(text) else "zh",
        reply_to=_reply_to(payload, place),
        **_said(payload, text, verbs),
    )
    return Said(incoming, wordless=not text and incoming.quoted is None and _text(payload, "msgtype") != "text")


def press(body: bytes, timestamp: str) -> Pressed | None:
    """A card callback. None for what is none: https://open.dingtalk.com/document/orgapp/event-callback-card.

    DingTalk gives these no id: what has the same body and the same signed timestamp came before.
    """
    payload = read(body)
    content = read(_text(payload, "content").encode()) or _object(payload, "content")
    private = _object(content, "cardPrivateData")
    params = _object(private, "params")
    card, user = _text(payload, "outTrackId"), _text(payload, "userId")
    if not (card and user):
        return None
    fields = _object(params, "form")
    incoming = Incoming(
        platform=NAME,
        tenant=_text(payload, "corpId"),
        user=user,
        conversation=user if is_direct_card(card) else "",
        direct=is_direct_card(card),
        delivery=f"card-{hashlib.sha256(timestamp.encode() + b'.' + body).hexdigest()[:40]}",
        token=_text(params, "token"),
        fields=form_values(fields) if fields else None,
        reply_to={"card": card, "staff": True},
    )
    return Pressed(incoming, _text(fields, FORM_FIELD)) if fields or incoming.token else None


def is_direct_card(card: str) -> bool:
    """Whether a card of that id stands in a person's own chat."""
    return card.startswith("kith-d-")


def card_id(key: str, *, direct: bool) -> str:
    """The id of a card, the same for every try at the same answer."""
    return f"kith-{'d' if direct else 'g'}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def read(body: bytes) -> dict[str, Any]:
    """A JSON object; empty for whatever is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _said(payload: Mapping[str, Any], text: str, verbs: Verbs) -> dict[str, Any]:
    if token := pressed_token(text):
        return {"token": token}
    found = _quoted(payload)
    command = verbs.read(text).command if found else None
    return {"text": text, "quoted": found if command is not None and command.verb == _SAVE else None}


def _reply_to(payload: Mapping[str, Any], place: str) -> dict[str, Any]:
    until = payload.get("sessionWebhookExpiredTime")
    return {
        "hook": _text(payload, "sessionWebhook"),
        "hook_until": until if isinstance(until, int) else 0,
        "hook_at": place,
        "staff": bool(_text(payload, "senderStaffId")),
    }


def _words(payload: Mapping[str, Any]) -> str:
    """The text of a message; of a recording, what DingTalk understood of it."""
    content = _object(payload, "content")
    match _text(payload, "msgtype"):
        case "text":
            return _text(_object(payload, "text"), "content").strip()
        case "richText":
            return _rich(content).strip()
        case "audio":
            return _text(content, "recognition").strip()
        case _:
            return ""


def _rich(content: Mapping[str, Any]) -> str:
    parts = content.get("richText")
    texts = (_text(part, "text") for part in parts if isinstance(part, dict)) if isinstance(parts, list) else ()
    return "".join(texts)


def _quoted(payload: Mapping[str, Any]) -> Quoted | None:
    """The message that this one replies to."""
    replied = _object(_object(payload, "text"), "repliedMsg")
    content = _object(replied, "content")
    text = _text(content, "text") or _rich(content)
    if not text.strip():
        return None
    return Quoted(text=text.strip(), author=_text(replied, "senderNick"), said_at=_instant(replied.get("createdAt")))


def _instant(milliseconds: Any) -> datetime | None:
    known = isinstance(milliseconds, int) and 0 < milliseconds < _LATEST
    return datetime.fromtimestamp(milliseconds / 1000, UTC) if known else None


def _text(payload: Mapping[str, Any], name: str) -> str:
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def _object(payload: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = payload.get(name)
    return value if isinstance(value, dict) else {}
