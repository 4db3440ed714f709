"""A WeCom to call: its API and its robots' response_urls, and when the real one would refuse."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bots.emulators.rates import Rate
from bots.emulators.refusals import Refusals
from bots.emulators.wecom.contacts import Contacts
from bots.emulators.wecom.model import (
    AGENT,
    CONTACTS_SECRET,
    CORP,
    SECRET,
    Call,
    Json,
    Message,
    Method,
    ResponseUrl,
    WecomError,
)
from bots.emulators.wecom.rules import fault_of, fault_of_card, fault_of_menu, fault_of_passive
from bots.emulators.wecom.toolbar import Toolbar
from core.clock import Clock

# https://developer.work.weixin.qq.com/document/path/91039 (tokens), 94888 (codes of cards), 101138 (response_urls).
_TOKEN_LIFE, _CODE_LIFE, _URL_LIFE = timedelta(seconds=7200), timedelta(hours=72), timedelta(hours=1)
_A_MINUTE = 30  # messages to a member, https://developer.work.weixin.qq.com/document/path/90236
_BAD_SECRET, _BAD_TOKEN, _OLD_TOKEN, _NO_SUCH_METHOD = 40001, 40014, 42001, 40066
_BAD_AGENT, _BAD_MENU_AGENT, _BAD_MENU, _BAD_ARGUMENT = 40056, 40017, 40018, 40058
_NOBODY, _NO_SUCH_MEMBER, _TASK_TAKEN, _BAD_CODE, _BAD_URL = 81013, 60111, 42045, 42010, 40094
_PRESSABLE = {"button_interaction", "vote_interaction", "multiple_interaction"}
_ROBOT_SAYS = {"markdown", "template_card"}


class WecomServer:
    """One company with one application and one robot, called at ``base``; its numbers begin at ``first``."""

    def __init__(self, clock: Clock, *, first: int = 1) -> None:
        self.clock, self.base = clock, ""
        self._numbers = itertools.count(first)
        self.members: dict[str, Json] = {}
        self.messages: list[Message] = []
        self.menu: Json = {"button": []}
        self.tokens: dict[str, tuple[datetime, str]] = {}  # until when, and by which secret
        self.refusals = Refusals()
        self._urls: dict[str, ResponseUrl] = {}
        self._tasks: set[str] = set()
        self._rate = Rate(timedelta(minutes=1) / _A_MINUTE, _A_MINUTE)
        self.contacts = Contacts(self.number)
        self.toolbar = Toolbar(clock, self.number, self.members)
        self._methods: dict[str, Method] = {
            "message/send": self._send,
            "message/update_template_card": self._update,
            "user/get": self._user,
            "menu/create": self._create_menu,
            **self.contacts.methods(),
            **self.toolbar.methods(),
        }

    def routes(self) -> list[web.RouteDef]:
        """The API's methods that Kith calls, where browsers are sent for a code, and response_urls."""
        return [
            web.route("*", "/cgi-bin/{method:.+}", self._api),
            web.get("/connect/oauth2/authorize", self.toolbar.authorize),
            web.post("/robot/{id}", self._answered),
        ]

    def number(self) -> str:
        """A number that was never given before."""
        return str(next(self._numbers))

    def to(self, who: str) -> list[Message]:
        """What stands in somebody's chat, or in a robot's room, oldest first."""
        return [one for one in self.messages if one.to == who]

    # -- the API -----------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = await request.json() if request.can_read_body else {}
        try:
            return _ok(self._answer(method, body, dict(request.query)))
        except WecomError as refused:
            return self._refused(method, refused)

    def _answer(self, method: str, body: Json, query: Json) -> Json:
        if method == "gettoken":
            return self._get_token(query)
        ends, secret = self.tokens.get(query.get("access_token", ""), (None, ""))
        if ends is None:
            raise WecomError(_BAD_TOKEN)
        if self.clock.now() >= ends:
            raise WecomError(_OLD_TOKEN)
        if method not in self._methods:
            raise WecomError(_NO_SUCH_METHOD)
        return self._methods[method](Call(body, query, secret))

    def _get_token(self, query: Json) -> Json:
        secret = query.get("corpsecret", "")
        if query.get("corpid") != CORP or secret not in {SECRET, CONTACTS_SECRET}:
            raise WecomError(_BAD_SECRET)
        token = f"token-{self.number()}"
        self.tokens[token] = (self.clock.now() + _TOKEN_LIFE, secret)
        return {"access_token": token, "expires_in": 7200}

    def _send(self, call: Call) -> Json:
        body, to = call.body, call.body["touser"]
        if body["agentid"] != AGENT:
            raise WecomError(_BAD_AGENT)
        if to not in self.members:
            raise WecomError(_NOBODY, invaliduser=to)
        _judge(fault_of(body))
        self._take_task(body.get("template_card", {}).get("task_id", ""))
        message = Message(to, body, self._code(body), self.clock.now())
        if self._rate.wait(to, self.clock.now()):
            self.refusals.note("message/send", f"more than {_A_MINUTE} a minute to a member; dropped without a word")
        else:
            self.messages.append(message)
        return {"msgid": self.number()} | ({"response_code": message.code} if message.code else {})

    def _take_task(self, task: str) -> None:
        if task and task in self._tasks:
            raise WecomError(_TASK_TAKEN)
        self._tasks.add(task)

    def _code(self, body: Json) -> str:
        return f"code-{self.number()}" if body.get("template_card", {}).get("card_type") in _PRESSABLE else ""

    def _update(self, call: Call) -> Json:
        code, card = call.body["response_code"], call.body["template_card"]
        message = next((one for one in self.messages if one.code and one.code == code), None)
        if message is None or message.sent_at is None or self.clock.now() - message.sent_at >= _CODE_LIFE:
            raise WecomError(_BAD_CODE)
        _judge(fault_of_card(card, task=False))
        message.code = f"code-{self.number()}"
        _change(message, card)
        return {"invaliduser": [], "response_code": message.code}

    def _user(self, call: Call) -> Json:
        user = call.query["userid"]
        if user not in self.members:
            raise WecomError(_NO_SUCH_MEMBER)
        return {"userid": user, **self.members[user]}

    def _create_menu(self, call: Call) -> Json:
        if call.query.get("agentid") != str(AGENT):
            raise WecomError(_BAD_MENU_AGENT)
        if fault := fault_of_menu(call.body):
            raise WecomError(_BAD_MENU, fault)
        self.menu = call.body
        return {}

    # -- the robot ---------------------------------------------------------------------------------

    def response_url(self, room: str) -> str:
        """Where one message to a robot may be answered."""
        number = self.number()
        self._urls[number] = ResponseUrl(room, self.clock.now())
        return f"{self.base}/robot/{number}"

    async def _answered(self, request: web.Request) -> web.Response:
        try:
            self._answer_once(self._urls.get(request.match_info["id"]), await request.json())
        except WecomError as refused:
            return self._refused("response_url", refused)
        return _ok({})

    def _answer_once(self, place: ResponseUrl | None, body: Json) -> None:
        if place is None or place.used or self.clock.now() - place.made_at >= _URL_LIFE:
            raise WecomError(_BAD_URL)
        _judge(fault_of(body) if body["msgtype"] in _ROBOT_SAYS else "msgtype")
        place.used = True
        self.messages.append(Message(place.room, body))

    def passive(self, room: str, body: Json) -> None:
        """What rode on the acknowledgement stands in the robot's room, or takes the place of the card there.

        Raises WecomError for what is not right.
        """
        _judge(fault_of_passive(body))
        card = body.get("template_card", {})
        if "response_type" in body:
            message = next((one for one in self.to(room) if one.card.get("task_id") == card["task_id"]), None)
            if message is None:
                raise WecomError(_BAD_ARGUMENT, "task_id of no card")
            _change(message, card)
            return
        if "stream" in body:
            self.messages.append(Message(room, {"text": {"content": body["stream"]["content"]}}))
        if card:
            self.messages.append(Message(room, {"template_card": card}))

    # -- steps -------------------------------------------------------------------------------------

    def _refused(self, what: str, refused: WecomError) -> web.Response:
        self.refusals.note(what, str(refused))
        told = {"errcode": refused.code, "errmsg": refused.reason or "refused", **refused.more}
        return web.json_response(told)


def _ok(found: dict[str, Any]) -> web.Response:
    return web.json_response({"errcode": 0, "errmsg": "ok", **found})


def _judge(fault: str) -> None:
    if fault:
        raise WecomError(_BAD_ARGUMENT, fault)


def _change(message: Message, card: Json) -> None:
    message.body = {"msgtype": "template_card", "template_card": card}
    message.updates += 1
