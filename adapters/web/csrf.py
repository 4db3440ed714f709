"""Proof that a post comes from a page of ours: a token that the page carries, and the origin that the browser names."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit


class Csrf:
    """Makes tokens, each bound to one holder: a session, or a member of the demo."""

    def __init__(self, secret_key: str) -> None:
        self._key = hmac.digest(secret_key.encode(), b"kith form tokens 1", hashlib.sha256)

    def token(self, holder: str) -> str:
        """The token for a holder's pages."""
        return hmac.new(self._key, holder.encode(), hashlib.sha256).hexdigest()


def is_same_origin(headers: Mapping[str, str], public_url: str) -> bool:
    """Whether the browser says that a request comes from a page of ours.

    Browsers name the origin of every post. What names none is no browser, and carries nobody's cookies by accident.
    The scheme is not compared: behind a proxy that ends TLS, Kith itself sees http.
    """
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    try:
        host = urlsplit(origin).netloc
    except ValueError:  # half of an IPv6 address, which no browser sends
        return False
    return bool(host) and host in {headers.get("host", ""), urlsplit(public_url).netloc}
