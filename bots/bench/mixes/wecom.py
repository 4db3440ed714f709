"""WeCom in ``kith bench mixed``: messages to the application, sealed and signed."""

import time

from aiohttp import web

from adapters.callbacks.envelope import Envelope
from bots.bench.mixes.model import Typed, request
from bots.emulators.wecom.payloads import Post, application_post
from core.members.model import Identity

_STALE = 3600  # seconds
_CORP, _AGENT = "wwbench", 1_000_002
_TOKEN, _KEY, _OTHER_KEY = "bench", "bench" + "b" * 38, "other" + "o" * 38  # keys of 43 characters


class _Wecom:
    name = "wecom"

    def __init__(self) -> None:
        self._envelope = Envelope(_TOKEN, _KEY, _CORP)

    def environment(self, far: str) -> dict[str, str]:
        return {
            "KITH_WECOM_CORP_ID": _CORP,
            "KITH_WECOM_AGENT_ID": str(_AGENT),
            "KITH_WECOM_SECRET": "bench",
            "KITH_WECOM_TOKEN": _TOKEN,
            "KITH_WECOM_AES_KEY": _KEY,
            "KITH_WECOM_API_URL": f"{far}/wecom",
        }

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/wecom/cgi-bin/{method:.+}", _answer)]

    def identity(self, user: int) -> Identity:
        return Identity("wecom", _CORP, f"user{user:08d}")

    def call(self, typed: Typed) -> bytes:
        return _request(self._post(typed, self._envelope, time.time()))

    def forgeries(self, typed: Typed) -> list[bytes]:
        now = time.time()
        good = self._post(typed, self._envelope, now)
        return [
            _request(self._post(typed, Envelope("another", _KEY, _CORP), now)),
            _request(self._post(typed, Envelope(_TOKEN, _OTHER_KEY, _CORP), now)),
            _request(self._post(typed, Envelope(_TOKEN, _KEY, "another"), now)),
            _request(self._post(typed, self._envelope, now - _STALE)),
            _request(Post(good.path.partition("?")[0], good.body)),
        ]

    def _post(self, typed: Typed, envelope: Envelope, at: float) -> Post:
        who = {"ToUserName": _CORP, "FromUserName": self.identity(typed.user).user_id, "CreateTime": int(at)}
        said = {"MsgType": "text", "Content": typed.line, "MsgId": f"bench{typed.number}", "AgentID": _AGENT}
        return application_post(envelope, _CORP, who | said, at)


def _request(post: Post) -> bytes:
    return request(post.path, {"Content-Type": "text/xml"}, post.body)


async def _answer(asked: web.Request) -> web.Response:
    answer = {"errcode": 0, "errmsg": "ok"}
    if asked.match_info["method"] == "gettoken":
        answer |= {"access_token": "bench", "expires_in": 7200}
    return web.json_response(answer)


MIX = _Wecom()
