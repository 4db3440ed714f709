"""A WeCom to play with: the application's chat with each person, and a group with the robot in it."""

import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web
from markupsafe import Markup

from adapters.callbacks.envelope import Envelope
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.wecom_payloads import (
    Post,
    application_post,
    pressed_event,
    robot_answer,
    robot_post,
    robot_pressed_event,
)
from bots.gallery import wecom as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]

_CORP, _AGENT, _GROUP = "wwdemo", 1_000_002, "wrdemo"
_TOKEN, _KEY = "demo", "application" + "a" * 32  # 43 characters, as the console makes them
_ROBOT_TOKEN, _ROBOT_KEY = "robot", "robot" + "r" * 38
_NO_SUCH_MEMBER, _NO_SUCH_METHOD, _NO_SUCH_CODE = 60111, 40066, 42010
_MENU = "menu"
_STYLE = """
.wecom-menu { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; border-top: 1px solid #d5d8dc;
  padding-top: 12px; font: 13px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
.wecom-menu div { display: grid; gap: 4px; align-content: start; }
"""
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


@dataclass(slots=True)
class _Message:
    """A message in somebody's chat with the application, or in the group. ``code`` changes its card."""

    place: str
    body: Payload
    code: str = ""
    typed: str = ""

    @property
    def card(self) -> Payload:
        """The card in it; empty for a text."""
        found: Payload = self.body.get("template_card", {})
        return found


