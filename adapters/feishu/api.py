"""Calls to Feishu's API, with its codes told as what is to be done about them.

https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code and the pages of each call.
"""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any

import msgspec

from adapters.callbacks.calls import Answer, Caller, CallError
from adapters.callbacks.tokens import Token, Tokens
from adapters.feishu.config import FeishuConfig
from core.clock import Clock

Payload = dict[str, Any]

# The token is wrong, missing or over: it is fetched anew and the call made once more.
_TOKEN_OVER = {99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677}
# Too fast: of the app, of a chat or a person (5 a second), and the same of older calls.
_APP_TOO_FAST = 99991400
_TOO_FAST = {_APP_TOO_FAST, 230020, 11232, 11233, 11247}
_THEIR_FAULT = {230049, 1500, 2200, 55001}  # being sent already, or an error of theirs
_FAST_PAUSE = timedelta(seconds=1)  # of a limit that does not say how long
_SECRET_PAUSE = timedelta(minutes=5)  # an app secret that is refused has to be mended by a person
_BUSY = {1, 1000040343}  # of a long connection: theirs, and over soon (lark_oapi.ws.const)
# Our own fault: what Feishu would not draw is said in plain words instead.
UNDRAWABLE = {"feishu_230099", "feishu_230025", "feishu_300305", "feishu_230028", "feishu_200621"}
_PAUSE_HEADERS = ("x-ogw-ratelimit-reset", "retry-after")  # seconds; .../api-call-guide/frequency-control
_MEMBERS_PAGE = 100


