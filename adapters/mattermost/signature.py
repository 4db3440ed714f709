"""Whether a request comes from the Mattermost server.

A slash command brings its token, in the field ``token`` and in the header ``Authorization: Token …``; nothing is
signed. A press and a dialog bring no proof at all, so what Kith gave along with the button or the dialog is signed:
the server keeps a button's context to itself, and nobody else can make another.
https://developers.mattermost.com/integrate/slash-commands/custom/
https://developers.mattermost.com/integrate/plugins/interactive-messages/
"""

import hmac
from collections.abc import Iterable
from typing import TypeVar

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

T = TypeVar("T")


def is_from_server(tokens: Iterable[str], field: str, header: str) -> bool:
    """Whether what was brought is one of ``tokens``: the field's, the header's or both, and neither a wrong one.

    A header of another scheme beside the right field is that of an OAuth connection, which a server may be told to
    use instead.
    """
    scheme, _, value = header.partition(" ")
    said = value.strip() if scheme.casefold() in {"token", "bearer"} else ""
    known = tuple(tokens)
    if field:
        foreign = scheme.casefold() != "token"
        return _is_one_of(known, field) and (foreign or _is_one_of(known, said))
    return _is_one_of(known, said)


def _is_one_of(tokens: tuple[str, ...], said: str) -> bool:
    """In constant time: every token is compared, whichever fits."""
    fits = [hmac.compare_digest(token.encode(), said.encode("utf-8", "replace")) for token in tokens]
    return bool(said) and any(fits)


class ForgedError(Exception):
    """What came back was not made here, or not for whom or where it came from."""


class Signing:
    """Signs what goes out with a button or a dialog, with a key derived from ``KITH_SECRET_KEY``."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kith mattermost contexts 1")
        self._key = derived.derive(secret_key.encode())

    def signed(self, value: msgspec.Struct) -> str:
        """``value`` as one line of text with its signature before it."""
        text = msgspec.json.encode(value).decode()
        return f"{self._signature(type(value), text)}.{text}"

    def opened(self, signed: str, type_: type[T]) -> T:
        """What was signed as a ``type_``. Raises ForgedError."""
        signature, _, text = signed.partition(".")
        expected = self._signature(type_, text)
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
            raise ForgedError
        try:
            return msgspec.json.decode(text, type=type_)
        except msgspec.DecodeError:
            raise ForgedError from None  # signed by an earlier release

    def _signature(self, type_: type, text: str) -> str:
        """The type is signed, too: what was made for a button is of no use in a dialog."""
        signed = f"{type_.__name__}.{text}".encode("utf-8", "replace")
        return hmac.new(self._key, signed, "sha256").hexdigest()
