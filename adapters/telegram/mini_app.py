"""Kith's page as a Telegram Mini App: who is looking, as Telegram signs it.

https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app: a hash keyed with the bot's token, and
for whoever does not have that, Telegram's own signature (Ed25519).
"""

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from adapters.hosts.model import Proven, Seat
from core.clock import Clock
from core.conversations.suggesting import Clues
from core.ids import looks_like_id
from core.members.model import Identity

PLATFORM = "telegram"
# Telegram's key for production: published in "Validating data for Third-Party Use" on the page above.
TELEGRAM_KEY = "e7bf03a2fa4602af4580703d88dda5bb59f32ed8b02a56c187fe7d34caed242d"
AGE_LIMIT = timedelta(minutes=15)  # Telegram signs anew each time the app is opened
AHEAD_LIMIT = timedelta(minutes=1)  # of two clocks
_LENGTH_LIMIT = 8192  # characters
_CUSTOMER = "c_"  # before a customer's id in t.me/BOT/APP?startapp=c_ID
_WEB = "https://web.telegram.org"
_IN_THE_APP = "telegram"  # in the User-Agent of Telegram's browser, where it names itself


class _User(msgspec.Struct, frozen=True):
    id: int


class _Chat(msgspec.Struct, frozen=True):
    id: int
    title: str = ""


def fields_of(init_data: str) -> dict[str, str]:
    """The fields of initData; none when it is no query string, too long, or has a field twice."""
    if len(init_data) > _LENGTH_LIMIT:
        return {}
    try:
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True)
    except ValueError:
        return {}
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else {}


def fits_hash(fields: Mapping[str, str], token: str) -> bool:
    """Whether the hash is the one that whoever has the bot's token makes of the fields."""
    secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
    made = hmac.new(secret, _checked(fields, "hash").encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(made.encode(), fields.get("hash", "").encode())


def fits_signature(fields: Mapping[str, str], bot_id: str, key: str = TELEGRAM_KEY) -> bool:
    """Whether the signature is Telegram's own, for this bot."""
    message = f"{bot_id}:WebAppData\n{_checked(fields, 'hash', 'signature')}"
    signature = fields.get("signature", "")
    try:
        raw = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(raw, message.encode())
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _checked(fields: Mapping[str, str], *without: str) -> str:
    return "\n".join(f"{name}={value}" for name, value in sorted(fields.items()) if name not in without)


class MiniApp:
    """``adapters.hosts.model.Host`` for Telegram. ``key`` is Telegram's public key, in hexadecimal."""

    name = PLATFORM
    ancestors = (_WEB,)  # phones and the desktop show it in a window of its own
    script = "host-telegram.js"
    script_sources = ()
    agents = (_IN_THE_APP,)

    def __init__(self, token: str, clock: Clock, *, key: str = TELEGRAM_KEY) -> None:
        self._token = token
        self._clock = clock
        self._key = key

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:
        """Who is looking, from initData in ``init_data``; None when it is forged or too old."""
        fields = fields_of(proof.get("init_data", ""))
        if not self._is_genuine(fields) or not self._is_fresh(fields):
            return None
        try:
            user = msgspec.json.decode(fields.get("user", ""), type=_User)
            chat = msgspec.json.decode(fields["chat"], type=_Chat) if "chat" in fields else None
        except msgspec.DecodeError:
            return None
        seat = Seat(
            identity=Identity(PLATFORM, "", str(user.id)),
            conversation=str(chat.id) if chat else "",
            title=chat.title if chat else "",
        )
        wanted = fields.get("start_param", "").removeprefix(_CUSTOMER)
        once = fields.get("hash") or fields["signature"]
        return Proven(seat=seat, once=once, customer=wanted if looks_like_id(wanted) else "")

    async def clues(self, seat: Seat) -> Clues:
        """The chat's title: Telegram tells a bot of nobody who is in it."""
        return Clues(texts=(seat.title,) if seat.title else ())

    def _is_genuine(self, fields: Mapping[str, str]) -> bool:
        """By the hash where there is one, else by Telegram's signature: a wrong one is not saved by the other."""
        if "hash" in fields:
            return fits_hash(fields, self._token)
        return "signature" in fields and fits_signature(fields, self._token.partition(":")[0], self._key)

    def _is_fresh(self, fields: Mapping[str, str]) -> bool:
        stamp = fields.get("auth_date", "")
        if not stamp.isascii() or not stamp.isdecimal() or len(stamp) > len("9999999999"):
            return False
        age = self._clock.now() - datetime.fromtimestamp(int(stamp), self._clock.now().tzinfo)
        return -AHEAD_LIMIT <= age <= AGE_LIMIT
