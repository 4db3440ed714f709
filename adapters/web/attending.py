"""Tells the traffic who waits for an answer, whichever adapter gives it."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from commands.traffic import Traffic


class Attending:
    """Counts a request from when all of it has come until its answer begins.

    Who sends slowly, or follows a stream, holds nobody up.
    """

    def __init__(self, app: ASGIApp, *, traffic: Traffic) -> None:
        self._app = app
        self._traffic = traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        waiting = _Waiting(self._traffic)
        if scope["method"] == "GET":
            waiting.begin()

        async def received() -> Message:
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body"):
                waiting.begin()
            return message

        async def sent(message: Message) -> None:
            await send(message)
            waiting.end()

        try:
            await self._app(scope, received, sent)
        finally:
            waiting.end()


class _Waiting:
    """One who waits, counted once."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._begun = self._ended = False

    def begin(self) -> None:
        if not self._begun and not self._ended:
            self._begun = True
            self._traffic.enter()

    def end(self) -> None:
        if self._begun and not self._ended:
            self._traffic.leave()
        self._ended = True
