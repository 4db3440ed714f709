"""What goes with a person's code from the page to Feishu's client and back, so that it counts in one browser alone.

https://open.feishu.cn/document/uYjL24iN/uUzMuUzMuUzM/requestaccess: the code is good for three minutes, once.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from adapters.callbacks.script_signature import script_signature

LIFE = timedelta(minutes=10)  # of a page that waits for the person to agree
_BROWSER_BYTES = 16
_NONCE_BYTES = 8
_USE = b"feishu side 1"


class States:
    """Writes states and reads them, under a key derived from ``KITH_SECRET_KEY``."""

    def __init__(self, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), _USE, "sha256")

    def browser(self, held: str) -> str:
        """A name for this browser that nobody else knows: the one it has, else a new one."""
        return held if _is_browser(held) else secrets.token_hex(_BROWSER_BYTES)

    def write(self, browser: str, now: datetime) -> str:
        """A state for what this browser begins now."""
        expires = int((now + LIFE).timestamp())
        return f"{expires}.{self._mac(browser, expires)}"

    def fits(self, state: str, held: str, now: datetime) -> bool:
        """Whether it was begun in the browser that holds this, and not too long ago."""
        expires, _, mac = state.partition(".")
        if not (_is_browser(held) and expires.isascii() and expires.isdigit() and len(expires) <= len("9999999999")):
            return False
        ours = hmac.compare_digest(mac.encode("utf-8", "replace"), self._mac(held, int(expires)).encode())
        return ours and now.timestamp() < int(expires)

    def _mac(self, browser: str, expires: int) -> str:
        return hmac.new(self._key, f"{browser}\n{expires}".encode(), hashlib.sha256).hexdigest()


def _is_browser(held: str) -> bool:
    return len(held) == 2 * _BROWSER_BYTES and all(letter in "0123456789abcdef" for letter in held)


def signed(ticket: str, address: str, now: datetime) -> dict[str, str]:
    """What ``h5sdk.config`` wants for the page at an address: ``nonce``, ``stamp`` in milliseconds, ``signature``."""
    nonce, stamp = secrets.token_hex(_NONCE_BYTES), str(int(now.timestamp() * 1000))
    return {"nonce": nonce, "stamp": stamp, "signature": script_signature(ticket, nonce, stamp, address)}
