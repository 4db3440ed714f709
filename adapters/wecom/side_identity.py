"""Who looks at the page in WeCom: sent to WeCom and back with a code, each step good once and in one browser alone.

Page 91022 (the address, ``snsapi_base``, ``state``: up to 128 letters and digits) and 91023 (what the code tells).
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode

import msgspec

from adapters.wecom.config import WecomConfig
from commands.vault import Vault, VaultError
from core.ids import looks_like_id

CODE_LIFE = timedelta(minutes=5)  # WeCom's own
KNOWN_FOR = timedelta(minutes=10)  # after it the browser is sent to WeCom anew, for another may have signed in there
_USE = "wecom toolbar 1"
_BROWSER_BYTES, _MAC_LETTERS = 16, 40
_BETWEEN = "x"  # no hexadecimal digit


class _Known(msgspec.Struct, frozen=True, array_like=True):
    """A member whom WeCom named. ``expires_at`` is in seconds."""

    corp: str
    user: str
    expires_at: int


class Identities:
    """Writes and reads what travels to WeCom and what a browser holds. Nothing of it can be made without the key."""

    def __init__(self, config: WecomConfig, secret_key: str) -> None:
        self._config = config
        self._vault = Vault(secret_key)
        self._key = hmac.digest(secret_key.encode(), _USE.encode(), "sha256")

    def browser(self, held: str) -> str:
        """A name for this browser, which nobody else knows: the one it has, else a new one."""
        return held if _is_browser(held) else secrets.token_hex(_BROWSER_BYTES)

    def onward(self, browser: str, back: str, wanted: str, now: datetime) -> str:
        """Where WeCom tells who is signed in; it sends the browser ``back`` with a code and the state."""
        expires = int((now + CODE_LIFE).timestamp())
        state = _BETWEEN.join((str(expires), self._mac(browser, expires, wanted), wanted))
        asked = {
            "appid": self._config.corp_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
            "agentid": str(self._config.agent_id),
        }
        return f"{self._config.oauth_url}?{urlencode(asked)}#wechat_redirect"

    def came_back(self, state: str, held: str, now: datetime) -> tuple[str, str] | None:
        """What uses the state up, and which customer was wanted; None for another browser's, a forged or an old one."""
        expires, _, rest = state.partition(_BETWEEN)
        mac, _, wanted = rest.partition(_BETWEEN)
        if not (_is_browser(held) and expires.isascii() and expires.isdigit() and len(expires) <= len("9999999999")):
            return None
        fits = hmac.compare_digest(mac.encode(), self._mac(held, int(expires), wanted).encode())
        return (mac, wanted) if fits and now.timestamp() < int(expires) else None

    def known(self, user: str, now: datetime) -> str:
        """What a browser holds that WeCom named this member in."""
        kept = _Known(self._config.corp_id, user, int((now + KNOWN_FOR).timestamp()))
        return self._vault.lock(msgspec.json.encode(kept).decode(), _USE).partition(":")[2]

    def user(self, held: str, now: datetime) -> str:
        """The member, by what the browser holds; empty when it is forged, over, or another company's."""
        try:
            kept = msgspec.json.decode(self._vault.open(f"1:{held}", _USE), type=_Known)
        except (VaultError, msgspec.DecodeError):
            return ""
        return kept.user if kept.corp == self._config.corp_id and now.timestamp() < kept.expires_at else ""

    def _mac(self, browser: str, expires: int, wanted: str) -> str:
        text = "\n".join((self._config.corp_id, browser, str(expires), wanted))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()[:_MAC_LETTERS]


def wanted_in(state: str) -> str:
    """The customer that a state says was wanted, which nothing vouches for: it opens what any link to it would."""
    wanted = state.split(_BETWEEN, 2)[-1]  # an id may hold the letter between, too
    return wanted if looks_like_id(wanted) else ""


def _is_browser(held: str) -> bool:
    return len(held) == 2 * _BROWSER_BYTES and all(letter in "0123456789abcdef" for letter in held)
