"""The app in which people type and press, and what DingTalk then brings to Kith."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from adapters.dingtalk.signature import (
    CARD_SIGN,
    CARD_TIMESTAMP,
    ROBOT_SIGN,
    ROBOT_TIMESTAMP,
    card_signature,
    robot_signature,
)
from bots.emulators.dingtalk.model import Json, Message
from bots.emulators.dingtalk.server import APP_KEY, APP_SECRET, CORP, GROUP, DingTalkServer
from bots.emulators.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request to Kith, which can be brought again byte for byte."""

    path: str
    body: bytes
    headers: dict[str, str]


class Client:
    """What anybody does on ``server``. Kith is reached through ``kith``, which knows where its paths begin."""

    def __init__(self, server: DingTalkServer[Any], kith: httpx.AsyncClient) -> None:
        self._server, self._kith = server, kith

    def message(self, user: str, name: str, text: str, *, room: bool = False) -> Json:
        """What a message to the robot says; in a group its name was written before it."""
        hook, until = self._server.session(GROUP if room else user)
        return {
            "msgId": f"msg{self._server.number()}",
            "msgtype": "text",
            "text": {"content": f" {text}" if room else text},
            "conversationId": GROUP if room else f"cid{user}==",
            "conversationType": "2" if room else "1",
            "senderNick": name,
            "senderId": f"$:LWCP_v1:${user}",
            "senderStaffId": user,
            "senderCorpId": CORP,
            "chatbotCorpId": CORP,
            "chatbotUserId": "robot",
            "robotCode": APP_KEY,
            "createAt": self._server.milliseconds(),
            "sessionWebhook": hook,
            "sessionWebhookExpiredTime": until,
            "isInAtList": room,
            "isAdmin": False,
        }

    def said(self, payload: Json, path: str) -> Delivery:
        """A message, signed for the robot's address."""
        stamp = str(self._server.milliseconds())
        signed = {ROBOT_TIMESTAMP: stamp, ROBOT_SIGN: robot_signature(stamp, APP_SECRET)}
        return Delivery(path, json.dumps(payload).encode(), signed)

    def pressed(self, user: str, message: Message, params: Json, action: str = "press") -> Delivery:
        """A press in a card, signed with what Kith registered. Raises RefusedError where it registered nothing."""
        registered = self._server.callbacks.get(message.route_key)
        if registered is None:
            raise RefusedError(404, "nobody is to be told of presses in this card")
        content = json.dumps({"cardPrivateData": {"actionIds": [action], "params": params}})
        payload = {
            "type": "actionCallback",
            "outTrackId": message.card,
            "corpId": CORP,
            "userId": user,
            "content": content,
            "spaceType": "im",
            "number": self._server.number(),
        }
        stamp = str(self._server.milliseconds())
        signed = {CARD_TIMESTAMP: stamp, CARD_SIGN: card_signature(stamp, registered["apiSecret"])}
        return Delivery(urlsplit(registered["callbackUrl"]).path, json.dumps(payload).encode(), signed)

    async def bring(self, delivery: Delivery) -> httpx.Response:
        """Brings it."""
        return await self._kith.post(delivery.path, content=delivery.body, headers=delivery.headers)


def sent_by(one: Json, value: str | None) -> Any:
    """What a field sends: what was filled in or chosen (by value or by name), else what stands in it."""
    if value is None or one.get("hidden"):
        return one.get("defaultValue", "")
    if one["type"] != "SELECT":
        return value
    found = [n for n, option in enumerate(one["options"]) if value in {option["value"], option["text"]}]
    return {"index": found[0], "value": one["options"][found[0]]["value"]} if found else ""
