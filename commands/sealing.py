"""Tokens behind buttons: at most 64 bytes, opaque, bound to workspace and member, with an expiry.

A short command line is sealed into the token itself (AES-GCM-SIV, which authenticates the member the token is bound to
and bears one nonce for all: the same line merely gives the same token), so that showing a card writes nothing. A long
one is kept as a draft, and the token names it.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cards.model import Actions, Block, Button, Card, Element, Form, Menu, Option, Row, Rows
from commands.model import Audience, Reply
from core.actor import Actor
from core.drafts import Draft
from core.errors import ConflictError
from core.ids import decode, encode, looks_like_id

LIFE = timedelta(days=14)
TOKEN_LIMIT = 64  # bytes: Telegram's callback_data, the narrowest of all platforms

_MARK_MEMBER, _MARK_ROOM, _MARK_DRAFT = "m", "r", "d"
_TAG_BYTES = 16
_EXPIRY_BYTES = 3  # hours since 2000: enough until the year 3900
# One character marks the kind; the other 63 are base64 for 47 bytes.
_LINE_BYTES = 47 - _TAG_BYTES - _EXPIRY_BYTES
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_ID = b"\x01"  # an id stands as this byte and its 64 bits; lines are cleaned of control characters


_NONCE = bytes(12)


def _pack(line: str) -> bytes:
    return b" ".join(
        [_ID + decode(word).to_bytes(8) if looks_like_id(word) else word.encode() for word in line.split(" ")]
    )


def _unpack(packed: bytes) -> str:
    words: list[str] = []
    while packed:
        if packed.startswith(_ID):
            words.append(encode(int.from_bytes(packed[1:9])))
            packed = packed[9:].removeprefix(b" ")
        else:
            word, _, packed = packed.partition(b" ")
            words.append(word.decode())
    return " ".join(words)


class Sealer:
    """Makes tokens and opens them, with keys derived from ``KITH_SECRET_KEY``."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kith button tokens 2")
        self._cipher = AESGCMSIV(derived.derive(secret_key.encode()))
        self._signing = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kith signed addresses").derive(
            secret_key.encode()
        )

    def seal(self, line: str, actor: Actor, now: datetime, *, room: bool = False) -> str | None:
        """The token of a command line; None when the line is too long to be sealed and must be kept as a draft.

        With ``room`` any member of the workspace may press it, as themselves.
        """
        return self.for_reader(actor, now, room=room)(line)

    def sign(self, text: str) -> str:
        """A signature of 32 characters for what stands in a web address."""
        return hmac.new(self._signing, text.encode(), "sha256").hexdigest()[:32]

    def for_reader(self, actor: Actor, now: datetime, *, room: bool = False) -> Callable[[str], str | None]:
        """``seal`` for the many lines of one answer: what they have in common is worked out once."""
        mark, bound = (_MARK_ROOM if room else _MARK_MEMBER), _bound_to(actor, room=room)
        expiry = (-((_EPOCH - now - LIFE) // _HOUR)).to_bytes(_EXPIRY_BYTES)  # rounded up
        encrypt = self._cipher.encrypt

        def seal(line: str) -> str | None:
            packed = _pack(line)
            if len(packed) > _LINE_BYTES:
                return None
            return mark + urlsafe_b64encode(encrypt(_NONCE, expiry + packed, bound)).decode().rstrip("=")

        return seal

    def open(self, token: str, actor: Actor, now: datetime) -> str:
        """The command line of a sealed token. Raises ConflictError when it is forged, another member's or expired."""
        mark, body = token[:1], token[1:]
        if mark not in {_MARK_MEMBER, _MARK_ROOM}:
            raise ConflictError("button_not_yours")
        try:
            sealed = urlsafe_b64decode(body + "=" * (-len(body) % 4))
            plain = self._cipher.decrypt(_NONCE, sealed, _bound_to(actor, room=mark == _MARK_ROOM))
        except (InvalidTag, ValueError):
            raise ConflictError("button_not_yours") from None
        if _EPOCH + int.from_bytes(plain[:_EXPIRY_BYTES]) * _HOUR < now:
            raise ConflictError("button_expired")
        return _unpack(plain[_EXPIRY_BYTES:])


def _bound_to(actor: Actor, *, room: bool) -> bytes:
    return f"{actor.workspace_id}/{'*' if room else actor.member_id}".encode()


def is_draft(token: str) -> bool:
    """Whether a token names a draft instead of holding its line."""
    return token.startswith(_MARK_DRAFT)


def is_for_room(token: str) -> bool:
    """Whether a token was made for a whole conversation, so that others see the message it stands in."""
    return token.removeprefix(_MARK_DRAFT).startswith(_MARK_ROOM)


def draft_key(token: str, actor: Actor) -> str:
    """Where a draft is kept: under the workspace and the member it is for, or the workspace alone for a room's."""
    holder = "*" if token[1:2] == _MARK_ROOM else actor.member_id
    return f"press:{actor.workspace_id}:{holder}:{token}"


class Sealing:
    """Fills in the tokens of one reply. ``keep`` is called with the drafts of lines too long to be sealed."""

    def __init__(self, sealer: Sealer, actor: Actor, now: datetime, keep: Callable[[Draft], None]) -> None:
        self._sealer = sealer
        self._actor = actor
        self._now = now
        self._keep = keep
        self._room = False
        self._seal: Callable[[str], str | None] = sealer.for_reader(actor, now)

    def reply(self, reply: Reply) -> Reply:
        """The reply with every button, menu and form given its token."""
        self._room = reply.audience is Audience.ROOM
        self._seal = self._sealer.for_reader(self._actor, self._now, room=self._room)
        cards = tuple(self._card(card) for card in reply.cards)
        form = self._form(reply.form) if reply.form else None
        others = {language: tuple(map(self._card, some)) for language, some in reply.translations.items()}
        return msgspec.structs.replace(reply, cards=cards, form=form, translations=others)

    def _token(self, line: str) -> str:
        token = self._seal(line)
        if token is None:
            token = _MARK_DRAFT + (_MARK_ROOM if self._room else _MARK_MEMBER) + secrets.token_urlsafe(24)
            self._keep(Draft(draft_key(token, self._actor), line, self._now + LIFE))
        return token

    def _card(self, card: Card) -> Card:
        return msgspec.structs.replace(card, blocks=tuple(self._block(block) for block in card.blocks))

    def _block(self, block: Block) -> Block:
        match block:
            case Actions():
                return Actions(elements=tuple(self._element(element) for element in block.elements))
            case Rows():
                return self._rows(block)
            case Form():
                return self._form(block)
            case _:
                return block

    def _element(self, element: Element) -> Element:
        match element:
            case Button():
                return self._button(element)
            case Menu():
                return self._menu(element)
            case _:
                return element

    def _rows(self, rows: Rows) -> Rows:
        return msgspec.structs.replace(
            rows,
            rows=tuple(self._row(row) for row in rows.rows),
            previous=self._button(rows.previous) if rows.previous else None,
            next=self._button(rows.next) if rows.next else None,
        )

    def _row(self, row: Row) -> Row:
        if not isinstance(row.action, Button):
            return row
        return msgspec.structs.replace(row, action=self._button(row.action))

    def _button(self, button: Button) -> Button:
        return msgspec.structs.replace(button, token=self._token(button.command))

    def _menu(self, menu: Menu) -> Menu:
        return Menu(label=menu.label, options=tuple(self._option(option) for option in menu.options))

    def _option(self, option: Option) -> Option:
        return msgspec.structs.replace(option, token=self._token(option.value))

    def _form(self, form: Form) -> Form:
        return msgspec.structs.replace(form, token=self._token(form.command))
