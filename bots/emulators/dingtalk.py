"""A DingTalk to play with: a chat with Kith's robot for each person, and a group, with cards of the template."""

import itertools
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from markupsafe import Markup

from adapters.dingtalk.signature import (
    CARD_SIGN,
    CARD_TIMESTAMP,
    ROBOT_SIGN,
    ROBOT_TIMESTAMP,
    card_signature,
    robot_signature,
)
from bots.emulators.model import Person, Screen, drawn, said
from bots.gallery import dingtalk as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]
Variables = dict[str, str]

_APP, _SECRET, _CORP = "dingdemo", "app-secret-of-the-demo", "dingcorp"
_GROUP = "cidSALES=="
_SESSION = 5_400_000  # milliseconds that a sessionWebhook lives
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


@dataclass(slots=True)
class _Message:
    """A message or a card in a chat; ``typed`` is what a person said.

    ``own`` has the variables that somebody sees instead of everybody's, by user.
    """

    chat: str
    typed: str = ""
    text: str = ""
    card: str = ""
    shown: Variables = field(default_factory=dict)
    own: dict[str, Variables] = field(default_factory=dict)

    def seen_by(self, user: str) -> Variables:
        """A card's variables as somebody sees them."""
        return self.shown | self.own.get(user, {})


class DingTalk:
    """``bots.emulators.model.Emulator`` for DingTalk; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith, self._far = kith, ""
        self._people = {_user(person): person for person in people}
        self._messages: dict[str, _Message] = {}
        self._callback: Payload = {}
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """One organisation's app with a card template; it is told where presses are to be brought."""
        self._far = far
        return {
            "dingtalk_app_key": _APP,
            "dingtalk_app_secret": Secret(_SECRET),
            "dingtalk_corp_id": _CORP,
            "dingtalk_card_template": "kith-card.schema",
            "dingtalk_api_url": f"{far}/dingtalk",
            "dingtalk_oapi_url": f"{far}/dingtalk",
            "public_url": self._kith,
        }

    def routes(self) -> list[web.RouteDef]:
        """Both interfaces' methods that Kith calls."""
        return [web.route("*", "/dingtalk/{path:.*}", self._api)]

    def identity(self, person: Person) -> Identity:
        """A person of the one organisation."""
        return Identity("dingtalk", _CORP, _user(person))

    def screen(self, person: Person) -> Screen:
        """The private chat and the group."""
        user = _user(person)
        shown = {
            chat: [_shown(id_, one, user) for id_, one in self._messages.items() if one.chat == chat]
            for chat in (user, _GROUP)
        }
        return Screen(shown[user], shown[_GROUP])

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message to the robot; in the group its name stands before it."""
        user = _user(person)
        self._put(_Message(_GROUP if room else user, typed=f"@Kith {text}" if room else text))
        chat = _GROUP if room else user
        now = int(time.time() * 1000)
        payload = {
            "msgId": f"msg{next(_numbers)}",
            "msgtype": "text",
            "text": {"content": f" {text}" if room else text},
            "conversationId": _GROUP if room else f"cid{user}==",
            "conversationType": "2" if room else "1",
            "senderNick": person.name,
            "senderId": f"$:LWCP_v1:${user}",
            "senderStaffId": user,
            "chatbotCorpId": _CORP,
            "robotCode": _APP,
            "createAt": now,
            "sessionWebhook": f"{self._far}/dingtalk/robot/sendBySession?session={chat}",
            "sessionWebhookExpiredTime": now + _SESSION,
        }
        signed = {ROBOT_TIMESTAMP: str(now), ROBOT_SIGN: robot_signature(str(now), _SECRET)}
        await self._bring(f"{self._kith}/dingtalk/robot", payload, signed)

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button of a card, or the one below its fields; the answer changes the card."""
        user, message = _user(person), self._messages[pressed["message"]]
        params: Payload = {"token": pressed["press"]}
        if pressed["press"] == drawing.SEND:
            fields = json.loads(message.seen_by(user)["form"])["fields"]
            params = {"form": {one["name"]: _filled(one, pressed.get(f"field-{one['name']}")) for one in fields}}
        content = {"cardPrivateData": {"actionIds": ["form" if "form" in params else "press"], "params": params}}
        payload = {
            "type": "actionCallback",
            "outTrackId": message.card,
            "corpId": _CORP,
            "userId": user,
            "content": json.dumps(content),
            "number": next(_numbers),
        }
        stamp = str(int(time.time() * 1000))
        signed = {CARD_TIMESTAMP: stamp, CARD_SIGN: card_signature(stamp, self._callback["apiSecret"])}
        answer = await self._bring(self._callback["callbackUrl"], payload, signed)
        message.shown |= (answer.get("cardData") or {}).get("cardParamMap", {})
        message.own.setdefault(user, {}).update((answer.get("userPrivateData") or {}).get("cardParamMap", {}))

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms are fields in a card: there is no dialog to send."""

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session is not None:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    async def _bring(self, address: str, payload: Payload, signed: dict[str, str]) -> Payload:
        self._session = self._session or aiohttp.ClientSession()
        async with self._session.post(address, json=payload, headers=signed) as answer:
            found: Payload = await answer.json() if answer.status == 200 else {}
            return found

    # -- from Kith ---------------------------------------------------------------------------------

    async def _api(self, asked: web.Request) -> web.Response:
        body = await asked.json() if asked.can_read_body else {}
        return web.json_response(self._answer(asked.method, asked.match_info["path"], body, asked.query))

    def _answer(self, method: str, path: str, body: Payload, query: Any) -> Payload:
        match (method, path):
            case ("POST", "v1.0/oauth2/accessToken"):
                return {"accessToken": "token-of-the-demo", "expireIn": 7200}
            case ("POST", "v1.0/card/callbacks/register"):
                self._callback = body
            case ("POST", "v1.0/card/instances/createAndDeliver"):
                chat = body["openSpaceId"].partition(".card//")[2].partition(".")[2]
                card = body["outTrackId"]
                self._messages.setdefault(card, _Message(chat, card=card, shown=body["cardData"]["cardParamMap"]))
                return {"success": True, "result": {"outTrackId": card, "deliverResults": [{"success": True}]}}
            case ("PUT", "v1.0/card/instances"):
                self._change(self._messages[body["outTrackId"]], body)
                return {"success": True, "result": True}
            case ("POST", "v1.0/robot/oToMessages/batchSend"):
                for user in body["userIds"]:
                    self._put(_Message(user, text=json.loads(body["msgParam"])["text"]))
            case ("POST", "v1.0/robot/groupMessages/send"):
                self._put(_Message(body["openConversationId"], text=json.loads(body["msgParam"])["text"]))
            case ("POST", "robot/sendBySession"):
                self._put(_Message(query["session"], text=body["markdown"]["text"]))
            case ("POST", "topapi/v2/user/get"):
                return {"errcode": 0, "result": {"userid": body["userid"], "org_email": ""}}
        return {}

    def _change(self, message: _Message, body: Payload) -> None:
        message.shown |= (body.get("cardData") or {}).get("cardParamMap", {})
        for user, data in (body.get("privateData") or {}).items():
            message.own.setdefault(user, {}).update(data["cardParamMap"])

    def _put(self, message: _Message) -> None:
        self._messages[f"m{next(_numbers)}"] = message


def _user(person: Person) -> str:
    return re.sub("[^a-z0-9]", "", person.handle.casefold())


def _filled(one: Payload, value: str | None) -> Any:
    """What a field sends: what was filled in, else what stands in it."""
    if value is None or one.get("hidden"):
        return one.get("defaultValue", "")
    found = [index for index, each in enumerate(one.get("options", ())) if each["value"] == value]
    return {"index": found[0], "value": value} if found else value


def _shown(id_: str, message: _Message, user: str) -> Markup:
    if message.typed:
        return said(message.typed)
    body = drawing.draw_variables(message.seen_by(user)) if message.card else drawing.draw_markdown(message.text)
    return drawn(id_, body)
