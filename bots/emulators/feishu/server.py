"""A Feishu to call: its open API, and when the real one would refuse, in its codes."""

import itertools
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bots.emulators.feishu.calls import named
from bots.emulators.feishu.limits import Limits
from bots.emulators.feishu.model import Chat, FeishuError, Json, Posted
from bots.emulators.feishu.rules import fault_of_card
from bots.emulators.refusals import Refusals
from core.clock import Clock

APP_ID, APP_SECRET = "cli_kith", "app-secret"
BOT = "ou_bot"
TICKET = "a ticket for scripts"
_TOKEN_LIFE = timedelta(hours=2)
_UUID_LIFE, _UUID_MAX = timedelta(hours=1), 50
_UPDATE_LIFE = timedelta(days=14)
_PAGE_MAX = 100
_UNDRAWN, _INVALID = 230099, 230001


class FeishuServer:
    """One Feishu with one company. The first message has the number ``first``."""

    def __init__(self, clock: Clock, *, first: int = 0) -> None:
        self.clock = clock
        self.tenant = "t_kith"
        self.people: dict[str, Json] = {}  # by union_id
        self.chats: dict[str, Chat] = {}
        self.posted: list[Posted] = []
        self.sources: dict[str, Json] = {}  # people's own messages, by id
        self.tokens: dict[str, datetime] = {}
        self.fetched = 0
        self.codes: dict[str, str] = {}  # what clients were given, with whose it is (a union_id)
        self.blocked: set[str] = set()  # union_ids that Kith may not write to
        self.refusals, self.limits = Refusals(), Limits()
        self._uuids: dict[str, tuple[Posted, datetime]] = {}
        self._numbers = itertools.count(first)

    def routes(self) -> list[web.RouteDef]:
        """The open API."""
        return [web.route("*", "/open-apis/{path:.*}", self._call)]

    def person(self, union_id: str, open_id: str, **more: Any) -> None:
        """Somebody in the company, with a chat of their own with the bot."""
        self.people[union_id] = {"union_id": union_id, "open_id": open_id, "status": {"is_activated": True}} | more
        self.chats[self.own_chat(union_id)] = Chat("p2p", [union_id])

    def own_chat(self, union_id: str) -> str:
        """The chat of a person with the bot."""
        return f"oc_p2p_{union_id}"

    def seen(self, union_id: str, chat: str) -> list[Posted]:
        """What a person sees in a chat now."""
        own = self.people[union_id]["open_id"]
        return [one for one in self.posted if one.chat == chat and one.to in ("", own) and not one.recalled]

    def number(self) -> int:
        """A fresh one."""
        return next(self._numbers)

    def replace(self, message: str, card: Json) -> None:
        """What a callback's answer puts in the place of the pressed card. Raises FeishuError for a wrong card."""
        _judge(card)
        posted = next(one for one in self.posted if one.id == message)
        posted.card, posted.edits = card, posted.edits + 1

    def post(self, chat: str, card: Json, *, to: str = "", thread: str = "", typed: str = "") -> Posted:
        """A message comes to stand in a chat."""
        posted = Posted(f"om_{self.number()}", chat, card, self.clock.now(), to, thread, typed=typed)
        self.posted.append(posted)
        return posted

    # -- calls -------------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        try:
            answer = self._answer(request, *named(request.method, path), json.loads(await request.text() or "{}"))
        except FeishuError as refused:
            self.refusals.note(f"{request.method} /open-apis/{path}", str(refused))
            said = {"code": refused.code, "msg": refused.reason}
            return web.json_response(said, status=refused.status, headers=refused.headers)
        return web.json_response({"code": 0, "msg": "success"} | answer)

    def _answer(self, request: web.Request, name: str, ids: list[str], body: Json) -> Json:
        if not name:
            raise FeishuError(99991201, "no such call", status=404)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if name == "user_info":
            return self._user_info(token)
        if name not in {"token", "oauth"}:
            self._authorize(token)
        try:
            return self._methods()[name](*ids, body, dict(request.query))
        except KeyError as lacking:
            raise FeishuError(99992402, f"field validation failed: {lacking}") from lacking

    def _methods(self) -> dict[str, Callable[..., Json]]:
        return {
            "token": self._token,
            "send": self._send,
            "reply": self._reply,
            "update": self._update,
            "message": self._message,
            "whisper": self._whisper,
            "user": self._user,
            "members": self._members,
            "chat": self._chat,
            "bot": lambda _body, _query: {"bot": {"open_id": BOT, "app_name": "Kith"}},
            "ticket": lambda _body, _query: {"data": {"ticket": TICKET, "expire_in": 7200}},
            "oauth": self._oauth,
        }

    def _authorize(self, token: str) -> None:
        if not token:
            raise FeishuError(99991661, "missing access token")
        if token not in self.tokens:
            raise FeishuError(99991663, "invalid access token")
        if self.tokens[token] <= self.clock.now():
            raise FeishuError(99991677, "access token expired")

    def _token(self, body: Json, _query: Json) -> Json:
        if (body.get("app_id"), body.get("app_secret")) != (APP_ID, APP_SECRET):
            raise FeishuError(10014, "app secret invalid", status=200)
        self.fetched += 1
        token = f"t-{self.fetched}"
        self.tokens[token] = self.clock.now() + _TOKEN_LIFE
        return {"tenant_access_token": token, "expire": int(_TOKEN_LIFE.total_seconds())}

    def _send(self, body: Json, query: Json) -> Json:
        return self._kept(self._receiver(query["receive_id_type"], body["receive_id"]), body)

    def _receiver(self, id_type: str, receiver: str) -> str:
        if id_type == "chat_id":
            if receiver not in self.chats:
                raise FeishuError(230034, "invalid receive_id")
            if not self.chats[receiver].with_bot:
                raise FeishuError(230002, "bot not in chat")
            return receiver
        if id_type != "union_id" or receiver not in self.people:
            raise FeishuError(230034, "invalid receive_id")
        if receiver in self.blocked:
            raise FeishuError(230013, "bot has no availability to this user")
        return self.own_chat(receiver)

    def _reply(self, message: str, body: Json, _query: Json) -> Json:
        if message not in self.sources:
            raise FeishuError(230110, "message deleted")
        source = self.sources[message]
        return self._kept(source["chat_id"], body, thread=source.get("thread_id", ""))

    def _kept(self, chat: str, body: Json, thread: str = "") -> Json:
        if body["msg_type"] != "interactive" or len(body["uuid"]) > _UUID_MAX:
            raise FeishuError(_INVALID, "invalid msg_type or uuid")
        before = self._uuids.get(body["uuid"])
        if before and self.clock.now() - before[1] < _UUID_LIFE:
            return {"data": {"message_id": before[0].id}}
        self.limits.sent(chat, self.clock.now())
        card = json.loads(body["content"])
        _judge(card, len(json.dumps(body)) - len(json.dumps(body["content"])))
        posted = self.post(chat, card, thread=thread)
        self._uuids[body["uuid"]] = (posted, self.clock.now())
        return {"data": {"message_id": posted.id}}

    def _update(self, message: str, body: Json, _query: Json) -> Json:
        posted = next((one for one in self.posted if one.id == message and not one.to), None)
        if posted is None or posted.recalled:
            raise FeishuError(230110, "message deleted")
        if posted.typed:
            raise FeishuError(230027, "no message of the bot's")
        if self.clock.now() - posted.at > _UPDATE_LIFE:
            raise FeishuError(230031, "message sent more than 14 days ago")
        self.limits.changed(message, self.clock.now())
        self.replace(message, json.loads(body["content"]))
        return {"data": {}}

    def _message(self, message: str, _body: Json, _query: Json) -> Json:
        if message not in self.sources:
            raise FeishuError(230110, "message deleted")
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
            raise FeishuError(18053, "no group in which this person and the bot are")
        self.limits.whispered(body["chat_id"], self.clock.now())
        _judge(body["card"])
        return {"data": {"message_id": self.post(body["chat_id"], body["card"], to=body["open_id"]).id}}

    def _user(self, user: str, _body: Json, query: Json) -> Json:
        found = next((one for one in self.people.values() if one[query["user_id_type"]] == user), None)
        if found is None:
            raise FeishuError(41050, "no user authority")
        return {"data": {"user": found}}

    def _members(self, chat: str, _body: Json, query: Json) -> Json:
        if query["member_id_type"] != "union_id":
            raise FeishuError(99992402, "field validation failed: member_id_type")
        if chat not in self.chats:
            raise FeishuError(232006, "invalid chat_id")
        members, start = self.chats[chat].members, int(query.get("page_token") or 0)
        page = members[start : start + min(int(query["page_size"]), _PAGE_MAX)]
        end = start + len(page)
        items = [{"member_id_type": "union_id", "member_id": one} for one in page]
        return {"data": {"items": items, "has_more": end < len(members), "page_token": str(end)}}

    def _chat(self, chat: str, _body: Json, _query: Json) -> Json:
        found = self.chats.get(chat)
        if found is None or not found.with_bot:
            raise FeishuError(232011, "operator not in chat")
        return {"data": {"name": found.name, "chat_mode": found.mode}}

    def _oauth(self, body: Json, _query: Json) -> Json:
        """A code is good once; what is wrong with it is told as OAuth tells it, beside a code of Feishu's."""
        if (body["grant_type"], body["client_id"], body["client_secret"]) != ("authorization_code", APP_ID, APP_SECRET):
            raise FeishuError(20002, "invalid client")
        user = self.codes.pop(body["code"], "")
        if not user:
            raise FeishuError(20003, "invalid code")
        return {"access_token": f"u-{user}", "expires_in": 7200, "token_type": "Bearer", "scope": ""}

    def _user_info(self, token: str) -> Json:
        person = self.people.get(token.removeprefix("u-"))
        if person is None:
            raise FeishuError(20005, "invalid access token")
        return {"data": {key: person[key] for key in ("union_id", "open_id")} | {"tenant_key": self.tenant}}


def _judge(card: Json, around: int = 0) -> None:
    if fault := fault_of_card(card, around):
        raise FeishuError(_UNDRAWN, fault)
