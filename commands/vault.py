"""Secrets at rest: what platforms hand over when they are installed, encrypted with a key from ``KITH_SECRET_KEY``."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORMAT = "1:"  # a later way of locking begins differently, so that both can be opened
_NONCE_BYTES = 12  # random: safe for 2**32 secrets under one key


class VaultError(Exception):
    """The secret was locked with another key or for another use, or was changed. What it held must be given again."""


class Vault:
    """Locks texts and opens them again. ``use`` is authenticated, not stored: a secret moved to another row is shut."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kith secrets at rest 1")
        self._cipher = AESGCM(derived.derive(secret_key.encode()))

    def lock(self, text: str, use: str = "") -> str:
        """``text`` encrypted, as printable ASCII; different every time."""
        nonce = os.urandom(_NONCE_BYTES)
        locked = self._cipher.encrypt(nonce, text.encode(), use.encode())
        return _FORMAT + base64.urlsafe_b64encode(nonce + locked).decode()

    def open(self, locked: str, use: str = "") -> str:
        """The text that was locked for ``use``. Raises VaultError."""
        try:
            raw = base64.b64decode(locked.removeprefix(_FORMAT), altchars=b"-_", validate=True)
            return self._cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], use.encode()).decode()
        except (InvalidTag, ValueError):
            raise VaultError from None
