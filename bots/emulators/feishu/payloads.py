"""Feishu's requests, encrypted and signed, and what is pressed and filled in in a card."""

import json
import os
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bots.emulators.feishu.model import tagged

Payload = dict[str, Any]

_BLOCK = 16  # bytes
_ZONE = "+0800"  # a date or a time comes back with the person's zone


def sealed(plain: bytes, key: str) -> str:
    """What stands encrypted in a request: AES-256-CBC, PKCS#7, the initial vector in front; ``key`` is the Encrypt Key.

    https://open.feishu.cn/document/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
    """
    missing = _BLOCK - len(plain) % _BLOCK
    start = os.urandom(_BLOCK)
    encryptor = Cipher(AES(sha256(key.encode()).digest()), CBC(start)).encryptor()
    inside = start + encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()
    return b64encode(inside).decode()


def encrypted(event: Payload, key: str) -> bytes:
    """The body of a request."""
    return json.dumps({"encrypt": sealed(json.dumps(event).encode(), key)}).encode()


def signed(body: bytes, key: str, at: float) -> dict[str, str]:
    """The headers of a request that is signed ``at`` this instant, in seconds."""
    stamp, nonce = str(int(at)), "nonce"
    return {
        "content-type": "application/json",
        "x-lark-request-timestamp": stamp,
        "x-lark-request-nonce": nonce,
        "x-lark-signature": sha256(f"{stamp}{nonce}{key}".encode() + body).hexdigest(),
    }


def action_of(card: Payload, pressed: Mapping[str, str]) -> Payload:
    """What a press tells: ``pressed["press"]`` is a button's token or an option's value, the rest are fields by name.

    Raises StopIteration where the card has no such button.
    """
    wanted = pressed["press"]
    parts = list(tagged(card["body"]))
    for form in (one for one in parts if one["tag"] == "form"):
        submit = form["elements"][-1]
        if _value(submit).get("token") == wanted:
            fields = {one["name"]: _filled(one, pressed) for one in form["elements"][:-1] if "name" in one}
            return {"tag": "button", "name": submit["name"], "value": _value(submit), "form_value": fields}
    if "action" in pressed:
        menus = (one for one in parts if one["tag"] == "select_static" and "name" not in one)
        menu = next(one for one in menus if wanted in [each["value"] for each in one["options"]])
        return {"tag": menu["tag"], "value": _value(menu), "option": wanted}
    button = next(one for one in parts if one["tag"] == "button" and _value(one).get("token") == wanted)
    return {"tag": "button", "value": _value(button)}


def _value(part: Payload) -> Payload:
    found: Payload = next((one["value"] for one in part.get("behaviors", ()) if one["type"] == "callback"), {})
    return found


def _filled(field: Payload, pressed: Mapping[str, str]) -> str:
    value = pressed.get(field["name"], "")
    return f"{value} {_ZONE}" if value and field["tag"] in {"date_picker", "picker_time"} else value
