"""WeCom's callbacks: the application's, in XML, and the robot's, in JSON, sealed and signed in their addresses."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from adapters.callbacks.envelope import Envelope

Payload = dict[str, Any]

APPLICATION_PATH, ROBOT_PATH = "/wecom/callback", "/wecom/robot"
_NONCE = "nonce"
_CHOICE = "choose"  # the name of a list in a card, and the key of the button beside it


@dataclass(frozen=True, slots=True)
class Post:
    """A request: ``path`` with its query, and the body."""

    path: str
    body: bytes


def application_post(envelope: Envelope, corp: str, payload: Payload, at: float) -> Post:
    """A callback of the application, signed ``at`` this instant, in seconds.

    https://developer.work.weixin.qq.com/document/path/90968
    """
    encrypted = envelope.sealed(f"<xml>{_elements(payload)}</xml>")
    outside = _elements({"ToUserName": corp, "Encrypt": encrypted})
    return Post(_signed(APPLICATION_PATH, envelope, encrypted, at), f"<xml>{outside}</xml>".encode())


def robot_post(envelope: Envelope, payload: Payload, at: float) -> Post:
    """A callback of the robot: https://developer.work.weixin.qq.com/document/path/101033."""
    encrypted = envelope.sealed(json.dumps(payload))
    return Post(_signed(ROBOT_PATH, envelope, encrypted, at), json.dumps({"encrypt": encrypted}).encode())


def robot_answer(envelope: Envelope, sealed: Payload) -> Payload:
    """What rode on a robot's acknowledgement."""
    plain = envelope.opened(
        sealed["encrypt"],
        signature=sealed["msgsignature"],
        timestamp=str(sealed["timestamp"]),
        nonce=sealed["nonce"],
    )
    found: Payload = json.loads(plain)
    return found


def pressed_event(pressed: dict[str, str], card: Payload, code: str) -> Payload:
    """A press on the application's card, and what was chosen in its list; ``code`` changes the card."""
    event = {"Event": "template_card_event", "EventKey": pressed["press"], "TaskId": card.get("task_id", "")}
    chosen = {"SelectedItem": {"QuestionKey": _CHOICE, "OptionIds": {"OptionId": pressed.get(_CHOICE, "")}}}
    return event | {"CardType": card["card_type"], "ResponseCode": code, "SelectedItems": chosen}


def robot_pressed_event(pressed: dict[str, str], card: Payload) -> Payload:
    """A press on the robot's card, and what was chosen in its list."""
    item = {"question_key": _CHOICE, "option_ids": {"option_id": [pressed.get(_CHOICE, "")]}}
    event = {"card_type": card["card_type"], "event_key": pressed["press"], "task_id": card.get("task_id", "")}
    told = event | {"selected_items": {"selected_item": [item]}}
    return {"eventtype": "template_card_event", "template_card_event": told}


def _signed(path: str, envelope: Envelope, encrypted: str, at: float) -> str:
    stamp = str(int(at))
    signature = envelope.signature(stamp, _NONCE, encrypted)
    return f"{path}?{urlencode({'msg_signature': signature, 'timestamp': stamp, 'nonce': _NONCE})}"


def _elements(values: Payload) -> str:
    return "".join(f"<{name}>{_inside(value)}</{name}>" for name, value in values.items())


def _inside(value: Any) -> str:
    return _elements(value) if isinstance(value, dict) else escape(str(value))
