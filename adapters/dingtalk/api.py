"""Calls to DingTalk, its ways of failing told as one error."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from adapters.callbacks.calls import Answer, Caller, CallError
from adapters.callbacks.tokens import Token, Tokens
from adapters.dingtalk.config import DingTalkConfig
from core.clock import Clock

_HEADER = "x-acs-dingtalk-access-token"
_REFUSED, _FAILED = 401, 400
# What is told of a token that is good no more, by the new interface and by the old one (errcode).
_DEAD_TOKEN = {"invalidauthentication", "invalidparameter.token.invalid", "token.notexisted", "40014", "42001"}
# Too fast: of the interface (Throttling, QpsLimit), of a group's robot (130101: 20 a minute; 410100), of an app.
_TOO_FAST = ("throttl", "qpslimit", "flow.control", "flowcontrol")
_TOO_FAST_CODES = {"130101", "410100", "90002", "90018", "4001003"}
_PAUSE = timedelta(minutes=1)
_BUSY = {"-1", "systembusy", "serviceunavailable", "internalerror", "system.error", "unknownerror"}
HOOK_HOSTS = ("oapi.dingtalk.com", "api.dingtalk.com")  # where every sessionWebhook of DingTalk's own leads


class Api:
    """The interfaces at ``config.api_url`` and ``config.oapi_url``. Made anywhere, used in one event loop."""

    def __init__(self, config: DingTalkConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._caller = Caller(config.api_url)
        self._tokens = Tokens(self._fetch, clock)

    async def call(self, method: str, path: str, body: Any) -> dict[str, Any]:
        """A call of the new interface. Raises CallError; a token that is refused is fetched anew once."""
        answer, token = await self._called(method, path, body)
        if answer.status == _REFUSED or _code(answer).casefold() in _DEAD_TOKEN:
            self._tokens.refused(token)
            answer, _ = await self._called(method, path, body)
        return _good(answer)

    async def post(self, path: str, body: Any) -> dict[str, Any]:
        """A call that brings its own proof in the body, and no token. Raises CallError.

        DingTalk's gateway answers in XML whoever does not ask for JSON.
        """
        return _good(await self._caller.call("POST", path, json=body, headers={"Accept": "application/json"}))

    async def ask(self, path: str, body: Any) -> dict[str, Any]:
        """A call of the old interface; its ``result``. Raises CallError."""
        token = await self._tokens.current()
        answer = await self._asked(path, body, token)
        if _code(answer) in _DEAD_TOKEN:
            self._tokens.refused(token)
            answer = await self._asked(path, body, await self._tokens.current())
        result = _good(answer).get("result")
        return result if isinstance(result, dict) else {}

    async def respond(self, hook: str, body: Any) -> None:
        """Posts to a conversation's sessionWebhook. Raises CallError."""
        if not self.may_post_to(hook):
            raise CallError("hook_refused")
        _good(await self._caller.call("POST", hook, json=body))

    def may_post_to(self, hook: str) -> bool:
        """Whether an address is DingTalk's, or of the configured interface: no payload makes Kith call anybody else."""
        try:
            asked, own = urlsplit(hook), urlsplit(self._config.oapi_url)
            port = asked.port
        except ValueError:
            return False
        if asked.username or asked.password:
            return False
        here = (asked.scheme, asked.hostname, port) == (own.scheme, own.hostname, own.port)
        return here or (asked.scheme == "https" and asked.hostname in HOOK_HOSTS and port in {None, 443})

    async def close(self) -> None:
        """Ends every connection."""
        await self._caller.close()

    async def _called(self, method: str, path: str, body: Any) -> tuple[Answer, str]:
        token = await self._tokens.current()
        return await self._caller.call(method, path, json=body, headers={_HEADER: token}), token

    async def _asked(self, path: str, body: Any, token: str) -> Answer:
        url = f"{self._config.oapi_url}{path}"
        return await self._caller.call("POST", url, json=body, params={"access_token": token})

    async def _fetch(self) -> Token:
        """https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app."""
        body = {"appKey": self._config.app_key, "appSecret": self._config.app_secret}
        told = _good(await self._caller.call("POST", "/v1.0/oauth2/accessToken", json=body))
        value, seconds = told.get("accessToken"), told.get("expireIn")
        if not isinstance(value, str) or not isinstance(seconds, int):
            raise CallError("no_token")
        return Token(value, self._clock.now() + timedelta(seconds=seconds))


def _code(answer: Answer) -> str:
    return str(answer.body.get("code") or answer.body.get("errcode") or "")


def _good(answer: Answer) -> dict[str, Any]:
    """The body of an answer that is one. Raises CallError."""
    code = _code(answer)
    if answer.status < _FAILED and (not code or code == "0"):
        return answer.body
    known = code.casefold()
    if known in _TOO_FAST_CODES or any(word in known for word in _TOO_FAST):
        raise CallError("too_fast", again=True, after=_PAUSE, everywhere=known not in {"130101", "410100"})
    again = known in _BUSY or (answer.status == _REFUSED and not code)
    # A code is DingTalk's own word; anything longer or stranger than one is not repeated.
    plain = code if len(code) < 60 and code.replace(".", "").replace("_", "").isalnum() else ""
    raise CallError(plain or f"status_{answer.status}", again=again)
