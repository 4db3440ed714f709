"""Telegram as a Mini App meets it: signs initData with the bot's token, or with a key of its own."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

TOKEN = "7342037359:stand-in-token"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _lines(fields: dict[str, str]) -> str:
    return "\n".join(f"{name}={fields[name]}" for name in sorted(fields))


def init_data(user: int, now: datetime, *, token: str = TOKEN, hashed: bool = True, **more: Any) -> str:
    """What Telegram puts behind the # of a Mini App's address; without ``hashed`` only its own signature is there."""
    fields = {
        "user": json.dumps({"id": user, "first_name": "Wei", "language_code": "en"}),
        "auth_date": str(int(now.timestamp())),
        "query_id": "AAHdF6IQAAAAAN0XohDhrOrc",
        **{name: value if isinstance(value, str) else json.dumps(value) for name, value in more.items()},
    }
    message = f"{token.partition(':')[0]}:WebAppData\n{_lines(fields)}".encode()
    fields["signature"] = urlsafe_b64encode(KEY.sign(message)).decode().rstrip("=")
    if hashed:
        secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
        fields["hash"] = hmac.new(secret, _lines(fields).encode(), hashlib.sha256).hexdigest()
    return urlencode(fields)
