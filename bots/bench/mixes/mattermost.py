"""Mattermost in ``kith bench mixed``: slash commands in a channel, with their token in the field and the header."""

import itertools
import time
from base64 import b64encode
from urllib.parse import urlencode

from aiohttp import web

from bots.bench.mixes.model import Typed, request
from core.members.model import Identity

_TOKEN, _ANOTHER = "okwexkjpe7ygb8eq1ww58t483w", "i3mckyzt5fbp9mffzpxk9e4bcc"
_BOT = "b" * 26
_STALE = 3600  # seconds
_PATH = "/mattermost/command"
_numbers = itertools.count(1)


class _Mattermost:
    name = "mattermost"

    def environment(self, far: str) -> dict[str, str]:
        return {
            "KITH_MATTERMOST_COMMAND_TOKENS": _TOKEN,
            "KITH_MATTERMOST_BOT_TOKEN": "bot-token-of-the-bench",
            "KITH_MATTERMOST_API_URL": f"{far}/mattermost",
            "KITH_PUBLIC_URL": "https://kith.example",
        }

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/mattermost/api/v4/{path:.*}", _answer),
            web.post("/mattermost/hooks/commands/{id}", _answer),
        ]

    def identity(self, user: int) -> Identity:
        return Identity("mattermost", "", f"u{user:025d}")

    def call(self, typed: Typed) -> bytes:
        return self._sent(typed, _TOKEN, _TOKEN, time.time())

    def forgeries(self, typed: Typed) -> list[bytes]:
        now = time.time()
        return [
            self._sent(typed, _ANOTHER, _ANOTHER, now),
            self._sent(typed, _TOKEN, _ANOTHER, now),
            self._sent(typed, "", "", now),
            self._sent(typed, _TOKEN, _TOKEN, now - _STALE),
        ]

    def _sent(self, typed: Typed, field: str, header: str, at: float) -> bytes:
        user = self.identity(typed.user).user_id
        trigger = f"x{typed.number:025d}:{user}:{int(at * 1000)}:{b64encode(b'signature').decode()}"
        form = {
            "token": field,
            "team_id": "t" * 26,
            "channel_id": "c" * 26,
            "channel_name": "sales",
            "user_id": user,
            "user_name": user,
            "command": "/crm",
            "text": typed.line,
            "trigger_id": b64encode(trigger.encode()).decode(),
            "response_url": f"https://chat.example/hooks/commands/h{typed.number:025d}",
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Token {header}"}
        return request(_PATH, headers, urlencode(form).encode())


async def _answer(asked: web.Request) -> web.Response:
    """All is well: the bot, a version, a new post."""
    if asked.path.endswith("/users/me"):
        return web.json_response({"id": _BOT, "username": "kith"})
    if asked.path.endswith("/posts/ephemeral"):
        return web.json_response({"id": "api.context.permissions.app_error"}, status=403)
    return web.json_response({"id": f"p{next(_numbers):025d}", "Version": "11.10.0"})


MIX = _Mattermost()
