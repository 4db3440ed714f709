"""The emulated Slack as the tests use it: judged by Slack's own SDK, with faults to order, OAuth and Socket Mode."""

import asyncio
import json
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bots.emulators.slack.model import Channel, Json, Posted, SlackError
from bots.emulators.slack.server import Referees, SlackServer
from core.clock import Clock
from tests import emulated
from tests.adapters.slack.referee import fault_of_blocks, fault_of_entity, fault_of_modal
from tests.emulated import Listening

__all__ = ["Channel", "Fault", "Posted", "StandIn"]


@dataclass
class Fault(emulated.Fault):
    """What to answer instead of doing it; an ``error`` is told as Slack tells it, without one it is a page."""

    error: str = ""

    def answer(self) -> web.Response | None:
        """The answer; none for a fault that only takes its time."""
        if self.error:
            said = {"ok": False, "error": self.error}
            return web.json_response(said, status=self.status, headers=self.headers)
        if self.status != 200:
            return web.Response(status=self.status, text=self.text, headers=self.headers, content_type="text/html")
        return None


class StandIn(SlackServer):
    """One Slack with its workspaces. Time is the test's clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, Referees(fault_of_blocks, fault_of_modal, fault_of_entity))
        self.channels |= {"C0DEALS001": Channel(["U0WEI00001", "U0LIN00002", "U0KITHBOT1"]), "D0WEIKITH1": Channel()}
        self.listening = Listening(self.routes(), _called)
        self.calls, self.fail = self.listening.calls, self.listening.fail
        self.app_tokens = {"xapp-one"}
        self.codes: dict[str, Json] = {}
        self.clients = {"1.2": "client-secret"}
        self.sockets: list[web.WebSocketResponse] = []
        self.connected: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self.acknowledgements: asyncio.Queue[Json] = asyncio.Queue()

    async def start(self) -> None:
        """Listens on a port of its own."""
        await self.listening.start()
        self.base = self.listening.url

    async def stop(self) -> None:
        """Ends every connection."""
        for socket in self.sockets:
            await socket.close()
        await self.listening.stop()

    @property
    def api_url(self) -> str:
        """For KITH_SLACK_API_URL."""
        return f"{self.base}/api/"

    def seen_by_all(self, channel: str) -> list[Posted]:
        """The messages that everybody in a channel reads."""
        return [one for one in self.posted if one.channel == channel and not one.to]

    @property
    def last(self) -> Posted:
        """The newest message."""
        return self.posted[-1]

    def routes(self) -> list[web.RouteDef]:
        """The Web API's methods, response_urls and the socket."""
        return [*super().routes(), web.get("/socket", self._socket)]

    def answer(self, method: str, arguments: Json, token: str) -> Json:
        """What a method answers. Raises SlackError for what is refused."""
        if method == "oauth.v2.access":
            return self._oauth(arguments)
        if method == "apps.connections.open":
            return self._connections(token)
        return super().answer(method, arguments, token)

    def _oauth(self, arguments: Json) -> Json:
        if self.clients.get(arguments["client_id"]) != arguments["client_secret"]:
            raise SlackError("bad_client_secret")
        granted = self.codes.pop(arguments["code"], None)
        if granted is None:
            raise SlackError("invalid_code")
        return granted

    def _connections(self, token: str) -> Json:
        if token not in self.app_tokens:
            raise SlackError("invalid_auth")
        return {"url": f"{self.base}/socket".replace("http", "ws", 1)}

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await self.connected.put(socket)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await self.acknowledgements.put(json.loads(message.data))
        return socket


def _called(request: web.Request) -> str:
    """A method's name, or ``response_url``; the socket is none of both."""
    return request.match_info.get("method", "response_url" if "id" in request.match_info else "")
