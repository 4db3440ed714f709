"""A Feishu to call: its open API on a free port, refusing what the real one refuses, in its codes."""

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from core.clock import Clock
from tests.adapters.feishu.referee import RefusedError, judge, words_of

APP_ID, APP_SECRET = "cli_kith", "app-secret"
BOT = "ou_bot"
TICKET = "a ticket for scripts"
_TOKEN_LIFE = timedelta(hours=2)
_UUID_LIFE = timedelta(hours=1)
_UPDATE_LIFE = timedelta(days=14)
_PAGE_MAX = 100

Json = dict[str, Any]


class CodeError(Exception):
    """What Feishu answers instead of a result."""

    def __init__(self, code: int, *, status: int = 400, headers: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code, self.status, self.headers = code, status, headers or {}


@dataclass
class Posted:
    """A message as it stands in a chat: ``to`` is the open_id of the one person who sees it."""

    id: str
    chat: str
    card: Json
    at: datetime
    to: str = ""
    thread: str = ""
    edits: int = 0
    recalled: bool = False

    @property
    def words(self) -> str:
        """All the words in it."""
        return "\n".join(words_of(self.card))

    @property
    def components(self) -> list[Json]:
        """Everything in it that has a tag."""
        return list(_tagged(self.card["body"]))

    @property
    def labels(self) -> list[str]:
        """What can be pressed or chosen."""
        return labels_of(self.card)

    def action(self, label: str) -> Json:
        """What Feishu sends when the button or option of this label is pressed."""
        for one in self.components:
            if one["tag"] == "button" and one["text"]["content"] == label:
                value = next((each["value"] for each in one["behaviors"] if each["type"] == "callback"), {})
                return {"tag": "button", "value": value} | (
                    {"name": one["name"], "form_value": {}} if "name" in one else {}
                )
            if one["tag"] == "select_static" and "name" not in one:
                for option in one["options"]:
                    if option["text"]["content"] == label:
                        return {
                            "tag": "select_static",
                            "value": one["behaviors"][0]["value"],
                            "option": option["value"],
                        }
        raise AssertionError(f"no button {label!r} in {self.labels}")

    def submission(self, values: dict[str, str]) -> Json:
        """What Feishu sends when the form in it is filled in and sent."""
        form = next(one for one in self.components if one["tag"] == "form" and len(one["elements"]) > 1)
        filled, unknown = {}, set(values)
        for one in form["elements"]:
            if one["tag"] != "button" and "name" in one:
                name = one["name"].partition("_")[2]
                unknown.discard(name)
                filled[one["name"]] = _filled(one, values.get(name))
        assert not unknown, f"no such fields: {unknown}"
        submit = form["elements"][-1]
        return {"tag": "button", "name": submit["name"], "value": submit["behaviors"][0]["value"], "form_value": filled}


def labels_of(card: Json) -> list[str]:
    """What can be pressed or chosen in a card; not what is filled in."""
    components = list(_tagged(card["body"]))
    buttons = [one["text"]["content"] for one in components if one["tag"] == "button"]
    selects = [one for one in components if one["tag"] == "select_static" and "name" not in one]
    return buttons + [option["text"]["content"] for one in selects for option in one["options"]]


def _filled(one: Json, value: str | None) -> str:
    """A field as it comes back: dates and times with the person's zone, a menu's choice by its value."""
    if one["tag"] == "select_static":
        index = one.get("initial_index", 0)
        chosen = [each["value"] for each in one["options"] if value in (each["value"], each["text"]["content"])]
        standing = one["options"][index - 1]["value"] if index else ""
        return str(standing if value is None else chosen[0] if chosen else "")
    if one["tag"] in {"date_picker", "picker_time"}:
        value = one.get("initial_date", one.get("initial_time", "")) if value is None else value
        return f"{value} +0800" if value else ""
    return str(one.get("default_value", "") if value is None else value)


def _tagged(value: Any) -> Any:
    if isinstance(value, dict):
        if "tag" in value:
            yield value
        for inner in value.values():
            yield from _tagged(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _tagged(inner)


@dataclass
class Chat:
    """A conversation: ``mode`` is p2p, group or topic; ``members`` are union_ids."""

    mode: str = "group"
    members: list[str] = field(default_factory=list)
    with_bot: bool = True
    name: str = ""


class StandIn:
    """One Feishu with one company. Time is the test's clock."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.tenant = "t_kith"
        self.people: dict[str, Json] = {}  # by union_id
        self.chats: dict[str, Chat] = {}
        self.posted: list[Posted] = []
        self.sources: dict[str, Json] = {}  # people's own messages, by id
        self.tokens: dict[str, datetime] = {}
        self.fetched = 0
        self.calls: list[str] = []
        self.faults: dict[str, deque[CodeError | int]] = {}
        self.codes: dict[str, str] = {}  # what clients were given, with whose it is (a union_id)
        self.blocked: set[str] = set()  # union_ids that Kith may not write to
        self._uuids: dict[str, tuple[Posted, datetime]] = {}
        self._server: TestServer | None = None

    async def start(self) -> None:
        """Listens on a port of its own."""
        app = web.Application()
        app.router.add_route("*", "/open-apis/{path:.*}", self._call)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        """Ends every connection."""
        if self._server:
            await self._server.close()

    @property
    def url(self) -> str:
        """For KITH_FEISHU_API_URL."""
        assert self._server
        return f"http://127.0.0.1:{self._server.port}"

    def fail(self, call: str, *faults: CodeError | int) -> None:
        """The next calls of this name fail: by a code, or by an HTTP status of something in between."""
        self.faults.setdefault(call, deque()).extend(faults)

    def person(self, union_id: str, open_id: str, **more: Any) -> None:
        """Somebody in the company, with a chat of their own with the bot."""
        self.people[union_id] = {"union_id": union_id, "open_id": open_id, "status": {"is_activated": True}} | more
        self.chats[self.own_chat(union_id)] = Chat("p2p", [union_id])

    def own_chat(self, union_id: str) -> str:
        """The chat of a person with the bot."""
        return f"oc_p2p_{union_id}"

    def revoke(self) -> None:
        """Every token is over at once."""
        self.tokens.clear()

    def seen(self, union_id: str, chat: str) -> list[Posted]:
        """What a person sees in a chat now."""
        open_id = self.people[union_id]["open_id"]
        return [one for one in self.posted if one.chat == chat and one.to in ("", open_id) and not one.recalled]

    # -- calls -------------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.Response:
        path, method = request.match_info["path"], request.method
        body = json.loads(await request.text() or "{}")
        try:
            name, handle, args = self._route(method, path)
            self.calls.append(name)
            self._stumble(name)
            if name == "user_info":
                body = {"token": request.headers.get("authorization", "").removeprefix("Bearer ")}
            elif name not in {"token", "oauth"}:
                self._authorize(request)
            answer = handle(*args, body, dict(request.query))
        except CodeError as refused:
            return web.json_response(
                {"code": refused.code, "msg": "refused"}, status=refused.status, headers=refused.headers
            )
        except _BrokenError as broken:
            return web.Response(status=broken.status, text="<html>bad gateway</html>")
        except RefusedError as refused:
            return web.json_response({"code": 230099, "msg": str(refused)}, status=400)
        return web.json_response({"code": 0, "msg": "success"} | answer)

    def _route(self, method: str, path: str) -> tuple[str, Any, tuple[str, ...]]:  # noqa: C901, PLR0911, PLR0912 - one line per call
        match method, path.split("/"):
            case "POST", ["auth", "v3", "tenant_access_token", "internal"]:
                return "token", self._token, ()
            case "POST", ["im", "v1", "messages"]:
                return "send", self._send, ()
            case "POST", ["im", "v1", "messages", message, "reply"]:
                return "reply", self._reply, (message,)
            case "PATCH", ["im", "v1", "messages", message]:
                return "update", self._update, (message,)
            case "GET", ["im", "v1", "messages", message]:
                return "message", self._message, (message,)
            case "POST", ["ephemeral", "v1", "send"]:
                return "whisper", self._whisper, ()
            case "GET", ["contact", "v3", "users", user]:
                return "user", self._user, (user,)
            case "GET", ["im", "v1", "chats", chat, "members"]:
                return "members", self._members, (chat,)
            case "GET", ["bot", "v3", "info"]:
                return "bot", self._bot, ()
            case "GET", ["im", "v1", "chats", chat]:
                return "chat", self._chat, (chat,)
            case "POST", ["jssdk", "ticket", "get"]:
                return "ticket", self._ticket, ()
            case "POST", ["authen", "v2", "oauth", "token"]:
                return "oauth", self._oauth, ()
            case "GET", ["authen", "v1", "user_info"]:
                return "user_info", self._user_info, ()
            case _:
                raise CodeError(99991201, status=404)

    def _stumble(self, name: str) -> None:
        waiting = self.faults.get(name)
        if waiting:
            fault = waiting.popleft()
            raise fault if isinstance(fault, CodeError) else _BrokenError(fault)

    def _authorize(self, request: web.Request) -> None:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            raise CodeError(99991663)
        if self.tokens[token] <= self.clock.now():
            raise CodeError(99991677)

    def _token(self, body: Json, _query: Json) -> Json:
        if (body.get("app_id"), body.get("app_secret")) != (APP_ID, APP_SECRET):
            raise CodeError(10014, status=200)
        self.fetched += 1
        token = f"t-{self.fetched}"
        self.tokens[token] = self.clock.now() + _TOKEN_LIFE
        return {"tenant_access_token": token, "expire": int(_TOKEN_LIFE.total_seconds())}

    def _send(self, body: Json, query: Json) -> Json:
        assert body["msg_type"] == "interactive"
        chat = self._receiver(query["receive_id_type"], body["receive_id"])
        return self._post(chat, body)

    def _receiver(self, id_type: str, receiver: str) -> str:
        if id_type == "chat_id":
            if receiver not in self.chats:
                raise CodeError(230034)
            if not self.chats[receiver].with_bot:
                raise CodeError(230002)
            return receiver
        if id_type != "union_id" or receiver not in self.people:
            raise CodeError(230034)
        if receiver in self.blocked:
            raise CodeError(230013)
        return self.own_chat(receiver)

    def _reply(self, message: str, body: Json, _query: Json) -> Json:
        source = self.sources[message]
        return self._post(source["chat_id"], body, thread=source.get("thread_id", ""))

    def _post(self, chat: str, body: Json, thread: str = "") -> Json:
        assert len(body["uuid"]) <= 50
        before = self._uuids.get(body["uuid"])
        if before and self.clock.now() - before[1] < _UUID_LIFE:
            return {"data": {"message_id": before[0].id}}
        card = json.loads(body["content"])
        judge(card, where=len(json.dumps(body)) - len(json.dumps(body["content"])))
        posted = Posted(f"om_{len(self.posted)}", chat, card, self.clock.now(), thread=thread)
        self.posted.append(posted)
        self._uuids[body["uuid"]] = (posted, self.clock.now())
        return {"data": {"message_id": posted.id}}

    def _update(self, message: str, body: Json, _query: Json) -> Json:
        posted = next((one for one in self.posted if one.id == message and not one.to), None)
        if posted is None or posted.recalled:
            raise CodeError(230110)
        if self.clock.now() - posted.at > _UPDATE_LIFE:
            raise CodeError(230031)
        card = json.loads(body["content"])
        judge(card)
        posted.card = card
        posted.edits += 1
        return {"data": {}}

    def replace(self, message: str, card: Json) -> None:
        """What a callback's answer puts in the place of the pressed card."""
        judge(card)
        posted = next(one for one in self.posted if one.id == message)
        posted.card = card
        posted.edits += 1

    def _message(self, message: str, _body: Json, _query: Json) -> Json:
        if message not in self.sources:
            raise CodeError(230110)
        source = self.sources[message]
        item = {
            "message_id": message,
            "msg_type": source["message_type"],
            "body": {"content": source["content"]},
            "sender": {"id": source["open_id"], "id_type": "open_id", "sender_type": "user"},
            "create_time": str(int(self.clock.now().timestamp() * 1000)),
            "mentions": source.get("mentions", []),
        }
        return {"data": {"items": [item]}}

    def _whisper(self, body: Json, _query: Json) -> Json:
        chat = self.chats.get(body["chat_id"])
        open_ids = {self.people[one]["open_id"] for one in (chat.members if chat else ()) if one in self.people}
        if chat is None or chat.mode != "group" or not chat.with_bot or body["open_id"] not in open_ids:
            raise CodeError(18053)
        judge(body["card"])
        posted = Posted(f"om_{len(self.posted)}", body["chat_id"], body["card"], self.clock.now(), to=body["open_id"])
        self.posted.append(posted)
        return {"data": {"message_id": posted.id}}

    def _user(self, user: str, _body: Json, query: Json) -> Json:
        found = next((one for one in self.people.values() if one[query["user_id_type"]] == user), None)
        if found is None:
            raise CodeError(41050)
        return {"data": {"user": found}}

    def _members(self, chat: str, _body: Json, query: Json) -> Json:
        assert query["member_id_type"] == "union_id"
        if chat not in self.chats:
            raise CodeError(232006)
        members, start = self.chats[chat].members, int(query.get("page_token") or 0)
        page = members[start : start + min(int(query["page_size"]), _PAGE_MAX)]
        end = start + len(page)
        items = [{"member_id_type": "union_id", "member_id": one} for one in page]
        return {"data": {"items": items, "has_more": end < len(members), "page_token": str(end)}}

    def _chat(self, chat: str, _body: Json, _query: Json) -> Json:
        found = self.chats.get(chat)
        if found is None or not found.with_bot:
            raise CodeError(232011)
        return {"data": {"name": found.name, "chat_mode": found.mode}}

    def _ticket(self, _body: Json, _query: Json) -> Json:
        return {"data": {"ticket": TICKET, "expire_in": 7200}}

    def _oauth(self, body: Json, _query: Json) -> Json:
        """A code is good once; what is wrong with it is told as OAuth tells it, beside a code of Feishu's."""
        if (body["grant_type"], body["client_id"], body["client_secret"]) != (
            "authorization_code",
            APP_ID,
            APP_SECRET,
        ):
            raise CodeError(20002)
        user = self.codes.pop(body["code"], "")
        if not user:
            raise CodeError(20003)
        return {"access_token": f"u-{user}", "expires_in": 7200, "token_type": "Bearer", "scope": ""}

    def _user_info(self, body: Json, _query: Json) -> Json:
        person = self.people.get(body["token"].removeprefix("u-"))
        if person is None:
            raise CodeError(20005)
        return {"data": {key: person[key] for key in ("union_id", "open_id")} | {"tenant_key": self.tenant}}

    def _bot(self, _body: Json, _query: Json) -> Json:
        return {"bot": {"open_id": BOT, "app_name": "Kith"}}


class _BrokenError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status
