"""Telegram in ``kith bench mixed``: messages in private chats, brought by webhook."""

import itertools
import json
from typing import Any

from aiohttp import web

from bots.bench.mixes.model import Typed, request
from core.members.model import Identity

_TOKEN, _SECRET = "4242:AA-bench", "bench-webhook-secret"
_PATH = "/telegram/webhook"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_BOT = {"id": 4242, "is_bot": True, "first_name": "Kith", "username": "kith_bench_bot"}
_FIRST_USER = 1_000
_FIRST_UPDATE = 1_000_000
_numbers = itertools.count(1)


class _Telegram:
    name = "telegram"

    def environment(self, far: str) -> dict[str, str]:
        return {
            "KITH_TELEGRAM_TOKEN": _TOKEN,
            "KITH_TELEGRAM_SECRET": _SECRET,
            "KITH_TELEGRAM_MODE": "webhook",
            "KITH_TELEGRAM_API_URL": f"{far}/telegram",
        }

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/telegram/bot{token}/{method}", _answer)]

    def identity(self, user: int) -> Identity:
        return Identity("telegram", "", str(_FIRST_USER + user))

    def call(self, typed: Typed) -> bytes:
        return _brought(typed, {_HEADER: _SECRET})

    def forgeries(self, typed: Typed) -> list[bytes]:
        return [
            _brought(typed, {_HEADER: "another secret"}),
            _brought(typed, {_HEADER: _SECRET[:-1]}),
            _brought(typed, {}),
        ]


def _brought(typed: Typed, headers: dict[str, str]) -> bytes:
    user = _FIRST_USER + typed.user
    message = {
        "message_id": typed.number + 1,
        "date": 1_795_485_600,
        "from": {"id": user, "is_bot": False, "first_name": "Bench", "language_code": "en"},
        "chat": {"id": user, "type": "private", "first_name": "Bench"},
        "text": typed.line,
    }
    update = {"update_id": _FIRST_UPDATE + typed.number, "message": message}
    return request(_PATH, {"Content-Type": "application/json", **headers}, json.dumps(update).encode())


async def _answer(asked: web.Request) -> web.Response:
    method, sent = asked.match_info["method"], await asked.post()
    results: dict[str, Any] = {"getMe": _BOT, "sendMessage": _message(sent), "editMessageText": _message(sent)}
    return web.json_response({"ok": True, "result": results.get(method, True)})


def _message(sent: Any) -> dict[str, Any]:
    chat = {"id": int(str(sent.get("chat_id", 0))), "type": "private", "first_name": "Bench"}
    return {"message_id": next(_numbers), "date": 1_795_485_600, "from": _BOT, "chat": chat, "text": "taken"}


MIX = _Telegram()
