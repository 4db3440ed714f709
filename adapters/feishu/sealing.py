"""The encryption and the signature of what Feishu sends.

AES-256-CBC; the key is the SHA-256 of the console's Encrypt Key, the initial vector stands before the ciphertext,
PKCS#7 to 16 bytes. The signature is over the body as it came, encrypted.
https://open.feishu.cn/document/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
"""

import hmac
from base64 import b64decode
from binascii import Error as NotBase64Error
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from adapters.callbacks.envelope import ForgedError

_BLOCK = 16  # bytes


class Seal:
    """Opens and verifies with one app's Encrypt Key."""

    def __init__(self, encrypt_key: str) -> None:
        self._encrypt_key = encrypt_key.encode()
        self._key = sha256(self._encrypt_key).digest()

    def signature(self, body: bytes, timestamp: str, nonce: str) -> str:
        """SHA-256 over timestamp, nonce, Encrypt Key and the raw body, in hexadecimal."""
        return sha256(timestamp.encode() + nonce.encode() + self._encrypt_key + body).hexdigest()

    def fits(self, body: bytes, *, timestamp: str, nonce: str, signature: str) -> bool:
        """Whether who has the key signed this body; compared in constant time."""
        return hmac.compare_digest(self.signature(body, timestamp, nonce).encode(), signature.encode())

    def opened(self, encrypted: str) -> bytes:
        """What is inside. Raises ForgedError for what was not made with the key."""
        try:
            sealed = b64decode(encrypted, validate=True)
            decryptor = Cipher(AES(self._key), CBC(sealed[:_BLOCK])).decryptor()
            plain = decryptor.update(sealed[_BLOCK:]) + decryptor.finalize()
        except (NotBase64Error, ValueError):
            raise ForgedError("encryption") from None
        padding = plain[-1] if plain else 0
        if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise ForgedError("padding")
        return plain[:-padding]
