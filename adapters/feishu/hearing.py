"""Events that came over the long connection, and what they are answered there.

The answer to a frame is JSON: ``code`` as over HTTP, 200 or 500, and ``data``, which is base64 of what would have been
the body: that is what Feishu's own clients send (``lark_oapi.ws.client``). What is answered 500 Feishu brings again.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import structlog

from adapters.feishu.listener import Listener, NotNowError, UnreadableError, Ways
from adapters.feishu.payloads import Envelope
from adapters.feishu.pressing import Answer
from core.errors import StoreUnavailableError

log = structlog.get_logger()

_OK, _FAILED = 200, 500


@dataclass(frozen=True, slots=True)
class Heard:
    """What goes back on the frame, and what is begun when it has gone."""

    payload: bytes
    begin: Callable[[], None]


class Hearing:
    """Gives what came to the same listener as HTTP does. Nothing is sealed inside: the line is TLS, asked for by us."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self.ways: Ways | None = None

    async def hear(self, plain: bytes) -> Heard:
        """Takes one event; on return what it writes is on disk, or the answer says that it is to be brought again."""
        try:
            return self._answered(await self._carried(plain))
        except (UnreadableError, NotNowError, StoreUnavailableError) as failed:
            log.warning("delivery_refused", reason=type(failed).__name__)
            return Heard(msgspec.json.encode({"code": _FAILED, "headers": {}}), _nothing)

    async def _carried(self, plain: bytes) -> Answer:
        if self.ways is None:
            raise NotNowError
        try:
            envelope = msgspec.json.decode(plain, type=Envelope)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise UnreadableError from None
        return await self._listener.hear(envelope, self.ways)

    def _answered(self, answer: Answer) -> Heard:
        data = b64encode(msgspec.json.encode(answer.payload)).decode()
        payload = msgspec.json.encode({"code": _OK, "headers": {}, "data": data})
        accepted, ways = answer.then, self.ways
        if accepted is None or ways is None:
            return Heard(payload, _nothing)
        # A card is changed only after the press that asks for it was answered.
        return Heard(payload, lambda: ways.onward.road.start(accepted))


def _nothing() -> None:
    """Nothing follows."""
