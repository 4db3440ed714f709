"""An emulated platform that listens, and faults to order before it: what the real one does on a bad day."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Fault:
    """What is answered to a call: ``status`` and a body of JSON.

    ``done`` tells that the platform has done what it was asked before it; ``silent`` that nothing is answered at all;
    ``until`` is waited for first. ``text`` is answered instead of JSON.
    """

    status: int = 200
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    done: bool = False
    silent: bool = False
    text: str = ""
    until: asyncio.Event | None = None

    def answer(self) -> web.Response | None:
        """The answer; none for a fault after which the platform does what it is asked."""
        if self.text:
            return web.Response(text=self.text, status=self.status, headers=self.headers)
        return web.json_response(self.body, status=self.status, headers=self.headers)


class Listening:
    """A server of this process on a port of its own. ``calls`` has what was called, in order.

    ``name`` tells how a call is called there; nothing for one that is not kept.
    """

    def __init__(
        self,
        routes: Sequence[web.RouteDef],
        name: Callable[[web.Request], str] = lambda call: f"{call.method} {call.path}",
    ) -> None:
        self.calls: list[str] = []
        self._name = name
        self._faults: dict[str, deque[Fault]] = {}
        app = web.Application(middlewares=[self._heard])
        app.add_routes(routes)
        self._server = TestServer(app)

    async def start(self) -> None:
        """Listens."""
        await self._server.start_server()

    async def stop(self) -> None:
        """Ends every connection."""
        await self._server.close()

    @property
    def url(self) -> str:
        """Where it is called."""
        return f"http://127.0.0.1:{self._server.port}"

    def fail(self, called: str, *faults: Fault) -> None:
        """The next calls of this name go wrong."""
        self._faults.setdefault(called, deque()).extend(faults)

    @web.middleware
    async def _heard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        called = self._name(request)
        if called:
            self.calls.append(called)
        faults = self._faults.get(called)
        if not faults:
            return await handler(request)
        fault = faults.popleft()
        if fault.until:
            await fault.until.wait()
        if fault.done:
            await handler(request)
        if fault.silent and request.transport:
            request.transport.close()
        return fault.answer() or await handler(request)
