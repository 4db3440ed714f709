"""The trigger_id of a command or a press: which one it was, whose, and when.

Base64 of ``id:user:milliseconds:signature``; the signature is the server's own affair. As it is new for each press it
is what deliveries are known by. server/public/model/integration_action.go, GenerateTriggerId.
"""

from base64 import b64decode
from binascii import Error as NotBase64Error
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from adapters.callbacks.freshness import is_fresh

WINDOW = timedelta(minutes=5)  # ours: what is older is a request that somebody kept
_PARTS = 4
_ID_MAX = 64


@dataclass(frozen=True, slots=True)
class Trigger:
    """``id`` is empty for a trigger that cannot be read; ``user`` and ``at`` are as the server wrote them."""

    id: str = ""
    user: str = ""
    at: str = ""

    def fits(self, user: str, now: datetime) -> bool:
        """Whether it is this user's and of now. One that cannot be read tells nothing against either."""
        if not self.id:
            return True
        return self.user == user and is_fresh(self.at, now, WINDOW, unit=timedelta(milliseconds=1))


def read_trigger(text: str) -> Trigger:
    """What a trigger_id says."""
    try:
        parts = b64decode(text, validate=True).decode().split(":")
    except (NotBase64Error, ValueError):
        return Trigger()
    if len(parts) != _PARTS or not 0 < len(parts[0]) <= _ID_MAX:
        return Trigger()
    return Trigger(parts[0], parts[1], parts[2])


def delivery_of(*ids: str) -> str:
    """The delivery's name by the first id there is: a trigger's own, or a digest of what else is new each time."""
    first = next(filter(None, ids), "")
    return read_trigger(first).id or (sha256(first.encode("utf-8", "replace")).hexdigest() if first else "")
