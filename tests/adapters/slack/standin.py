"""A Slack to call: its Web API, response_urls, OAuth and Socket Mode, refusing what the real one refuses."""

import asyncio
import dataclasses
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.models.metadata import EntityMetadata

from core.clock import Clock
from tests.adapters.slack.referee import fault_of_message, fault_of_view

_TRIGGER_LIFE = timedelta(seconds=3)
_URL_LIFE = timedelta(minutes=30)
_URL_USES = 5


@dataclass
class Posted:
    """A message as it stands in a channel: ``to`` is the one person who sees it, empty when everybody there does."""

    channel: str
    text: str
    blocks: list[dict[str, Any]]
    to: str = ""
    thread: str = ""
    replaced: bool = False

    @property
    def words(self) -> str:
        """All the words in it."""
        return json.dumps([self.text, self.blocks], ensure_ascii=False)

    def token_of(self, label: str) -> str:
        """The value behind the button that says ``label``."""
        return str(self.button(label)["value"])

    def button(self, label: str) -> dict[str, Any]:
        """The button or menu option that says ``label``."""
        for element in _elements(self.blocks):
            if element.get("text", {}).get("text") == label:
                return element
        raise AssertionError(f"no button {label!r} in {self.words}")


@dataclass
class Channel:
    """A conversation: who is in it, and whether Kith's bot is."""

    members: list[str] = field(default_factory=list)
    with_bot: bool = True
    archived: bool = False


@dataclass
class ResponseUrl:
    """Where one interaction may be answered."""

    channel: str
    user: str
    made_at: datetime
    uses: int = 0


@dataclass
class Fault:
    """What to answer instead of doing it."""

    status: int = 200
    error: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    until: asyncio.Event | None = None  # nothing is answered before
    body: str = ""


