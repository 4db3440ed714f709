"""The encrypted envelope that WeCom, and DingTalk after it, put around what they send.

AES-256-CBC; the key is the console's 43 characters read as Base64, its first 16 bytes are the initial vector. Inside:
16 random bytes, the message's length in bytes (4, big-endian), the message, and for whom it is; PKCS#7 to 32 bytes.
https://developer.work.weixin.qq.com/document/path/90968
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

_RANDOM, _LENGTH, _BLOCK = 16, 4, 32  # bytes
_KEY_CHARACTERS = 43


class ForgedError(Exception):
    """The envelope was not made by who has the key, or not for us. Its words tell which step failed, and no content."""


class Envelope:
    """Opens and seals with one app's ``token`` and ``key`` (43 characters). ``receiver`` is who it is for, or empty.

    Raises ValueError for a key that is none.
    """

    def __init__(self, token: str, key: str, receiver: str) -> None:
        if len(key) != _KEY_CHARACTERS:
            raise ValueError(f"the key must have {_KEY_CHARACTERS} characters, not {len(key)}")
        self._token = token
        self._key = b64decode(f"{key}=", validate=True)
        self._receiver = receiver.encode()

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """SHA-1 over the four, sorted and joined, in hexadecimal."""
        parts = sorted((self._token, timestamp, nonce, encrypted))
        return hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()

    def opened(self, encrypted: str, *, signature: str, timestamp: str, nonce: str) -> str:
        """The message. Raises ForgedError when the signature, the key, the shape or the receiver is not right."""
        expected = self.signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise ForgedError("signature")
        plain = self._decrypted(encrypted)
        start = _RANDOM + _LENGTH
        end = start + int.from_bytes(plain[_RANDOM:start], "big")
        if len(plain) < start or end > len(plain):
            raise ForgedError("length")
        if not hmac.compare_digest(plain[end:], self._receiver):
            raise ForgedError("receiver")
        return _text(plain[start:end])

    def sealed(self, message: str, *, random: bytes = b"") -> str:
        """The message encrypted, as Base64. ``random`` (16 bytes) is for tests."""
        inside = message.encode()
        head = (random or secrets.token_bytes(_RANDOM)) + len(inside).to_bytes(_LENGTH, "big")
        plain = head + inside + self._receiver
        missing = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher().encryptor()
        return b64encode(encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()).decode()

    def _decrypted(self, encrypted: str) -> bytes:
        try:
            decryptor = self._cipher().decryptor()
            plain = decryptor.update(b64decode(encrypted, validate=True)) + decryptor.finalize()
        except (NotBase64Error, ValueError):
            raise ForgedError("encryption") from None
        padding = plain[-1] if plain else 0
        if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise ForgedError("padding")
        return plain[:-padding]

    def _cipher(self) -> Cipher[CBC]:
        return Cipher(AES(self._key), CBC(self._key[:16]))


def _text(message: bytes) -> str:
    try:
        return message.decode()
    except UnicodeDecodeError:
        raise ForgedError("encoding") from None
