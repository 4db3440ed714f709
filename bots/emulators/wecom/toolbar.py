"""What the page in the emulated WeCom's toolbar is let in by: codes of the browser, and tickets to sign with."""

import hashlib
from collections.abc import Callable, Container
from datetime import datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from bots.emulators.rates import Rate
from bots.emulators.wecom.model import CORP, Call, Json, Method, WecomError
from core.clock import Clock

SIGNED_IN = "x-signed-in"  # in a browser's request to WeCom: whose app it is
_CODE_LIFE = timedelta(minutes=5)  # https://developer.work.weixin.qq.com/document/path/91023
_STATE_MAX = 128
# https://developer.work.weixin.qq.com/document/path/90506: so many an hour for the company, and for an application.
_HOUR, _CORP_MOST, _AGENT_MOST = timedelta(hours=1), 400, 100
_BAD_CODE, _TOO_MANY, _NO_SUCH_METHOD = 40029, 45009, 40066


class Toolbar:
    """``number`` makes what was never given before; ``members`` are the company's."""

    def __init__(self, clock: Clock, number: Callable[[], str], members: Container[str]) -> None:
        self._clock, self._number, self._members = clock, number, members
        self._codes: dict[str, tuple[datetime, str]] = {}
        self._tickets: dict[str, str] = {}
        self._rates = {"corp": Rate(_HOUR / _CORP_MOST, _CORP_MOST), "agent": Rate(_HOUR / _AGENT_MOST, _AGENT_MOST)}

    def methods(self) -> dict[str, Method]:
        """Those that Kith calls."""
        return {
            "auth/getuserinfo": self._user,
            "get_jsapi_ticket": lambda _call: self._ticket("corp"),
            "ticket/get": self._agent_ticket,
        }

    def code(self, user: str) -> str:
        """What the browser of somebody is sent back with: good once, for five minutes."""
        number = f"CODE{self._number()}"
        self._codes[number] = (self._clock.now() + _CODE_LIFE, user)
        return number

    def signed(self, kind: str, url: str, nonce: str, timestamp: str) -> str:
        """The signature that WeCom's script expects, of the ``corp`` or of the ``agent``."""
        ticket = self._tickets.get(kind, "")
        text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}"
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    async def authorize(self, request: web.Request) -> web.Response:
        """Sends the browser back with a code for who is signed in in it; what is wrong is a page that says so."""
        asked = request.query
        state = asked.get("state", "")
        sound = (asked.get("appid"), asked.get("response_type"), asked.get("scope")) == (CORP, "code", "snsapi_base")
        near = asked.get("redirect_uri", "").startswith("https://") and SIGNED_IN in request.headers
        if not sound or not near or not state.isalnum() or len(state) > _STATE_MAX:
            return web.Response(text="redirect_uri需使用应用可信域名")
        back = urlencode({"code": self.code(request.headers[SIGNED_IN]), "state": state})
        return web.Response(status=302, headers={"location": f"{asked['redirect_uri']}?{back}"})

    def _user(self, call: Call) -> Json:
        ends, user = self._codes.pop(call.query["code"], (self._clock.now(), ""))
        if self._clock.now() >= ends:
            raise WecomError(_BAD_CODE)
        return {"userid": user} if user in self._members else {"openid": user}

    def _agent_ticket(self, call: Call) -> Json:
        if call.query.get("type") != "agent_config":
            raise WecomError(_NO_SUCH_METHOD)
        return self._ticket("agent")

    def _ticket(self, kind: str) -> Json:
        if self._rates[kind].wait("", self._clock.now()):
            raise WecomError(_TOO_MANY)
        self._tickets[kind] = f"{kind}-ticket-{self._number()}"
        return {"ticket": self._tickets[kind], "expires_in": 7200}