class Wecom:
    """``bots.emulators.model.Emulator`` for WeCom; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style + _STYLE

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith, self._far = kith, ""
        self._people = {person.handle: person for person in people}
        self._messages: dict[str, _Message] = {}
        self._menu: Payload = {"button": []}
        self._envelope = Envelope(_TOKEN, _KEY, _CORP)
        self._robot = Envelope(_ROBOT_TOKEN, _ROBOT_KEY, "")
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """An application, and a robot for the group."""
        self._far = f"{far}/wecom"
        return {
            "wecom_corp_id": _CORP,
            "wecom_agent_id": _AGENT,
            "wecom_secret": Secret("demo"),
            "wecom_token": Secret(_TOKEN),
            "wecom_aes_key": Secret(_KEY),
            "wecom_robot_token": Secret(_ROBOT_TOKEN),
            "wecom_robot_aes_key": Secret(_ROBOT_KEY),
            "wecom_api_url": self._far,
        }

    def routes(self) -> list[web.RouteDef]:
        """The API, and where a robot's messages are answered."""
        return [
            web.route("*", "/wecom/cgi-bin/{method:.+}", self._api),
            web.post("/wecom/answers/{place}", self._answered),
        ]

    def identity(self, person: Person) -> Identity:
        """A member of the one company."""
        return Identity("wecom", _CORP, person.handle)

    def screen(self, person: Person) -> Screen:
        """The application's chat with its menu, and the group, where everybody reads everything."""
        return Screen([*self._shown(person.handle), self._drawn_menu()], self._shown(_GROUP))

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message to the application; in the group one that mentions the robot."""
        self._put(_Message(_GROUP if room else person.handle, {}, typed=f"@Kith {text}" if room else text))
        if room:
            await self._bring_robot(person, {"msgtype": "text", "text": {"content": f"@Kith {text}"}})
        else:
            await self._bring(person, {"MsgType": "text", "Content": text, "MsgId": next(_numbers)})

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button of a card, with what is chosen in its list; or an entry of the menu."""
        if pressed["message"] == _MENU:
            await self._bring(person, {"MsgType": "event", "Event": "click", "EventKey": pressed["press"]})
            return
        message = self._messages[pressed["message"]]
        if message.place == _GROUP:
            event = robot_pressed_event(pressed, message.card)
            await self._bring_robot(person, {"msgtype": "event", "event": event}, message)
        else:
            await self._bring(person, {"MsgType": "event", **pressed_event(pressed, message.card, message.code)})

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms are asked question by question: there is none to send."""

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session is not None:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    async def _bring(self, person: Person, payload: Payload) -> None:
        now = time.time()
        told = {"ToUserName": _CORP, "FromUserName": person.handle, "CreateTime": int(now), "AgentID": _AGENT}
        await self._post(application_post(self._envelope, _CORP, told | payload, now))

    async def _bring_robot(self, person: Person, payload: Payload, pressed: _Message | None = None) -> None:
        """What rides on the acknowledgement stands in the group, or takes the place of the card that was pressed."""
        told = {
            "msgid": str(next(_numbers)),
            "chatid": _GROUP,
            "chattype": "group",
            "from": {"userid": person.handle},
            "response_url": f"{self._far}/answers/{_GROUP}",
        }
        sealed = await self._post(robot_post(self._robot, told | payload, time.time()))
        answer = robot_answer(self._robot, sealed) if sealed else {}
        if pressed is not None and "response_type" in answer:
            pressed.body = {"template_card": answer["template_card"]}
        elif answer:
            self._put(_Message(_GROUP, answer))

    async def _post(self, post: Post) -> Payload:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(f"{self._kith}{post.path}", data=post.body) as answer:
            answered = await answer.read()
        found: Payload = json.loads(answered) if answered.startswith(b"{") else {}
        return found

    # -- from Kith ---------------------------------------------------------------------------------

    async def _api(self, asked: web.Request) -> web.Response:
        body = await asked.json() if asked.can_read_body else {}
        answer = self._answer(asked.match_info["method"], body, asked.query.get("userid", ""))
        return web.json_response({"errcode": 0, "errmsg": "ok", **answer})

    def _answer(self, method: str, body: Payload, user: str) -> Payload:  # noqa: PLR0911 - one line per method
        match method:
            case "gettoken":
                return {"access_token": "demo", "expires_in": 7200}
            case "message/send":
                return self._sent(body)
            case "message/update_template_card":
                return self._updated(body)
            case "user/get" if user in self._people:
                return {"userid": user, "name": self._people[user].name}
            case "user/get":
                return {"errcode": _NO_SUCH_MEMBER}
            case "menu/create":
                self._menu = body
                return {}
            case _:
                return {"errcode": _NO_SUCH_METHOD}

    def _sent(self, body: Payload) -> Payload:
        code = f"code{next(_numbers)}"
        number = self._put(_Message(body["touser"], body, code))
        return {"msgid": number, "response_code": code}

    def _updated(self, body: Payload) -> Payload:
        message = next((one for one in self._messages.values() if one.code == body["response_code"]), None)
        if message is None:
            return {"errcode": _NO_SUCH_CODE}
        message.body, message.code = {"template_card": body["template_card"]}, f"code{next(_numbers)}"
        return {"response_code": message.code}

    async def _answered(self, asked: web.Request) -> web.Response:
        self._put(_Message(asked.match_info["place"], await asked.json()))
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    def _put(self, message: _Message) -> str:
        number = str(next(_numbers))
        self._messages[number] = message
        return number

    def _shown(self, place: str) -> list[Markup]:
        return [_draw(number, one) for number, one in self._messages.items() if one.place == place]

    def _drawn_menu(self) -> Markup:
        # What opens a page has no line to run; it is offered where Kith has an address of its own.
        groups = Markup().join(
            Markup("<div><b>{}</b>{}</div>").format(
                group["name"], Markup().join(_entry(one) for one in group["sub_button"] if one["type"] == "click")
            )
            for group in self._menu["button"]
        )
        return drawn(_MENU, Markup('<div class="wecom-menu">{}</div>').format(groups)) if groups else Markup()


def _draw(number: str, message: _Message) -> Markup:
    return said(message.typed) if message.typed else drawn(number, drawing.draw_message(message.body))


def _entry(entry: Payload) -> Markup:
    return Markup('<button type="button" class="wecom-button" data-press="{}">{}</button>').format(
        entry["key"], entry["name"]
    )
