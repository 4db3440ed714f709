"""DingTalk's two interfaces: what Kith calls there, and when the real ones would refuse it."""

import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Generic, TypeVar

from aiohttp import web

from bots.emulators.dingtalk.model import Json, Message
from bots.emulators.dingtalk.rules import (
    fault_of_answer,
    fault_of_card,
    fault_of_change,
    fault_of_message,
    is_markdown,
    space_of,
)
from bots.emulators.rates import Rate
from bots.emulators.refusals import Refusals, RefusedError
from core.clock import Clock

APP_KEY, APP_SECRET, CORP, TEMPLATE = "dingapp", "app-secret-of-the-stand-in", "dingcorp", "kith-card.schema"
GROUP = "cidGROUP=="
COOL_APP, TICKET = "COOLAPP-1-kith", "a-jsapi-ticket"
CODE_LIFE = 5 * 60  # seconds
_TOKEN_LIFE = 7200  # seconds
_SESSION_LIFE = 90 * 60 * 1000  # milliseconds
# https://open.dingtalk.com/document/orgapp/custom-robot-access: 20 messages a minute to a group.
_GROUP_EVERY, _GROUP_BURST = timedelta(seconds=3), 20
_TOKEN_HEADER = "x-acs-dingtalk-access-token"  # noqa: S105 - a header's name
_SAFE = ("https://", "http://127.0.0.1:")  # on this machine there is no certificate

Kept = TypeVar("Kept", bound=Message)
Handler = Callable[[web.Request, Json], Json]


