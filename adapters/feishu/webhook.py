"""Feishu calling over HTTP: verified on raw bytes before anything reads them."""

import hmac
from datetime import timedelta

import msgspec
import structlog
from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.callbacks.bodies import limited_body
from adapters.callbacks.envelope import ForgedError
from adapters.callbacks.freshness import is_fresh
from adapters.feishu.listener import Listener, NotNowError, UnreadableError, Ways
from adapters.feishu.payloads import Envelope
from adapters.feishu.sealing import Seal
from commands.road import Accepted
from core.clock import Clock
from core.errors import StoreUnavailableError

log = structlog.get_logger()

EVENTS_PATH = "/feishu/events"
_CHALLENGE = "url_verification"
_WINDOW = timedelta(minutes=5)  # Feishu names none; a delivery that is tried again is signed anew


class _Sealed(msgspec.Struct, frozen=True):
    encrypt: str


class Webhook:
    """One address for events, card callbacks, link previews and Feishu's question whether it is ours."""

    def __init__(self, listener: Listener, seal: Seal, verification_token: str, clock: Clock) -> None:
        self._listener = listener
        self._seal = seal
        self._verification_token = verification_token
        self._clock = clock
        self.ways: Ways | None = None

    def add_to(self, router: APIRouter) -> None:
        """Mounts it, as a plain route: nothing of the request is for FastAPI to read."""
        router.add_route(EVENTS_PATH, self.events, methods=["POST"], include_in_schema=False)

    async def events(self, request: Request) -> Response:
        """401 for what was not sealed and signed with our key just now, 413 for what is too large, 400 for what is no
        event, 503 for what is to be sent again; else the answer.
        """
        body = await limited_body(request)
        if body is None:
            return Response(status_code=413)
        try:
            envelope = self._opened(request, body)
        except ForgedError:
            log.warning("signature_refused")
            return Response(status_code=401)
        except UnreadableError:
            return Response(status_code=400)
        if envelope.type == _CHALLENGE:
            return JSONResponse({"challenge": envelope.challenge})
        return await self._heard(envelope)

    def _opened(self, request: Request, body: bytes) -> Envelope:
        """Raises ForgedError, or UnreadableError for what is signed and makes no sense.

        Feishu's question about the address may come without a signature; that it can be decrypted tells whose it is.
        """
        signature = request.headers.get("x-lark-signature", "")
        if signature and not self._is_signed(request, body, signature):
            raise ForgedError("signature")
        plain = self._seal.opened(_encrypted(body))
        try:
            envelope = msgspec.json.decode(plain, type=Envelope)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise (UnreadableError() if signature else ForgedError("signature")) from None
        if not signature and envelope.type != _CHALLENGE:
            raise ForgedError("signature")
        if not self._is_ours(envelope.header.token if envelope.header else envelope.token):
            raise ForgedError("token")
        return envelope

    def _is_signed(self, request: Request, body: bytes, signature: str) -> bool:
        timestamp = request.headers.get("x-lark-request-timestamp", "")
        nonce = request.headers.get("x-lark-request-nonce", "")
        fits = self._seal.fits(body, timestamp=timestamp, nonce=nonce, signature=signature)
        return fits and is_fresh(timestamp, self._clock.now(), _WINDOW)

    def _is_ours(self, token: str) -> bool:
        expected = self._verification_token
        return not expected or hmac.compare_digest(token.encode("utf-8", "replace"), expected.encode())

    async def _heard(self, envelope: Envelope) -> Response:
        if self.ways is None:
            return Response(status_code=503)
        try:
            answer = await self._listener.hear(envelope, self.ways)
        except UnreadableError:
            return Response(status_code=400)
        except (NotNowError, StoreUnavailableError) as failed:
            log.warning("delivery_refused", reason=type(failed).__name__)
            return Response(status_code=503)
        # A card is changed only after the press that asks for it was answered.
        then = BackgroundTask(self._begin, answer.then) if answer.then else None
        return JSONResponse(answer.payload, background=then)

    async def _begin(self, accepted: Accepted) -> None:
        if self.ways is not None:
            self.ways.onward.road.start(accepted)


def _encrypted(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=_Sealed).encrypt
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ForgedError("not encrypted") from None
