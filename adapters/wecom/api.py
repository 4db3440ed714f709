"""Calls to WeCom's API, with its error codes told as one error: whether to try again, and when.

Codes: https://developer.work.weixin.qq.com/document/path/90313. Every answer is a 200 with ``errcode`` in it.
"""

from datetime import timedelta
from typing import Any

from adapters.callbacks.calls import Caller, CallError
from adapters.callbacks.tokens import Token, Tokens
from adapters.wecom.config import WecomConfig
from core.clock import Clock

Payload = dict[str, Any]

_TOKEN_LIFE = 7200  # seconds, where WeCom does not say (page 91039)
_BAD_TOKEN = frozenset({40014, 42001})  # not valid, over: another is fetched, once
_TOO_MANY, _TOO_MANY_AT_ONCE, _BUSY = 45009, 45033, -1
_MINUTE, _MOMENT = timedelta(minutes=1), timedelta(seconds=2)
# 60111 and 81013 - nobody of that name, or out of the application's sight - are among those that no second try mends.


class WecomApi:
    """One application's calls. ``contacts`` are those of 客户联系, with a secret of their own where there is one."""

    def __init__(self, config: WecomConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._caller = Caller(config.api_url)
        self._tokens = Tokens(lambda: self._fetched(config.secret), clock)
        own = config.contacts_secret
        self._contact_tokens = Tokens(lambda: self._fetched(own), clock) if own else self._tokens

    async def send(self, user: str, body: Payload) -> Payload:
        """One message to a member (page 90236). ``response_code`` in the answer changes a card with buttons."""
        sent = {"touser": user, "agentid": self._config.agent_id, **body}
        answer = await self._asked("POST", "/cgi-bin/message/send", json=sent)
        if user.casefold() in str(answer.get("invaliduser", "")).casefold().split("|"):
            raise CallError("invalid_user")
        return answer

    async def update(self, user: str, code: str, card: Payload) -> Payload:
        """Puts a template card into the place of another one, by its ``code`` (page 94888)."""
        changed = {"userids": [user], "agentid": self._config.agent_id, "response_code": code, "template_card": card}
        return await self._asked("POST", "/cgi-bin/message/update_template_card", json=changed)

    async def answer(self, url: str, body: Payload) -> None:
        """A robot's answer to where it was asked: once, within an hour (page 101138)."""
        answer = await self._caller.call("POST", url, json=body)
        check(answer.body)

    async def member(self, user: str) -> Payload:
        """A member, as far as the application may see them (page 90196)."""
        return await self._asked("GET", "/cgi-bin/user/get", params={"userid": user})

    async def set_menu(self, menu: Payload) -> None:
        """The application's own menu (page 90231)."""
        await self._asked("POST", "/cgi-bin/menu/create", json=menu, params={"agentid": str(self._config.agent_id)})

    # -- the toolbar -------------------------------------------------------------------------------

    async def user_of(self, code: str) -> str:
        """The member who was signed in where ``code`` comes from (page 91023); empty for who is none of the company."""
        answer = await self._asked("GET", "/cgi-bin/auth/getuserinfo", params={"code": code})
        user = answer.get("userid")
        return user if isinstance(user, str) else ""

    async def corp_ticket(self) -> Token:
        """What the company's signatures for WeCom's script are made with (page 90506)."""
        return self._ticket(await self._asked("GET", "/cgi-bin/get_jsapi_ticket"))

    async def agent_ticket(self) -> Token:
        """What the application's are made with (page 90506)."""
        return self._ticket(await self._asked("GET", "/cgi-bin/ticket/get", params={"type": "agent_config"}))

    def _ticket(self, body: Payload) -> Token:
        return Token(str(body.get("ticket", "")), self._clock.now() + _life(body))

    # -- 客户联系 ------------------------------------------------------------------------------------

    async def group_chat(self, chat: str) -> Payload:
        """A group with customers: its name and who is in it (page 92122)."""
        asked = {"chat_id": chat, "need_name": 0}
        path = "/cgi-bin/externalcontact/groupchat/get"
        body = await self._asked("POST", path, json=asked, tokens=self._contact_tokens)
        found = body.get("group_chat")
        return found if isinstance(found, dict) else {}

    async def external_contact(self, external_user: str, cursor: str = "") -> Payload:
        """A customer's contact, with the members whose contact they are, 500 at a time (page 92114)."""
        asked = {"external_userid": external_user} | ({"cursor": cursor} if cursor else {})
        return await self._asked("GET", "/cgi-bin/externalcontact/get", params=asked, tokens=self._contact_tokens)

    async def corp_tags(self) -> Payload:
        """The company's tags, by groups (page 92117)."""
        path = "/cgi-bin/externalcontact/get_corp_tag_list"
        return await self._asked("POST", path, json={}, tokens=self._contact_tokens)

    async def add_corp_tag(self, group: str, name: str) -> Payload:
        """Another tag, in the group of that name (page 92117)."""
        asked = {"group_name": group, "tag": [{"name": name}]}
        return await self._asked(
            "POST", "/cgi-bin/externalcontact/add_corp_tag", json=asked, tokens=self._contact_tokens
        )

    async def mark_tags(self, user: str, external_user: str, add: list[str], remove: list[str]) -> None:
        """Tags a member's contact, by the ids of tags (page 92118)."""
        asked = {"userid": user, "external_userid": external_user, "add_tag": add, "remove_tag": remove}
        await self._asked("POST", "/cgi-bin/externalcontact/mark_tag", json=asked, tokens=self._contact_tokens)

    async def close(self) -> None:
        """Ends every connection."""
        await self._caller.close()

    # -- steps -------------------------------------------------------------------------------------

    async def _asked(
        self,
        method: str,
        path: str,
        *,
        json: Payload | None = None,
        params: dict[str, str] | None = None,
        tokens: Tokens | None = None,
    ) -> Payload:
        """The answer. A token that WeCom does not take any more is fetched anew, once. Raises CallError."""
        tokens = tokens or self._tokens
        for last in (False, True):
            token = await tokens.current()
            answer = await self._caller.call(method, path, json=json, params={"access_token": token, **(params or {})})
            if answer.body.get("errcode") not in _BAD_TOKEN:
                return check(answer.body)
            tokens.refused(token)
            if last:
                break
        raise CallError("access_token", again=True)

    async def _fetched(self, secret: str) -> Token:
        asked = {"corpid": self._config.corp_id, "corpsecret": secret}
        answer = await self._caller.call("GET", "/cgi-bin/gettoken", params=asked)
        body, asked_at = check(answer.body), self._clock.now()
        return Token(str(body.get("access_token", "")), asked_at + _life(body))


def _life(body: Payload) -> timedelta:
    seconds = body.get("expires_in")
    return timedelta(seconds=seconds if isinstance(seconds, int) and seconds > 0 else _TOKEN_LIFE)


def check(body: Payload) -> Payload:
    """The body of a call that went well. Raises CallError."""
    code = body.get("errcode", 0 if body else None)
    if code == 0:
        return body
    if code == _TOO_MANY:
        raise CallError("too_many_calls", again=True, after=_MINUTE, everywhere=True)
    if code == _TOO_MANY_AT_ONCE:
        raise CallError("too_many_at_once", again=True, after=_MOMENT, everywhere=True)
    if code == _BUSY or code is None:
        raise CallError("busy" if code else "no_answer", again=True)
    raise CallError(f"errcode_{code}" if isinstance(code, int) else "errcode")
