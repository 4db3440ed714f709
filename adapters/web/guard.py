"""What stands before every route: who may ask, how much, and what browsers are told to refuse."""

import re
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 1024 * 1024  # bytes; the largest callback of any platform is a few hundred kilobytes

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# A referrer of `no-referrer` would make browsers send `Origin: null` with our own forms.
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_AS_MEMBER = re.compile(r"/as/[^/]+(?=/|$)")


class SafeHeaders:
    """Gives every answer the headers that a route has not set itself."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Refuses bodies that are larger than anything Kith is sent, announced or not."""

    def __init__(self, app: ASGIApp, *, limit: int = BODY_LIMIT) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdecimal() and int(announced) > self._limit:
            await _too_large(self._limit)(scope, receive, send)
            return
        try:
            await self._app(scope, _counted(receive, self._limit), send)
        except _TooLargeError:
            await _too_large(self._limit)(scope, receive, send)


class _TooLargeError(Exception):
    """More was sent than was announced."""


def _counted(receive: Receive, limit: int) -> Callable[[], Awaitable[Message]]:
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise _TooLargeError
        return message

    return receive_counted


def _too_large(limit: int) -> JSONResponse:
    return JSONResponse({"status": 413, "message": f"This is larger than Kith takes: {limit // 1024} KB at most."}, 413)


class DemoOnly:
    """The demo, where nobody signs in: this machine only, and a member of one's choice under ``/as/HANDLE``.

    A page elsewhere can have a name of its own lead to 127.0.0.1 and make a browser ask here under it; the Host header
    gives that away.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http":
            if not is_loopback(Headers(scope=scope).get("host", "")):
                refusal = "Kith's demo answers on this machine only, as 127.0.0.1 or localhost.\n"
                await PlainTextResponse(refusal, 403)(scope, receive, send)
                return
            if chosen := _AS_MEMBER.match(scope["path"]):
                scope = {**scope, "root_path": scope.get("root_path", "") + chosen[0]}
        await self._app(scope, receive, send)


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
