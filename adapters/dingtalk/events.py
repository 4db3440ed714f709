"""Event callbacks: opened, and answered with a sealed ``success``, which is how DingTalk knows that they arrived.

https://open.dingtalk.com/document/orgapp/http-callback-overview: query ``signature`` (or ``msg_signature``),
``timestamp`` in milliseconds and ``nonce``; body ``{"encrypt": …}``; the envelope is for the app's key.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from adapters.callbacks.envelope import Envelope, ForgedError
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.incoming import read
from adapters.dingtalk.signature import is_recent

log = structlog.get_logger()

_SUCCESS = "success"


class Events:
    """Answers event callbacks. Raises ValueError for a key that is none."""

    def __init__(self, config: DingTalkConfig) -> None:
        self._envelope = Envelope(config.token, config.aes_key, config.app_key)

    def answer(self, query: Mapping[str, str], body: bytes, now: datetime) -> dict[str, Any]:
        """The answer to a callback. Raises ForgedError for one that is not DingTalk's, or not of now."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        if not is_recent(timestamp, now):
            raise ForgedError("timestamp")
        encrypted = read(body).get("encrypt")
        opened = self._envelope.opened(
            encrypted if isinstance(encrypted, str) else "",
            signature=query.get("signature") or query.get("msg_signature", ""),
            timestamp=timestamp,
            nonce=nonce,
        )
        kind = read(opened.encode()).get("EventType")
        log.info("dingtalk_event_taken", kind=kind if isinstance(kind, str) and kind.isidentifier() else "")
        return self._sealed(str(int(now.timestamp() * 1000)))

    def _sealed(self, timestamp: str) -> dict[str, Any]:
        nonce, encrypted = secrets.token_hex(8), self._envelope.sealed(_SUCCESS)
        signature = self._envelope.signature(timestamp, nonce, encrypted)
        return {"msg_signature": signature, "timeStamp": timestamp, "nonce": nonce, "encrypt": encrypted}
