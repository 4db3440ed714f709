"""DingTalk in ``kith bench mixed``: messages to the robot, signed, at an address that nobody guesses."""

import json
import time
from typing import Any

from aiohttp import web

from adapters.dingtalk.signature import ROBOT_SIGN, ROBOT_TIMESTAMP, WINDOW, robot_signature
from bots.bench.mixes.model import Typed, request
from core.members.model import Identity

_APP, _APP_SECRET, _CORP = "dingbench", "bench", "dingcorp"
_SECRET = "part-of-the-address"  # noqa: S105 - of this machine's loopback
_ROBOT = "/dingtalk/robot"
_SESSION = 5400  # seconds


class _DingTalk:
    name = "dingtalk"

    def environment(self, far: str) -> dict[str, str]:
        self._hook = f"{far}/dingtalk/robot/sendBySession?session=bench"
        return {
            "KITH_DINGTALK_APP_KEY": _APP,
            "KITH_DINGTALK_APP_SECRET": _APP_SECRET,
            "KITH_DINGTALK_CORP_ID": _CORP,
            "KITH_DINGTALK_SECRET": _SECRET,
            "KITH_DINGTALK_API_URL": f"{far}/dingtalk",
            "KITH_DINGTALK_OAPI_URL": f"{far}/dingtalk",
        }

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/dingtalk/{path:.*}", _answer)]

    def identity(self, user: int) -> Identity:
        return Identity("dingtalk", _CORP, f"staff{user:08d}")

    def call(self, typed: Typed) -> bytes:
        return self._brought(typed)

    def forgeries(self, typed: Typed) -> list[bytes]:
        stale = time.time() - 2 * WINDOW.total_seconds()
        return [
            self._brought(typed, key="another"),
            self._brought(typed, key=""),
            self._brought(typed, at=stale),
            self._brought(typed, path=_ROBOT),
            self._brought(typed, path=f"{_ROBOT}/another"),
            self._brought(typed, corp="another"),
        ]

    def _brought(
        self,
        typed: Typed,
        *,
        key: str = _APP_SECRET,
        at: float | None = None,
        path: str = f"{_ROBOT}/{_SECRET}",
        corp: str = _CORP,
    ) -> bytes:
        stamp = str(int((time.time() if at is None else at) * 1000))
        sign = {ROBOT_SIGN: robot_signature(stamp, key)} if key else {}
        headers = {"Content-Type": "application/json", ROBOT_TIMESTAMP: stamp, **sign}
        return request(path, headers, json.dumps(self._message(typed, corp)).encode())

    def _message(self, typed: Typed, corp: str) -> dict[str, Any]:
        user = self.identity(typed.user).user_id
        return {
            "msgId": f"bench{typed.number}",
            "msgtype": "text",
            "text": {"content": typed.line},
            "conversationId": f"cid{user}",
            "conversationType": "1",
            "senderNick": "Bench",
            "senderStaffId": user,
            "chatbotCorpId": corp,
            "robotCode": _APP,
            "sessionWebhook": self._hook,
            "sessionWebhookExpiredTime": int((time.time() + _SESSION) * 1000),
        }


async def _answer(asked: web.Request) -> web.Response:
    if asked.match_info["path"].endswith("accessToken"):
        return web.json_response({"accessToken": "bench", "expireIn": 7200})
    return web.json_response({"errcode": 0, "processQueryKey": "q"})


MIX = _DingTalk()
