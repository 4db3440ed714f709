"""A WeCom to call: its API and its robots' response_urls, refusing what the real one refuses, by the test's clock."""

import hashlib
import itertools
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import web

from core.clock import Clock
from tests.adapters.wecom.referee import fault_of, fault_of_card

CORP, AGENT, SECRET, CONTACTS_SECRET = "ww4kith00000000001", 1000002, "app-secret", "contacts-secret"
SIGNED_IN = "x-signed-in"  # in a browser's request to WeCom: whose app it is
_TOKEN_LIFE = timedelta(seconds=7200)
_CODE_LIFE = timedelta(hours=72)
_OAUTH_LIFE = timedelta(minutes=5)
_URL_LIFE = timedelta(hours=1)

Json = dict[str, Any]


@dataclass
class Message:
    """A message as it stands in somebody's chat with the application, or where a robot is."""

    to: str
    body: Json
    code: str = ""
    sent_at: datetime | None = None
    updates: int = 0

    @property
    def card(self) -> Json:
        """The template card; empty for a text."""
        card: Json = self.body.get("template_card", {})
        return card

    @property
    def text(self) -> str:
        """Everything that is read in it."""
        return words_of(self.body)

    @property
    def presses(self) -> dict[str, tuple[str, str]]:
        """What can be pressed, by its label: the button's key and, in a list, the option's id."""
        found = {one["text"]: (one["key"], "") for one in self.card.get("button_list", [])}
        choosing = self.card.get("button_selection") or self.card.get("checkbox") or {}
        go = self.card.get("submit_button", {}).get("key") or "choose"
        found.pop("Do it", None)
        return found | {one["text"]: (go, one["id"]) for one in choosing.get("option_list", [])}


def words_of(value: object, name: str = "") -> str:
    """Every text that a person reads in a payload, a line each."""
    hidden = {"msgtype", "card_type", "key", "id", "picurl", "question_key", "selected_id", "task_id", "url"}
    if isinstance(value, dict):
        return "\n".join(filter(None, (words_of(one, key) for key, one in value.items())))
    if isinstance(value, list):
        return "\n".join(filter(None, (words_of(one, name) for one in value)))
    return value if isinstance(value, str) and name not in hidden else ""


@dataclass
class Url:
    """Where one message to a robot may be answered: once, within an hour."""

    room: str
    made_at: datetime
    used: bool = False