class StandIn:
    """One Slack with its workspaces. Time is the test's clock."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.tokens = {"xoxb-one": "T0KITH0001"}
        self.app_tokens = {"xapp-one"}
        self.codes: dict[str, dict[str, Any]] = {}
        self.clients = {"1.2": "client-secret"}
        self.users: dict[str, dict[str, Any]] = {}
        self.channels = {"C0DEALS001": Channel(["U0WEI00001", "U0LIN00002", "U0KITHBOT1"]), "D0WEIKITH1": Channel()}
        self.triggers: dict[str, datetime] = {}
        self.urls: dict[str, ResponseUrl] = {}
        self.posted: list[Posted] = []
        self.views: list[dict[str, Any]] = []
        self.homes: dict[str, dict[str, Any]] = {}
        self.unfurls: list[list[dict[str, Any]]] = []
        self.presented: list[dict[str, Any]] = []
        self.name = "deals"
        self.calls: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.strict = True  # whether messages are judged, which takes longer than all the rest
        self.sockets: list[web.WebSocketResponse] = []
        self.connected: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self.acknowledgements: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._server: TestServer | None = None

    async def start(self) -> None:
        """Listens on a port of its own."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/hooks/{id}", self._hook)
        app.router.add_get("/socket", self._socket)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        """Ends every connection."""
        for faults in self.faults.values():
            for fault in faults:
                fault.until = None
        for socket in self.sockets:
            await socket.close()
        if self._server:
            await self._server.close()

    @property
    def api_url(self) -> str:
        """For KITH_SLACK_API_URL."""
        return f"{self._base}/api/"

    @property
    def _base(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.port}"

    # -- what a person's action brings with it --------------------------------------------------------

    def trigger(self) -> str:
        """A fresh trigger_id."""
        name = f"{1000 + len(self.triggers)}.2000.trigger"
        self.triggers[name] = self.clock.now()
        return name

    def response_url(self, channel: str, user: str) -> str:
        """A fresh response_url."""
        name = f"hook{len(self.urls)}"
        self.urls[name] = ResponseUrl(channel, user, self.clock.now())
        return f"{self._base}/hooks/{name}"

    def fail(self, what: str, *faults: Fault) -> None:
        """The next calls of a method (or ``response_url``) go wrong."""
        self.faults.setdefault(what, deque()).extend(faults)

    # -- what can be seen -----------------------------------------------------------------------------

    def seen_by_all(self, channel: str) -> list[Posted]:
        """The messages that everybody in a channel reads."""
        return [one for one in self.posted if one.channel == channel and not one.to]

    @property
    def last(self) -> Posted:
        """The newest message."""
        return self.posted[-1]

    # -- Web API --------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        if fault := await self._fault(method):
            return fault
        arguments = await _arguments(request)
        if method == "oauth.v2.access":
            return web.json_response(self._oauth(arguments))
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if method == "apps.connections.open":
            return web.json_response(self._connections(token))
        if token not in self.tokens:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        answer = getattr(self, "_" + method.replace(".", "_"))(arguments, self.tokens[token])
        return web.json_response({"ok": "error" not in answer} | answer)

    async def _fault(self, what: str) -> web.Response | None:
        if not self.faults.get(what):
            return None
        fault = self.faults[what].popleft()
        if fault.until:
            await fault.until.wait()
        if fault.error:
            return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=fault.headers)
        if fault.status != 200:
            return web.Response(status=fault.status, text=fault.body, headers=fault.headers, content_type="text/html")
        return None

    def _auth_test(self, _arguments: dict[str, Any], team: str) -> dict[str, Any]:
        return {"team_id": team, "user_id": "U0KITHBOT1", "bot_id": "B0KITH0001"}

    def _users_info(self, arguments: dict[str, Any], team: str) -> dict[str, Any]:
        user = self.users.get(arguments["user"])
        return {"user": {"id": arguments["user"], "team_id": team} | user} if user else {"error": "user_not_found"}

    def _conversations_members(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:
        channel = self.channels.get(arguments["channel"])
        if channel is None or not channel.with_bot:
            return {"error": "channel_not_found"}
        limit = int(arguments.get("limit", 100))
        more = "next" if len(channel.members) > limit else ""
        return {"members": channel.members[:limit], "response_metadata": {"next_cursor": more}}

    def _chat_postMessage(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:  # noqa: N802
        return self._post(arguments, to="")

    def _chat_postEphemeral(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:  # noqa: N802
        channel = self.channels.get(arguments["channel"])
        if channel and channel.with_bot and arguments["user"] not in channel.members:
            return {"error": "user_not_in_channel"}
        return self._post(arguments, to=arguments["user"])

    def _post(self, arguments: dict[str, Any], *, to: str) -> dict[str, Any]:
        name = arguments["channel"]
        # A user's id stands for the person's own chat with the bot.
        channel = self.channels.get(name) or (Channel() if name in self.users and not to else None)
        blocks = json.loads(arguments.get("blocks") or "[]") if isinstance(arguments.get("blocks"), str) else []
        blocks = blocks or arguments.get("blocks") or []
        fault = _closed(channel) or self._fault_of({"text": arguments.get("text"), "blocks": blocks})
        if fault:
            return {"error": fault}
        self.posted.append(Posted(name, arguments.get("text") or "", blocks, to, arguments.get("thread_ts") or ""))
        where = f"D{name[1:]}" if name in self.users else name
        return {"channel": where, "ts": f"1795420000.{len(self.posted):06}"}

    def _chat_update(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:
        number = int(arguments["ts"].rpartition(".")[2]) - 1
        posted = self.posted[number] if 0 <= number < len(self.posted) else None
        where = arguments["channel"]
        if where in self.users:
            return {"error": "channel_not_found"}  # a message is changed where it stands, not where it was sent to
        if posted is None or posted.to or (where.removeprefix("D") != posted.channel[1:] and where != posted.channel):
            return {"error": "message_not_found"}
        blocks = json.loads(arguments["blocks"]) if isinstance(arguments.get("blocks"), str) else arguments["blocks"]
        if fault := self._fault_of({"text": arguments.get("text"), "blocks": blocks}):
            return {"error": fault}
        self.posted[number] = dataclasses.replace(posted, text=arguments.get("text") or "", blocks=blocks)
        return {"channel": where, "ts": arguments["ts"]}

    def _fault_of(self, message: dict[str, Any]) -> str:
        return fault_of_message(message) if self.strict else ""

    def _views_open(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:
        made_at = self.triggers.pop(arguments["trigger_id"], None)
        if made_at is None:
            return {"error": "exchanged_trigger_id"}
        if self.clock.now() - made_at > _TRIGGER_LIFE:
            return {"error": "expired_trigger_id"}
        if fault := fault_of_view(arguments["view"]):
            return {"error": fault}
        self.views.append(arguments["view"])
        return {"view": {"id": f"V{len(self.views)}", "hash": f"{len(self.views)}.abc"}}

    def _views_publish(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:
        view = arguments["view"]
        view = json.loads(view) if isinstance(view, str) else view
        if view["type"] != "home" or len(view["blocks"]) > 100 or arguments["user_id"] not in self.users:
            return {"error": "invalid_arguments"}
        if self._fault_of({"text": "home", "blocks": view["blocks"][:50]}):
            return {"error": "invalid_blocks"}
        self.homes[arguments["user_id"]] = view
        return {"view": {"id": "V0HOME"}}

    def _chat_unfurl(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:
        by_message, by_id = "channel" in arguments and "ts" in arguments, "unfurl_id" in arguments
        if by_message == by_id:
            return {"error": "invalid_arguments"}
        if fault := _fault_of_entities(arguments["metadata"]["entities"]):
            return {"error": fault}
        self.unfurls.append(arguments["metadata"]["entities"])
        return {}

    def _entity_presentDetails(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:  # noqa: N802
        made_at = self.triggers.pop(arguments["trigger_id"], None)
        if made_at is None:
            return {"error": "invalid_trigger_id"}
        if "metadata" in arguments and (fault := _fault_of_entities([arguments["metadata"]], unfurl=False)):
            return {"error": fault}
        self.presented.append({name: arguments[name] for name in ("metadata", "error") if name in arguments})
        return {}

    def _conversations_info(self, arguments: dict[str, Any], _team: str) -> dict[str, Any]:
        known = arguments["channel"] in self.channels
        return {"channel": {"id": arguments["channel"], "name": self.name}} if known else {"error": "channel_not_found"}

    # -- response_urls --------------------------------------------------------------------------------

    async def _hook(self, request: web.Request) -> web.Response:
        self.calls.append("response_url")
        if fault := await self._fault("response_url"):
            return fault
        url, message = self.urls.get(request.match_info["id"]), await request.json()
        if url is None or self.clock.now() - url.made_at > _URL_LIFE:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if url.uses >= _URL_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        if fault_word := self._fault_of(message):
            return web.json_response({"ok": False, "error": fault_word}, status=400)
        url.uses += 1
        to = "" if message.get("response_type") == "in_channel" else url.user
        replaced, thread = bool(message.get("replace_original")), message.get("thread_ts", "")
        self.posted.append(Posted(url.channel, message["text"], message.get("blocks", []), to, thread, replaced))
        return web.Response(text="ok")

    # -- OAuth and Socket Mode ------------------------------------------------------------------------

    def _oauth(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if self.clients.get(arguments["client_id"]) != arguments["client_secret"]:
            return {"ok": False, "error": "bad_client_secret"}
        granted = self.codes.pop(arguments["code"], None)
        return {"ok": True} | granted if granted else {"ok": False, "error": "invalid_code"}

    def _connections(self, token: str) -> dict[str, Any]:
        if token not in self.app_tokens:
            return {"ok": False, "error": "invalid_auth"}
        return {"ok": True, "url": f"{self._base}/socket".replace("http", "ws", 1)}

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


def _fault_of_entities(entities: list[dict[str, Any]], *, unfurl: bool = True) -> str:
    """What Slack's own model of a Work Object does not take."""
    for entity in entities:
        known = {"entity_type", "url", "external_ref", "entity_payload"} | ({"app_unfurl_url"} if unfurl else set())
        if set(entity) != known or entity["entity_type"] != "slack#/entities/item":
            return "invalid_metadata"
        payload = entity["entity_payload"]
        keys = [field["key"] for field in payload["custom_fields"]]
        if payload["display_order"] != keys or len(set(keys)) != len(keys):
            return "invalid_metadata"
        preview = payload["attributes"]["full_size_preview"]
        if unfurl and "preview_url" in preview:
            return "invalid_metadata"  # everybody sees an unfurl; a page is one reader's
        EntityMetadata(**entity)
    return ""


def _closed(channel: Channel | None) -> str:
    if channel is None:
        return "channel_not_found"
    if channel.archived:
        return "is_archived"
    return "" if channel.with_bot else "not_in_channel"


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found: dict[str, Any] = await request.json()
        return found
    return {**request.query, **await request.post()}


def _elements(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [block["accessory"] for block in blocks if "accessory" in block]
    found += [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return found + [option for element in found for option in element.get("options", [])]
