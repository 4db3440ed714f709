"""DingTalk, played: its interfaces, people who type and press, and what they see. It refuses what DingTalk refuses."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import unquote

import uvicorn
from markdown_it import MarkdownIt
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.dingtalk.template import template
from core.clock import Clock

APP_KEY, APP_SECRET, CORP, TEMPLATE = "dingapp", "app-secret-of-the-tests", "dingcorp", "kith-card.schema"
GROUP = "cidGROUP=="
SESSION_LIFE = 90 * 60 * 1000  # milliseconds
MSG_PARAM_MAX = 15_000  # bytes
CODE_LIFE = 5 * 60  # seconds
COOL_APP, TICKET = "COOLAPP-1-kith", "a-jsapi-ticket"

Json = dict[str, Any]
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(dtmd://dingtalkclient/sendMessage\?content=([^)]*)\)")
_DECLARED = json.loads(template()["editorData"])["variableList"]
_VARIABLES = {one["name"] for one in _DECLARED}
_OWN = {one["name"] for one in _DECLARED if one["private"]}


def shown_text(markdown: str) -> str:
    """What a reader sees of a markdown text: its words, line by line, and the labels of its links."""
    return "\n".join(line for line in _lines(markdown) if line)


def _lines(markdown: str) -> Iterator[str]:
    for token in _MARKDOWN.parse(markdown):
        if token.type == "inline":
            text = "".join(
                "\n" if one.type in {"softbreak", "hardbreak"} else one.content for one in token.children or ()
            )
            yield text.replace("\u00a0", " ")


@dataclass
class Message:
    """A message or a card in a chat. ``private`` has what one person's card shows instead, by user."""

    number: int
    chat: str
    title: str = ""
    text: str = ""
    card: str = ""
    public: dict[str, str] = field(default_factory=dict)
    private: dict[str, dict[str, str]] = field(default_factory=dict)
    route_key: str = ""

    def variables(self, who: str) -> dict[str, str]:
        """The card's variables as somebody sees them."""
        return self.public | self.private.get(who, {})

    def seen(self, who: str) -> str:
        """What somebody reads."""
        if not self.card:
            return shown_text(self.text)
        now = self.variables(who)
        parts = [now["body"]]
        parts += [now["note"]] if now["has_note"] == "true" else []
        parts += [now["form_note"]] if now["has_form"] == "true" else []
        return "\n".join(map(shown_text, filter(None, parts)))

    def buttons(self, who: str) -> list[Json]:
        """What somebody can press in a card: first those of a note, which is newer."""
        now = self.variables(who)
        own: list[Json] = json.loads(now["note_btns"]) if now["has_note"] == "true" else []
        made: list[Json] = json.loads(now["btns"])
        return [*own, *made]

    def links(self) -> list[tuple[str, str]]:
        """Labels of a markdown message's links that send a line, and those lines."""
        return [(shown_text(label), unquote(line)) for label, line in _LINK.findall(self.text)]