@dataclass
class StandIn:
    """One company with one application and one robot. ``faults`` are answered, once each, instead of a method."""

    clock: Clock
    members: dict[str, Json] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    externals: dict[str, Json] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)  # ids by names
    calls: list[str] = field(default_factory=list)
    faults: dict[str, deque[int]] = field(default_factory=dict)
    menu: Json = field(default_factory=dict)
    tokens: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    urls: dict[str, Url] = field(default_factory=dict)
    tasks: set[str] = field(default_factory=set)
    groups: dict[str, Json] = field(default_factory=dict)  # of customers
    codes: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    tickets: dict[str, str] = field(default_factory=dict)
    url: str = ""
    down: bool = False

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self._runner: web.AppRunner | None = None

    # -- running -----------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/cgi-bin/{method:.+}", self._api)
        application.router.add_get("/connect/oauth2/authorize", self._authorize)
        application.router.add_post("/robot/{id}", self._response_url)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # -- for tests ---------------------------------------------------------------------------------

    def number(self) -> str:
        """A number that was never given before."""
        return str(next(self._numbers))

    def response_url(self, room: str) -> str:
        """Where one message to a robot may be answered."""
        number = self.number()
        self.urls[number] = Url(room, self.clock.now())
        return f"{self.url}/robot/{number}"

    def to(self, who: str) -> list[Message]:
        """What stands in somebody's chat, or in a robot's room, oldest first."""
        return [one for one in self.messages if one.to == who]

    def last(self, who: str) -> Message:
        """The last of them."""
        return self.to(who)[-1]

    def called(self, method: str) -> int:
        """How often."""
        return self.calls.count(method)

    # -- the API -----------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls.append(method)
        if self.down:
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        if self.faults.get(method):
            return _answered(self.faults[method].popleft())
        if method == "gettoken":
            return self._get_token(request)
        token = self.tokens.get(request.query.get("access_token", ""))
        if token is None:
            return _answered(40014)
        if self.clock.now() >= token[0]:
            return _answered(42001)
        body = await request.json() if request.can_read_body else {}
        handler = getattr(self, f"_{method.replace('/', '_')}", None)
        return handler(body, request, token[1]) if handler else _answered(40066)

    def _get_token(self, request: web.Request) -> web.Response:
        secret = request.query["corpsecret"]
        if request.query["corpid"] != CORP or secret not in {SECRET, CONTACTS_SECRET}:
            return _answered(40001)
        token = f"token-{self.number()}"
        self.tokens[token] = (self.clock.now() + _TOKEN_LIFE, secret)
        return _answered(0, access_token=token, expires_in=7200)

    def _message_send(self, body: Json, _request: web.Request, _secret: str) -> web.Response:
        if body["agentid"] != AGENT:
            return _answered(40056)
        if body["touser"] not in self.members:
            return _answered(81013, invaliduser=body["touser"])
        if fault := fault_of(body):
            return _answered(40058, errmsg=fault)
        card = body.get("template_card", {})
        if task := card.get("task_id"):
            if task in self.tasks:
                return _answered(42045)
            self.tasks.add(task)
        pressable = card.get("card_type") in {"button_interaction", "vote_interaction", "multiple_interaction"}
        code = f"code-{self.number()}" if pressable else ""
        self.messages.append(Message(body["touser"], body, code, self.clock.now()))
        return _answered(0, msgid=self.number(), **({"response_code": code} if code else {}))

    def _message_update_template_card(self, body: Json, _request: web.Request, _secret: str) -> web.Response:
        message = next((one for one in self.messages if one.code and one.code == body["response_code"]), None)
        if message is None or message.sent_at is None or self.clock.now() - message.sent_at >= _CODE_LIFE:
            return _answered(42010)
        if fault := fault_of_card(body["template_card"], task=False):
            return _answered(40058, errmsg=fault)
        message.code = f"code-{self.number()}"
        message.body = {"msgtype": "template_card", "template_card": body["template_card"]}
        message.updates += 1
        return _answered(0, invaliduser=[], response_code=message.code)

    def _user_get(self, _body: Json, request: web.Request, _secret: str) -> web.Response:
        found = self.members.get(request.query["userid"])
        return _answered(60111) if found is None else _answered(0, userid=request.query["userid"], **found)

    def _menu_create(self, body: Json, request: web.Request, _secret: str) -> web.Response:
        buttons = body["button"]
        if request.query.get("agentid") != str(AGENT) or not 1 <= len(buttons) <= 3:
            return _answered(40017)
        for one in buttons:
            if len(one["name"].encode()) > 16 or len(one["sub_button"]) > 5:
                return _answered(40018)
            entries = one["sub_button"]
            if any(sub["type"] not in {"click", "view"} or len(sub["name"].encode()) > 40 for sub in entries):
                return _answered(40018)
            if any(len((sub["key"] if sub["type"] == "click" else sub["url"]).encode()) > 128 for sub in entries):
                return _answered(40018)
        self.menu = body
        return _answered(0)

    # -- the toolbar -------------------------------------------------------------------------------

    def code(self, user: str) -> str:
        """What the browser of somebody is sent back with: good once, for five minutes."""
        number = f"CODE{self.number()}"
        self.codes[number] = (self.clock.now() + _OAUTH_LIFE, user)
        return number

    def signed(self, kind: str, url: str, nonce: str, timestamp: str) -> str:
        """The signature that WeCom's script expects, of the ``corp`` or of the ``agent``."""
        ticket = self.tickets.get(kind, "")
        text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    async def _authorize(self, request: web.Request) -> web.Response:
        """Sends the browser back with a code for who is signed in in it; what is wrong is a page that says so."""
        asked = request.query
        state = asked.get("state", "")
        sound = (asked.get("appid"), asked.get("response_type"), asked.get("scope")) == (CORP, "code", "snsapi_base")
        if not sound or not state.isalnum() or len(state) > 128 or not asked["redirect_uri"].startswith("https://"):
            return web.Response(text="redirect_uri需使用应用可信域名")
        back = urlencode({"code": self.code(request.headers[SIGNED_IN]), "state": state})
        return web.Response(status=302, headers={"location": f"{asked['redirect_uri']}?{back}"})

    def _auth_getuserinfo(self, _body: Json, request: web.Request, _secret: str) -> web.Response:
        ends, user = self.codes.pop(request.query["code"], (self.clock.now(), ""))
        if self.clock.now() >= ends:
            return _answered(40029)
        return _answered(0, userid=user) if user in self.members else _answered(0, openid=user)

    def _get_jsapi_ticket(self, _body: Json, _request: web.Request, _secret: str) -> web.Response:
        return self._ticket("corp", 400)

    def _ticket_get(self, _body: Json, request: web.Request, _secret: str) -> web.Response:
        return self._ticket("agent", 100) if request.query.get("type") == "agent_config" else _answered(40066)

    def _ticket(self, kind: str, most: int) -> web.Response:
        if self.calls.count("get_jsapi_ticket" if kind == "corp" else "ticket/get") > most:
            return _answered(45009)
        self.tickets[kind] = f"{kind}-ticket-{self.number()}"
        return _answered(0, ticket=self.tickets[kind], expires_in=7200)

    # -- 客户联系 ------------------------------------------------------------------------------------

    def _externalcontact_get(self, _body: Json, request: web.Request, _secret: str) -> web.Response:
        found = self.externals.get(request.query["external_userid"])
        if found is None:
            return _answered(84061)
        start = int(request.query.get("cursor", "0"))
        some, rest = found["follow_user"][start : start + 500], found["follow_user"][start + 500 :]
        return _answered(0, **found | {"follow_user": some} | ({"next_cursor": str(start + 500)} if rest else {}))

    def _externalcontact_groupchat_get(self, body: Json, _request: web.Request, _secret: str) -> web.Response:
        found = self.groups.get(body["chat_id"])
        return _answered(40050) if found is None else _answered(0, group_chat={"chat_id": body["chat_id"], **found})

    def _externalcontact_get_corp_tag_list(self, _body: Json, _request: web.Request, _secret: str) -> web.Response:
        tags = [{"id": one, "name": name} for name, one in self.tags.items()]
        return _answered(0, tag_group=[{"group_id": "g1", "group_name": "Any", "tag": tags}])

    def _externalcontact_add_corp_tag(self, body: Json, _request: web.Request, secret: str) -> web.Response:
        if secret != CONTACTS_SECRET:
            return _answered(48002)
        name = body["tag"][0]["name"]
        if name in self.tags:
            return _answered(40071)
        self.tags[name] = f"et{self.number()}"
        return _answered(0, tag_group={"group_id": "g2", "tag": [{"id": self.tags[name], "name": name}]})

    def _externalcontact_mark_tag(self, body: Json, _request: web.Request, _secret: str) -> web.Response:
        found = self.externals[body["external_userid"]]
        own = next((one for one in found["follow_user"] if one["userid"] == body["userid"]), None)
        if own is None or not set(body["add_tag"]) | set(body["remove_tag"]) <= set(self.tags.values()):
            return _answered(40068)
        names = {one: name for name, one in self.tags.items()}
        removed = {names[one] for one in body["remove_tag"]}
        own["tags"] = [tag for tag in own["tags"] if tag["tag_name"] not in removed]
        own["tags"] += [{"tag_name": names[one], "tag_id": one, "type": 1} for one in body["add_tag"]]
        return _answered(0)

    # -- the robot ---------------------------------------------------------------------------------

    async def _response_url(self, request: web.Request) -> web.Response:
        self.calls.append("response_url")
        if self.down:
            return web.Response(status=502)
        place = self.urls.get(request.match_info["id"])
        if place is None or place.used or self.clock.now() - place.made_at >= _URL_LIFE:
            return _answered(40094)
        body = await request.json()
        if body["msgtype"] not in {"markdown", "template_card"} or (fault := fault_of(body)):
            return _answered(40058, errmsg=fault if body["msgtype"] in {"markdown", "template_card"} else "msgtype")
        place.used = True
        self.messages.append(Message(place.room, body))
        return _answered(0)

    def passive(self, room: str, body: Json) -> None:
        """What rode on the acknowledgement stands in the robot's room, or takes the place of the card there."""
        if "response_type" in body:
            assert body["response_type"] == "update_template_card"
            assert not fault_of_card(body["template_card"]), fault_of_card(body["template_card"])
            task = body["template_card"]["task_id"]
            message = next(one for one in self.to(room) if one.card.get("task_id") == task)
            message.body = {"msgtype": "template_card", "template_card": body["template_card"]}
            message.updates += 1
            return
        assert body["msgtype"] in {"stream", "template_card", "stream_with_template_card"}
        if "stream" in body:
            assert body["stream"]["finish"]
            assert 1 <= len(body["stream"]["content"].encode()) <= 20_480
            self.messages.append(Message(room, {"text": {"content": body["stream"]["content"]}}))
        if "template_card" in body:
            assert not fault_of_card(body["template_card"]), fault_of_card(body["template_card"])
            self.messages.append(Message(room, {"template_card": body["template_card"]}))


def _answered(code: int, **more: Any) -> web.Response:
    return web.json_response({"errcode": code, "errmsg": "ok" if code == 0 else "refused", **more})
