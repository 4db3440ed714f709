"""Slack calling over HTTP: verified on raw bytes before anything reads them."""

from typing import Any

import structlog
from fastapi import APIRouter
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from adapters.callbacks.bodies import limited_body
from adapters.slack.bodies import is_ssl_check
from adapters.slack.decoding import UnreadableError, decode
from adapters.slack.manifest import EVENTS_PATH
from adapters.slack.signature import Signature

log = structlog.get_logger()


class Webhook:
    """One address for commands, interactivity and events. Without a ``signature`` to check by it lets nobody in."""

    def __init__(self, app: AsyncApp, signature: Signature | None) -> None:
        self._app = app
        self._signature = signature

    def add_to(self, router: APIRouter) -> None:
        """Mounts it, as a plain route: nothing of the request is for FastAPI to read."""
        router.add_route(EVENTS_PATH, self.events, methods=["POST"], include_in_schema=False)
        router.add_route(EVENTS_PATH, _certificate, methods=["GET"], include_in_schema=False)

    async def events(self, request: Request) -> Response:
        """401 for what is not signed, 413 for what is too large, 400 for what is no payload; else bolt's answer."""
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("", status_code=413)
        content_type = request.headers.get("content-type", "")
        if is_ssl_check(body, content_type):
            return PlainTextResponse("")
        if not self._is_signed(request, body):
            log.warning("signature_refused")
            return PlainTextResponse("", status_code=401)
        try:
            payload = decode(body, content_type)
        except UnreadableError:
            return PlainTextResponse("", status_code=400)
        return await self._dispatched(payload)

    def _is_signed(self, request: Request, body: bytes) -> bool:
        timestamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        return self._signature is not None and self._signature.fits(body, timestamp, signature)

    async def _dispatched(self, payload: dict[str, Any]) -> Response:
        try:
            # Bolt's word for a payload that was read already is "socket_mode": it neither parses nor verifies it again.
            answer = await self._app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        except (AttributeError, KeyError, TypeError):
            # Bolt reaches into a payload before it looks at it; what it stumbles over is nothing that Slack sends.
            return PlainTextResponse("", status_code=400)
        return Response(answer.body, status_code=answer.status, headers=answer.first_headers())


async def _certificate(request: Request) -> Response:
    """Slack looks now and then whether the certificate is good."""
    return PlainTextResponse("", status_code=200 if request.query_params.get("ssl_check") == "1" else 405)