@dataclass
class Fault:
    """An answer given once instead of carrying out a call. ``after`` is true where the call is carried out first."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)
    after: bool = False


class RefusedError(Exception):
    """What DingTalk says instead of a result."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class DingTalkServer:
    """Both interfaces on one port of this machine."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.messages: list[Message] = []
        self.staff = {"wei", "mei", "anna", "somebody"}
        self.emails: dict[str, str] = {}
        self.groups = {GROUP}
        self.calls: list[tuple[str, Json]] = []
        self.faults: dict[str, list[Fault]] = {}
        self.tokens: dict[str, float] = {}
        self.sessions: dict[str, tuple[str, float]] = {}
        self.callbacks: dict[str, Json] = {}
        self.templates = {TEMPLATE}
        self.codes: dict[str, tuple[str, float]] = {}
        self.people_in = {GROUP: ["wei", "mei"]}
        self.titles = {GROUP: "Northwind deal"}
        self.pressing = False
        self.too_early = 0  # changes of cards whose press was not answered yet
        self.url = ""
        self._numbers = count(1)

    # -- running -----------------------------------------------------------------------------------

    async def start(self) -> None:
        """Listens on a free port."""
        routes = [
            Route("/v1.0/oauth2/accessToken", self._answering(self._token), methods=["POST"]),
            Route("/v1.0/robot/oToMessages/batchSend", self._answering(self._to_people), methods=["POST"]),
            Route("/v1.0/robot/groupMessages/send", self._answering(self._to_group), methods=["POST"]),
            Route("/v1.0/card/instances/createAndDeliver", self._answering(self._create), methods=["POST"]),
            Route("/v1.0/card/instances", self._answering(self._change), methods=["PUT"]),
            Route("/v1.0/card/callbacks/register", self._answering(self._register), methods=["POST"]),
            Route("/robot/sendBySession", self._answering(self._by_session), methods=["POST"]),
            Route("/topapi/v2/user/get", self._answering(self._user), methods=["POST"]),
            Route("/topapi/v2/user/getuserinfo", self._answering(self._user_of_code), methods=["POST"]),
            Route("/v1.0/oauth2/jsapiTickets", self._answering(self._ticket), methods=["POST"]),
            Route("/v1.0/im/sceneGroups/members/batchQuery", self._answering(self._members), methods=["POST"]),
            Route("/v1.0/im/sceneGroups/query", self._answering(self._group), methods=["POST"]),
        ]
        config = uvicorn.Config(Starlette(routes=routes), port=0, log_level="critical", lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._task = asyncio.get_running_loop().create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.005)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Listens no more."""
        self._server.should_exit = True
        await self._task

    # -- what people have --------------------------------------------------------------------------

    def session(self, chat: str) -> tuple[str, int]:
        """A sessionWebhook of a chat, and when it ends."""
        ends = int(self.clock.now().timestamp() * 1000) + SESSION_LIFE
        name = f"s{next(self._numbers)}"
        self.sessions[name] = (chat, ends)
        return f"{self.url}/robot/sendBySession?session={name}", ends

    def of(self, who: str) -> list[Message]:
        """Every message that somebody can read, oldest first."""
        return [one for one in self.messages if one.chat in {who, GROUP}]

    def in_group(self) -> list[Message]:
        """Every message in the group."""
        return [one for one in self.messages if one.chat == GROUP]

    def last(self, chat: str) -> Message:
        """The last message in a chat."""
        return [one for one in self.messages if one.chat == chat][-1]

    def paths(self) -> list[str]:
        """The calls so far."""
        return [path for path, _ in self.calls]

    def code(self, who: str) -> str:
        """A code that DingTalk's script hands out: good once, for five minutes."""
        code = f"code-{next(self._numbers)}"
        self.codes[code] = (who, self.clock.now().timestamp() + CODE_LIFE)
        return code

    # -- its interfaces ----------------------------------------------------------------------------

    def _answering(self, handle: Any) -> Any:
        async def answer(request: Request) -> Response:
            path = request.url.path
            body = json.loads(await request.body() or b"{}")
            self.calls.append((path, body))
            fault = self.faults[path].pop(0) if self.faults.get(path) else None
            if fault and not fault.after:
                return JSONResponse(fault.body, fault.status, fault.headers)
            try:
                told = handle(request, body)
            except RefusedError as refused:
                return JSONResponse({"code": refused.code, "message": "refused", "requestid": "1"}, refused.status)
            return JSONResponse(fault.body, fault.status, fault.headers) if fault else JSONResponse(told)

        return answer

    def _token(self, _request: Request, body: Json) -> Json:
        if (body.get("appKey"), body.get("appSecret")) != (APP_KEY, APP_SECRET):
            raise RefusedError(400, "invalidClientIdOrSecret")
        token = f"token-{next(self._numbers)}"
        self.tokens[token] = self.clock.now().timestamp() + 7200
        return {"accessToken": token, "expireIn": 7200}

    def _authorised(self, request: Request) -> None:
        token = request.headers.get("x-acs-dingtalk-access-token", "")
        if self.tokens.get(token, 0) <= self.clock.now().timestamp():
            raise RefusedError(401, "InvalidAuthentication")

    def _message_of(self, body: Json) -> Json:
        if body.get("robotCode") != APP_KEY:
            raise RefusedError(400, "invalidParameter.robotCode.notExsit")
        if body.get("msgKey") != "sampleMarkdown":
            raise RefusedError(400, "invalidParameter.msgKey.invalid")
        if len(body["msgParam"].encode()) >= MSG_PARAM_MAX:
            raise RefusedError(400, "invalidParameter.msgParam.tooLong")
        message: Json = json.loads(body["msgParam"])
        if set(message) != {"title", "text"} or not message["title"] or not message["text"]:
            raise RefusedError(400, "invalidParameter.msgParam.invalid")
        return message

    def _to_people(self, request: Request, body: Json) -> Json:
        self._authorised(request)
        message = self._message_of(body)
        users = body.get("userIds") or []
        if not 1 <= len(users) <= 20:
            raise RefusedError(400, "invalidParameter.userIds.overMax")
        unknown = [user for user in users if user not in self.staff]
        for user in set(users) - set(unknown):
            self._put(Message(0, user, message["title"], message["text"]))
        return {"processQueryKey": "q", "invalidStaffIdList": unknown, "flowControlledStaffIdList": []}

    def _to_group(self, request: Request, body: Json) -> Json:
        self._authorised(request)
        message = self._message_of(body)
        if body.get("openConversationId") not in self.groups:
            raise RefusedError(400, "resource.not.found")
        self._put(Message(0, body["openConversationId"], message["title"], message["text"]))
        return {"processQueryKey": "q"}

    def _by_session(self, request: Request, body: Json) -> Json:
        chat, ends = self.sessions.get(request.query_params.get("session", ""), ("", 0))
        if ends <= self.clock.now().timestamp() * 1000:
            return {"errcode": 300001, "errmsg": "session expired"}
        if body.get("msgtype") != "markdown" or not body["markdown"].get("title") or not body["markdown"].get("text"):
            return {"errcode": 400105, "errmsg": "unsupported"}
        self._put(Message(0, chat, body["markdown"]["title"], body["markdown"]["text"]))
        return {"errcode": 0, "errmsg": "ok"}

    def _create(self, request: Request, body: Json) -> Json:
        self._authorised(request)
        if body.get("cardTemplateId") not in self.templates:
            raise RefusedError(400, "param.cardTemplateNotExist")
        if any(one.card == body["outTrackId"] for one in self.messages):
            raise RefusedError(400, "param.outTrackIdDuplicate")
        route_key = body.get("callbackRouteKey", "")
        if body.get("callbackType") not in {"HTTP", "STREAM"} or (body["callbackType"] == "STREAM") != (not route_key):
            raise RefusedError(400, "param.callbackTypeInvalid")
        if body["callbackType"] == "HTTP" and route_key not in self.callbacks:
            raise RefusedError(400, "param.callbackRouteKeyNotExist")
        chat = self._space(body)
        public = self._checked(body["cardData"])
        if set(public) != _VARIABLES:
            raise RefusedError(400, "param.cardPublicDataEmpty")
        self._put(Message(0, chat, card=body["outTrackId"], public=public, route_key=route_key))
        delivered = {"spaceId": body["openSpaceId"], "success": True}
        return {"success": True, "result": {"outTrackId": body["outTrackId"], "deliverResults": [delivered]}}

    def _space(self, body: Json) -> str:
        kind, _, chat = body["openSpaceId"].removeprefix("dtv1.card//").partition(".")
        if kind == "IM_ROBOT":
            if "imRobotOpenSpaceModel" not in body or body["imRobotOpenDeliverModel"]["spaceType"] != "IM_ROBOT":
                raise RefusedError(400, "param.openSpaceModelInvalid")
            known = chat in self.staff
        else:
            if "imGroupOpenSpaceModel" not in body or body["imGroupOpenDeliverModel"].get("robotCode") != APP_KEY:
                raise RefusedError(400, "param.openSpaceModelInvalid")
            known = chat in self.groups
        if not known:
            raise RefusedError(400, "param.userIdNotExist" if kind == "IM_ROBOT" else "chatbot.notFound")
        return str(chat)

    def _change(self, request: Request, body: Json) -> Json:
        self._authorised(request)
        if self.pressing:
            self.too_early += 1
            raise RefusedError(400, "card.updateWhilePressed")
        found = next((one for one in self.messages if one.card == body.get("outTrackId")), None)
        if found is None:
            raise RefusedError(400, "param.cardNotExist")
        assert body["cardUpdateOptions"] == {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
        found.public |= self._checked(body.get("cardData") or {})
        for user, data in (body.get("privateData") or {}).items():
            if user not in self.staff:
                raise RefusedError(400, "param.userIdNotExist")
            found.private.setdefault(user, {}).update(self._checked(data, own=True))
        return {"success": True, "result": True}

    def apply(self, message: Message, who: str, answer: Json) -> None:
        """What the answer to a press does to the card."""
        if not answer:
            return
        assert answer["cardUpdateOptions"] == {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
        message.public |= self._checked(answer.get("cardData") or {})
        message.private.setdefault(who, {}).update(self._checked(answer.get("userPrivateData") or {}, own=True))

    def _checked(self, data: Json, *, own: bool = False) -> dict[str, str]:
        """Variables that the template has, as strings, with buttons and fields as the components take them.

        One person's ``own`` are those that the template declares as private.
        """
        variables: dict[str, str] = data.get("cardParamMap") or {}
        for name, value in variables.items():
            if name not in (_OWN if own else _VARIABLES) or not isinstance(value, str):
                raise RefusedError(400, f"param.{name}Invalid")
            if name in {"btns", "note_btns"}:
                _check_buttons(json.loads(value))
            if name == "form":
                _check_fields(json.loads(value))
        return variables

    def _register(self, request: Request, body: Json) -> Json:
        self._authorised(request)
        if not body["callbackUrl"].startswith("https://"):
            raise RefusedError(400, "callbackUrl.invalid")
        self.callbacks[body["callbackRouteKey"]] = body
        return {"success": True, "result": {"callbackUrl": body["callbackUrl"]}}

    def _user(self, request: Request, body: Json) -> Json:
        if self.tokens.get(request.query_params.get("access_token", ""), 0) <= self.clock.now().timestamp():
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        if body["userid"] not in self.staff:
            return {"errcode": 60121, "errmsg": "no such user"}
        email = self.emails.get(body["userid"], "")
        return {"errcode": 0, "result": {"userid": body["userid"], "email": "own@example.com", "org_email": email}}

    def _user_of_code(self, request: Request, body: Json) -> Json:
        if self.tokens.get(request.query_params.get("access_token", ""), 0) <= self.clock.now().timestamp():
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        who, ends = self.codes.pop(body.get("code", ""), ("", 0.0))
        if not who or ends <= self.clock.now().timestamp():
            return {"errcode": 40078, "errmsg": "no such temporary code"}
        return {"errcode": 0, "result": {"userid": who, "name": who.title(), "sys": False}}

    def _ticket(self, request: Request, _body: Json) -> Json:
        self._authorised(request)
        return {"jsapiTicket": TICKET, "expireIn": 7200}

    def _of_cool_app(self, request: Request, body: Json) -> str:
        self._authorised(request)
        if body.get("coolAppCode") != COOL_APP or body.get("openConversationId") not in self.people_in:
            raise RefusedError(400, "invalidParameter.openConversationId.invalid")
        return str(body["openConversationId"])

    def _members(self, request: Request, body: Json) -> Json:
        """One person a page, so that paging is seen."""
        people = self.people_in[self._of_cool_app(request, body)]
        at = int(body.get("nextToken") or 0)
        return {"memberUserIds": people[at : at + 1], "hasMore": at + 1 < len(people), "nextToken": str(at + 1)}

    def _group(self, request: Request, body: Json) -> Json:
        group = self._of_cool_app(request, body)
        return {"success": True, "openConversationId": group, "title": self.titles[group], "status": 1}

    def _put(self, message: Message) -> None:
        message.number = next(self._numbers)
        self.messages.append(message)


def _check_buttons(buttons: list[Json]) -> None:
    for button in buttons:
        assert set(button) == {"text", "color", "status", "event"}
        assert button["text"].strip()
        assert button["color"] in {"gray", "blue", "red"}
        event = button["event"]
        if event["type"] == "sendCardRequest":
            assert len(event["params"]["params"]["token"].encode()) <= 64
        else:
            assert event["type"] == "openLink"
            assert event["params"]["url"].startswith(("http://", "https://"))


def _check_fields(form: Json) -> None:
    for one in form["fields"]:
        assert one["type"] in {"TEXT", "DATE", "SELECT"}
        assert set(one) <= {"name", "label", "type", "hidden", "required", "placeholder", "defaultValue", "options"}
        if one["type"] == "SELECT" and "defaultValue" in one:
            chosen = one["defaultValue"]
            assert one["options"][chosen["index"]]["value"] == chosen["value"]


def now_in_milliseconds(clock: Clock) -> str:
    """The present as DingTalk writes it."""
    return str(int(clock.now().timestamp() * 1000))
