"""Whether a request is DingTalk's, and of now. Neither signature covers the body: see ``DingTalkConfig.secret``."""

import hashlib
import hmac
from base64 import b64encode
from datetime import datetime, timedelta

from adapters.callbacks.freshness import is_fresh

# https://open.dingtalk.com/document/orgapp/receive-message: a timestamp further off than an hour is not DingTalk's.
WINDOW = timedelta(hours=1)
MILLISECOND = timedelta(milliseconds=1)

ROBOT_TIMESTAMP, ROBOT_SIGN = "timestamp", "sign"
CARD_TIMESTAMP, CARD_SIGN = "x-ddpaas-signature-timestamp", "x-ddpaas-signature"


def robot_signature(timestamp: str, app_secret: str) -> str:
    """HMAC-SHA256 over the timestamp and the app's secret, on two lines, as Base64."""
    return _signed(app_secret, f"{timestamp}\n{app_secret}")


def card_signature(timestamp: str, card_secret: str) -> str:
    """HMAC-SHA256 over the timestamp: https://open.dingtalk.com/document/orgapp/event-callback-card."""
    return _signed(card_secret, timestamp)


def is_recent(timestamp: str, now: datetime) -> bool:
    """Whether a timestamp in milliseconds is within the window."""
    return is_fresh(timestamp, now, WINDOW, unit=MILLISECOND)


def same(sent: str, expected: str) -> bool:
    """Compares in constant time; what was sent may be any text."""
    return hmac.compare_digest(sent.encode("utf-8", "surrogateescape"), expected.encode())


def _signed(key: str, text: str) -> str:
    signed = hmac.digest(key.encode(), text.encode("utf-8", "surrogateescape"), hashlib.sha256)
    return b64encode(signed).decode()
