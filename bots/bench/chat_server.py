"""A chat that counts what it is sent, and misbehaves: the far side of ``kith bench faults``.

It speaks as much of Slack's Web API as Kith needs to send. Some calls it refuses for a while (429 with Retry-After),
some fail (500), and some it accepts and then hangs up on, so that the sender cannot know.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from aiohttp import web

_REFUSED, _FAILED, _HUNG_UP = 0.03, 0.03, 0.02  # shares of the calls
_PAUSE = "1"  # seconds a refused caller is asked to wait


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was taken: when (of ``time.monotonic``), where, what, and whether the sender could not know."""

    at: float
    place: str
    text: str
    hung_up: bool


@dataclass
class ChatServer:
    """``accepted`` are the messages taken, in their order; ``told`` counts the answers given otherwise."""

    seed: int
    accepted: list[Accepted] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """The same misfortunes for the same seed."""
        self._random = Random(self.seed)  # noqa: S311 - which calls go wrong

    async def start(self, host: str, port: int) -> web.AppRunner:
        """Listens; the caller cleans the runner up."""
        app = web.Application()
        app.router.add_post("/api/{method}", self._api)
        app.router.add_post("/hooks/{place}", self._hook)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        return runner

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if method == "auth.test":
            return web.json_response({"ok": True, "team_id": "T0BENCH", "user_id": "U0BOT", "bot_id": "B0BOT"})
        if method != "chat.postMessage":
            return web.json_response({"ok": False, "error": "unknown_method"})
        sent = await _arguments(request)
        return await self._take(request, str(sent["channel"]), str(sent["text"]))

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        sent = await request.json()
        return await self._take(request, request.match_info["place"], str(sent.get("text", "")))

    async def _take(self, request: web.Request, place: str, text: str) -> web.StreamResponse:
        chance = self._random.random()
        if chance < _REFUSED:
            self.told["refused"] += 1
            headers = {"Retry-After": _PAUSE}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if chance < _REFUSED + _FAILED:
            self.told["failed"] += 1
            return web.Response(status=500, text="oops")
        hung_up = chance < _REFUSED + _FAILED + _HUNG_UP
        self.accepted.append(Accepted(time.monotonic(), place, text, hung_up))
        if hung_up and request.transport is not None:
            self.told["hung up"] += 1
            request.transport.close()
        return web.json_response({"ok": True, "channel": place, "ts": f"{len(self.accepted)}.0"})


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    return dict(await request.post())
