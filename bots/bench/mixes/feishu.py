"""Feishu in ``kith bench mixed``: messages in private chats, encrypted and signed."""

import itertools
import json
import time

from aiohttp import web

from bots.bench.mixes.model import Typed, request
from bots.emulators.feishu.payloads import encrypted, signed
from core.members.model import Identity

_STALE = 3600  # seconds
_PATH = "/feishu/events"
_KEY, _TOKEN, _TENANT = "bench encrypt key", "bench verification token", "t_bench"
_numbers = itertools.count(1)


class _Feishu:
    name = "feishu"

    def environment(self, far: str) -> dict[str, str]:
        return {
            "KITH_FEISHU_APP_ID": "cli_bench",
            "KITH_FEISHU_APP_SECRET": "bench",
            "KITH_FEISHU_ENCRYPT_KEY": _KEY,
            "KITH_FEISHU_VERIFICATION_TOKEN": _TOKEN,
            "KITH_FEISHU_API_URL": f"{far}/feishu",
        }

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/feishu/open-apis/{path:.*}", _answer)]

    def identity(self, user: int) -> Identity:
        return Identity("feishu", _TENANT, f"on_{user:08d}")

    def call(self, typed: Typed) -> bytes:
        return _signed(self._body(typed, _KEY), _KEY, time.time())

    def forgeries(self, typed: Typed) -> list[bytes]:
        body = self._body(typed, _KEY)
        good = _signed(body, _KEY, time.time())
        return [
            _signed(body, "another key", time.time()),
            _signed(self._body(typed, "another key"), _KEY, time.time()),
            _signed(body, _KEY, time.time() - _STALE),
            good[:-3] + bytes([good[-3] ^ 1]) + good[-2:],
            request(_PATH, {"Content-Type": "application/json"}, body),
        ]

    def _body(self, typed: Typed, key: str) -> bytes:
        user = self.identity(typed.user).user_id
        header = {
            "event_id": f"bench{typed.number}",
            "event_type": "im.message.receive_v1",
            "tenant_key": _TENANT,
            "token": _TOKEN,
        }
        message = {
            "message_id": f"om_bench{typed.number}",
            "chat_id": f"oc_{user}",
            "chat_type": "p2p",
            "message_type": "text",
            "content": json.dumps({"text": typed.line}),
        }
        sender = {"sender_id": {"union_id": user, "open_id": user.replace("on_", "ou_")}, "sender_type": "user"}
        event = {"schema": "2.0", "header": header, "event": {"sender": sender, "message": message}}
        return encrypted(event, key)


def _signed(body: bytes, key: str, at: float) -> bytes:
    return request(_PATH, signed(body, key, at), body)


async def _answer(asked: web.Request) -> web.Response:
    if asked.match_info["path"].endswith("tenant_access_token/internal"):
        return web.json_response({"code": 0, "tenant_access_token": "t-bench", "expire": 7200})
    return web.json_response({"code": 0, "data": {"message_id": f"om_{next(_numbers)}"}})


MIX = _Feishu()
