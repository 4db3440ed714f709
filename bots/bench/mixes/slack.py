"""Slack in ``kith bench mixed``: slash commands in a direct conversation."""

import hashlib
import hmac
import time
from urllib.parse import urlencode

from aiohttp import web

from bots.bench.data import IDENTITY
from bots.bench.mixes.model import Typed, request
from bots.bench.servers import SIGNING_SECRET
from core.members.model import Identity

_STALE = 3600  # seconds
_PATH = "/slack/events"


class _Slack:
    name = "slack"

    def environment(self, far: str) -> dict[str, str]:
        self._far = far
        return {
            "KITH_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "KITH_SLACK_BOT_TOKEN": "xoxb-bench",
            "KITH_SLACK_API_URL": f"{far}/slack/api/",
        }

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/slack/api/{method}", _answer), web.post("/slack/hooks/{id}", _taken)]

    def identity(self, user: int) -> Identity:
        return Identity("slack", IDENTITY.tenant, f"U{user:08d}")

    def call(self, typed: Typed) -> bytes:
        return _signed(self._form(typed), SIGNING_SECRET, time.time())

    def forgeries(self, typed: Typed) -> list[bytes]:
        body = self._form(typed)
        good = _signed(body, SIGNING_SECRET, time.time())
        return [
            _signed(body, "another secret", time.time()),
            _signed(body, SIGNING_SECRET, time.time() - _STALE),
            good[:-1] + bytes([good[-1] ^ 1]),
            request(_PATH, {"Content-Type": "application/x-www-form-urlencoded"}, body),
        ]

    def _form(self, typed: Typed) -> bytes:
        user = self.identity(typed.user).user_id
        form = {
            "command": "/crm",
            "text": typed.line,
            "team_id": IDENTITY.tenant,
            "user_id": user,
            "user_name": user,
            "channel_id": f"D{user[1:]}",
            "channel_name": "directmessage",
            "response_url": f"{self._far}/slack/hooks/{typed.number}",
            "trigger_id": f"{typed.number}.bench",
        }
        return urlencode(form).encode()


def _signed(body: bytes, secret: str, at: float) -> bytes:
    stamp = str(int(at))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }
    return request(_PATH, headers, body)


async def _answer(asked: web.Request) -> web.Response:
    who = {"team_id": IDENTITY.tenant, "user_id": "U0BOT", "bot_id": "B0BOT"}
    sent = {"channel": "D0", "ts": "1795420000.000001"}
    return web.json_response({"ok": True, **(who if asked.match_info["method"] == "auth.test" else sent)})


async def _taken(_asked: web.Request) -> web.Response:
    return web.Response(text="ok")


MIX = _Slack()