class DingTalkServer(Generic[Kept]):
    """One organisation with its people, a group and the robot's app.

    ``message`` is what a message is kept as, ``first`` the number in the first id.
    """

    def __init__(self, clock: Clock, message: type[Kept], *, first: int = 1) -> None:
        self.clock = clock
        self.url = ""  # where it is called
        self._message = message
        self.messages: list[Kept] = []
        self.staff: set[str] = set()
        self.emails: dict[str, str] = {}
        self.groups = {GROUP}
        self.tokens: dict[str, float] = {}
        self.sessions: dict[str, tuple[str, float]] = {}
        self.callbacks: dict[str, Json] = {}
        self.templates = {TEMPLATE}
        self.codes: dict[str, tuple[str, float]] = {}
        self.people_in: dict[str, list[str]] = {GROUP: []}
        self.titles = {GROUP: "Northwind deal"}
        self.pressing: set[str] = set()  # cards whose press was not answered yet, and that nothing else may change
        self.too_early = 0
        self.refusals = Refusals()
        self._numbers = itertools.count(first)
        self._rate = Rate(_GROUP_EVERY, _GROUP_BURST)

    def routes(self) -> list[web.RouteDef]:
        """The methods of both interfaces."""
        made: list[tuple[str, str, Handler]] = [
            ("POST", "/v1.0/oauth2/accessToken", self._token),
            ("POST", "/v1.0/robot/oToMessages/batchSend", self._to_people),
            ("POST", "/v1.0/robot/groupMessages/send", self._to_group),
            ("POST", "/v1.0/card/instances/createAndDeliver", self._create),
            ("PUT", "/v1.0/card/instances", self._change),
            ("POST", "/v1.0/card/callbacks/register", self._register),
            ("POST", "/v1.0/oauth2/jsapiTickets", self._ticket),
            ("POST", "/v1.0/im/sceneGroups/members/batchQuery", self._members),
            ("POST", "/v1.0/im/sceneGroups/query", self._group),
            ("POST", "/robot/sendBySession", self._by_session),
            ("POST", "/topapi/v2/user/get", self._user),
            ("POST", "/topapi/v2/user/getuserinfo", self._user_of_code),
        ]
        return [web.route(method, path, self._answering(handle)) for method, path, handle in made]

    # -- what people have, and what comes of what they do ------------------------------------------

    def number(self) -> int:
        """One that was not used."""
        return next(self._numbers)

    def milliseconds(self) -> int:
        """The present as DingTalk writes it."""
        return int(self.clock.now().timestamp() * 1000)

    def session(self, chat: str) -> tuple[str, int]:
        """A sessionWebhook of a chat, and when it ends."""
        ends = self.milliseconds() + _SESSION_LIFE
        name = f"s{self.number()}"
        self.sessions[name] = (chat, ends)
        return f"{self.url}/robot/sendBySession?session={name}", ends

    def code(self, who: str) -> str:
        """A code that DingTalk's script hands out: good once, for five minutes."""
        code = f"code-{self.number()}"
        self.codes[code] = (who, self.clock.now().timestamp() + CODE_LIFE)
        return code

    def put(self, chat: str, **what: Any) -> Kept:
        """Puts a message into a chat; ``what`` has the other fields of a ``Message``."""
        message = self._message(f"m{self.number()}", chat, **what)
        self.messages.append(message)
        return message

    def apply(self, message: Message, who: str, answer: Json) -> None:
        """What the answer to a press does to the card. Raises RefusedError for one that is not right."""
        _judge(fault_of_answer(answer))
        message.public |= (answer.get("cardData") or {}).get("cardParamMap", {})
        own = (answer.get("userPrivateData") or {}).get("cardParamMap", {})
        message.private.setdefault(who, {}).update(own)

    # -- what Kith calls ---------------------------------------------------------------------------

    def _answering(self, handle: Handler) -> Callable[[web.Request], Any]:
        async def answer(request: web.Request) -> web.Response:
            try:
                told = handle(request, json.loads(await request.text() or "{}"))
            except RefusedError as refused:
                self.refusals.note(f"{request.method} {request.path}", refused.reason)
                said = {"code": refused.reason, "message": "refused", "requestid": "1"}
                return web.json_response(said, status=refused.status)
            if code := told.get("errcode"):
                self.refusals.note(f"{request.method} {request.path}", f"{code} {told.get('errmsg')}")
            return web.json_response(told)

        return answer

    def _token(self, _request: web.Request, body: Json) -> Json:
        if (body.get("appKey"), body.get("appSecret")) != (APP_KEY, APP_SECRET):
            raise RefusedError(400, "invalidClientIdOrSecret")
        token = f"token-{self.number()}"
        self.tokens[token] = self.clock.now().timestamp() + _TOKEN_LIFE
        return {"accessToken": token, "expireIn": _TOKEN_LIFE}

    def _to_people(self, request: web.Request, body: Json) -> Json:
        self._authorised(request)
        _judge(fault_of_message(body, APP_KEY))
        unknown = [user for user in body["userIds"] if user not in self.staff]
        for user in set(body["userIds"]) - set(unknown):
            self.put(user, **json.loads(body["msgParam"]))
        return {"processQueryKey": "q", "invalidStaffIdList": unknown, "flowControlledStaffIdList": []}

    def _to_group(self, request: web.Request, body: Json) -> Json:
        self._authorised(request)
        _judge(fault_of_message(body, APP_KEY))
        if body["openConversationId"] not in self.groups:
            raise RefusedError(400, "resource.not.found")
        self.put(body["openConversationId"], **json.loads(body["msgParam"]))
        return {"processQueryKey": "q"}

    def _by_session(self, request: web.Request, body: Json) -> Json:
        chat, ends = self.sessions.get(request.query.get("session", ""), ("", 0))
        if ends <= self.milliseconds():
            return {"errcode": 300001, "errmsg": "session expired"}
        if chat in self.groups and self._rate.wait(chat, self.clock.now()):
            return {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}
        if set(body) != {"msgtype", "markdown"} or body["msgtype"] != "markdown" or not is_markdown(body["markdown"]):
            return {"errcode": 400105, "errmsg": "unsupported"}
        self.put(chat, **body["markdown"])
        return {"errcode": 0, "errmsg": "ok"}

    def _create(self, request: web.Request, body: Json) -> Json:
        self._authorised(request)
        if body.get("cardTemplateId") not in self.templates:
            raise RefusedError(400, "param.cardTemplateNotExist")
        if any(one.card == body["outTrackId"] for one in self.messages):
            raise RefusedError(400, "param.outTrackIdDuplicate")
        _judge(fault_of_card(body, APP_KEY))
        key = body.get("callbackRouteKey", "")
        if key and key not in self.callbacks:
            raise RefusedError(400, "param.callbackRouteKeyNotExist")
        kind, chat = space_of(body)
        if chat not in (self.staff if kind == "IM_ROBOT" else self.groups):
            raise RefusedError(400, "param.userIdNotExist" if kind == "IM_ROBOT" else "chatbot.notFound")
        self.put(chat, card=body["outTrackId"], public=body["cardData"]["cardParamMap"], route_key=key)
        delivered = {"spaceId": body["openSpaceId"], "success": True}
        return {"success": True, "result": {"outTrackId": body["outTrackId"], "deliverResults": [delivered]}}

    def _change(self, request: web.Request, body: Json) -> Json:
        self._authorised(request)
        if body.get("outTrackId") in self.pressing:
            self.too_early += 1
            raise RefusedError(400, "card.updateWhilePressed")
        found = next((one for one in self.messages if one.card == body.get("outTrackId")), None)
        if found is None:
            raise RefusedError(400, "param.cardNotExist")
        _judge(fault_of_change(body))
        private = body.get("privateData") or {}
        if not set(private) <= self.staff:
            raise RefusedError(400, "param.userIdNotExist")
        found.public |= (body.get("cardData") or {}).get("cardParamMap", {})
        for user, data in private.items():
            found.private.setdefault(user, {}).update(data["cardParamMap"])
        return {"success": True, "result": True}

    def _register(self, request: web.Request, body: Json) -> Json:
        self._authorised(request)
        if not body["callbackUrl"].startswith(_SAFE):
            raise RefusedError(400, "callbackUrl.invalid")
        self.callbacks[body["callbackRouteKey"]] = body
        return {"success": True, "result": {"callbackUrl": body["callbackUrl"]}}

    def _user(self, request: web.Request, body: Json) -> Json:
        if not self._is_token(request.query.get("access_token", "")):
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        if body["userid"] not in self.staff:
            return {"errcode": 60121, "errmsg": "no such user"}
        email = self.emails.get(body["userid"], "")
        return {"errcode": 0, "result": {"userid": body["userid"], "email": "own@example.com", "org_email": email}}

    def _user_of_code(self, request: web.Request, body: Json) -> Json:
        if not self._is_token(request.query.get("access_token", "")):
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        who, ends = self.codes.pop(body.get("code", ""), ("", 0.0))
        if not who or ends <= self.clock.now().timestamp():
            return {"errcode": 40078, "errmsg": "no such temporary code"}
        return {"errcode": 0, "result": {"userid": who, "name": who.title(), "sys": False}}

    def _ticket(self, request: web.Request, _body: Json) -> Json:
        self._authorised(request)
        return {"jsapiTicket": TICKET, "expireIn": 7200}

    def _members(self, request: web.Request, body: Json) -> Json:
        """One person a page, so that paging is seen."""
        people = self.people_in[self._of_cool_app(request, body)]
        at = int(body.get("nextToken") or 0)
        return {"memberUserIds": people[at : at + 1], "hasMore": at + 1 < len(people), "nextToken": str(at + 1)}

    def _group(self, request: web.Request, body: Json) -> Json:
        group = self._of_cool_app(request, body)
        return {"success": True, "openConversationId": group, "title": self.titles[group], "status": 1}

    # -- steps -------------------------------------------------------------------------------------

    def _authorised(self, request: web.Request) -> None:
        if not self._is_token(request.headers.get(_TOKEN_HEADER, "")):
            raise RefusedError(401, "InvalidAuthentication")

    def _is_token(self, token: str) -> bool:
        return self.tokens.get(token, 0) > self.clock.now().timestamp()

    def _of_cool_app(self, request: web.Request, body: Json) -> str:
        self._authorised(request)
        if body.get("coolAppCode") != COOL_APP or body.get("openConversationId") not in self.people_in:
            raise RefusedError(400, "invalidParameter.openConversationId.invalid")
        return str(body["openConversationId"])


def _judge(fault: str) -> None:
    if fault:
        raise RefusedError(400, fault)