class FeishuApi:
    """One app's calls. Raises CallError for every one that fails; its reason is Feishu's code."""

    def __init__(self, config: FeishuConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._caller = Caller(config.api_url, pause_headers=_PAUSE_HEADERS)
        self._tokens = Tokens(self._fetch, clock)
        self._tickets = Tokens(self._fetch_ticket, clock)

    async def send(self, id_type: str, receiver: str, card: Payload, key: str) -> str:
        """A message to a ``chat_id`` or a ``union_id``; its id. The same ``key`` sends it once within an hour."""
        body = {"receive_id": receiver, **_content(card), "uuid": _uuid(key)}
        sent = await self._ask("POST", "/im/v1/messages", json=body, params={"receive_id_type": id_type})
        return str(sent.get("message_id") or "")

    async def reply(self, message: str, card: Payload, key: str) -> str:
        """A message in the topic of another; its id."""
        body = {**_content(card), "reply_in_thread": True, "uuid": _uuid(key)}
        sent = await self._ask("POST", f"/im/v1/messages/{message}/reply", json=body)
        return str(sent.get("message_id") or "")

    async def update(self, message: str, card: Payload) -> None:
        """Puts a card in the place of one of ours; for 14 days, five times a second."""
        await self._ask("PATCH", f"/im/v1/messages/{message}", json={"content": _text(card)})

    async def whisper(self, chat: str, open_id: str, card: Payload) -> None:
        """A card in a group that one person sees, while online; there are no such cards in topic groups."""
        body = {"chat_id": chat, "open_id": open_id, "msg_type": "interactive", "card": card}
        await self._ask("POST", "/ephemeral/v1/send", json=body)

    async def message(self, message: str) -> Payload:
        """A message as it was sent; empty when there is none."""
        found = await self._ask("GET", f"/im/v1/messages/{message}")
        items = found.get("items")
        first = items[0] if isinstance(items, list) and items else {}
        return first if isinstance(first, dict) else {}

    async def user(self, id_type: str, user: str) -> Payload:
        """A person as far as the app may know them."""
        found = await self._ask("GET", f"/contact/v3/users/{user}", params={"user_id_type": id_type})
        person = found.get("user")
        return person if isinstance(person, dict) else {}

    async def members(self, chat: str, page: str = "") -> Payload:
        """A page of the people in a chat, by union_id, without bots: ``items``, ``has_more``, ``page_token``."""
        params = {"member_id_type": "union_id", "page_size": str(_MEMBERS_PAGE)}
        return await self._ask(
            "GET", f"/im/v1/chats/{chat}/members", params=params | ({"page_token": page} if page else {})
        )

    async def chat(self, chat: str) -> Payload:
        """A group that the bot is in: its ``name`` and ``chat_mode`` among the rest."""
        return await self._ask("GET", f"/im/v1/chats/{chat}")

    async def ticket(self) -> str:
        """What signatures for Feishu's script are made with: one for everybody, for two hours."""
        return await self._tickets.current()

    async def who(self, code: str) -> Payload:
        """Who got this code from their client: ``union_id``, ``open_id``, ``tenant_key``. It is good once.

        https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token and
        https://open.feishu.cn/document/server-docs/authentication-management/login-state-management/get
        """
        secret = {"client_id": self._config.app_id, "client_secret": self._config.app_secret}
        body = {"grant_type": "authorization_code", **secret, "code": code}
        answer = await self._caller.call("POST", "/open-apis/authen/v2/oauth/token", json=body)
        token = answer.body.get("access_token")
        if answer.body.get("code") != 0 or not isinstance(token, str):
            raise _failed(answer)
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self._caller.call("GET", "/open-apis/authen/v1/user_info", headers=headers)
        data = answer.body.get("data")
        if answer.body.get("code") != 0 or not isinstance(data, dict):
            raise _failed(answer)
        return data

    async def own_open_id(self) -> str:
        """The bot's open_id, by which mentions are told."""
        answer = await self._answered("GET", "/bot/v3/info", None, None)
        bot = answer.get("bot")
        return str(bot.get("open_id") or "") if isinstance(bot, dict) else ""

    async def line(self) -> Payload:
        """Where a long connection is to be opened: ``URL``, good once, and ``ClientConfig``.

        As ``lark_oapi.ws.client`` asks for it; no page describes the call. The reason is Feishu's code behind "line_".
        """
        body = {"AppID": self._config.app_id, "AppSecret": self._config.app_secret}
        answer = await self._caller.call("POST", "/callback/ws/endpoint", json=body, headers={"locale": "zh"})
        code, data = answer.body.get("code"), answer.body.get("data")
        if code == 0 and isinstance(data, dict):
            return data
        raise CallError(f"line_{code}", again=not isinstance(code, int) or code == 0 or code in _BUSY)

    async def close(self) -> None:
        """Ends every connection."""
        await self._caller.close()

    # -- steps -------------------------------------------------------------------------------------

    async def _ask(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, str] | None = None
    ) -> Payload:
        answer = await self._answered(method, path, json, params)
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    async def _answered(self, method: str, path: str, json: Any, params: Mapping[str, str] | None) -> Payload:
        for last in (False, True):
            token = await self._tokens.current()
            answer = await self._caller.call(
                method, f"/open-apis{path}", json=json, params=params, headers={"Authorization": f"Bearer {token}"}
            )
            code = answer.body.get("code")
            if code == 0:
                return answer.body
            if code not in _TOKEN_OVER or last:
                raise _failed(answer)
            self._tokens.refused(token)
        raise AssertionError("unreachable")

    async def _fetch(self) -> Token:
        """https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal"""
        body = {"app_id": self._config.app_id, "app_secret": self._config.app_secret}
        answer = await self._caller.call("POST", "/open-apis/auth/v3/tenant_access_token/internal", json=body)
        token, expire = answer.body.get("tenant_access_token"), answer.body.get("expire")
        if answer.body.get("code") != 0 or not isinstance(token, str) or not isinstance(expire, int):
            raise CallError(f"no_token_{answer.body.get('code')}", again=True, after=_SECRET_PAUSE, everywhere=True)
        return Token(token, self._clock.now() + timedelta(seconds=expire))

    async def _fetch_ticket(self) -> Token:
        """https://open.feishu.cn/document/authentication-management/access-token/authorization"""
        found = await self._ask("POST", "/jssdk/ticket/get")
        ticket, expire = found.get("ticket"), found.get("expire_in")
        if not isinstance(ticket, str) or not isinstance(expire, int):
            raise CallError("no_ticket", again=True)
        return Token(ticket, self._clock.now() + timedelta(seconds=expire))


def _failed(answer: Answer) -> CallError:
    code = answer.body.get("code")
    if code in _TOO_FAST:
        return CallError("too_fast", again=True, after=answer.pause or _FAST_PAUSE, everywhere=code == _APP_TOO_FAST)
    if not isinstance(code, int):
        return CallError(f"status_{answer.status}", again=True)  # not Feishu's own words: something in between
    return CallError(f"feishu_{code}", again=code in _THEIR_FAULT or code in _TOKEN_OVER)


def _content(card: Payload) -> Payload:
    return {"msg_type": "interactive", "content": _text(card)}


def _text(card: Payload) -> str:
    return msgspec.json.encode(card).decode()


def _uuid(key: str) -> str:
    """At most 50 characters."""
    return sha256(key.encode()).hexdigest()[:40]
