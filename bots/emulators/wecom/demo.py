"""A WeCom to play with: the application's chat with each person, and a group with the robot in it."""

import json
import time
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp import web
from markupsafe import Markup

from adapters.callbacks.envelope import Envelope
from bots.clock import SystemClock
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.wecom.model import AGENT, CORP, SECRET, Json, Message, WecomError
from bots.emulators.wecom.payloads import (
    Post,
    application_post,
    pressed_event,
    robot_answer,
    robot_post,
    robot_pressed_event,
)
from bots.emulators.wecom.server import WecomServer
from bots.gallery import wecom as drawing
from bots.settings import Secret
from core.members.model import Identity

_GROUP = "wrdemo"
_TOKEN, _KEY = "demo", "application" + "a" * 32  # 43 characters, as the console makes them
_ROBOT_TOKEN, _ROBOT_KEY = "robot", "robot" + "r" * 38
_MENU = "menu"
_STYLE = """
.wecom-menu { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px; border-top: 1px solid #d5d8dc;
  padding-top: 12px; font: 13px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
.wecom-menu div { display: grid; gap: 4px; align-content: start; }
"""


class Wecom:
    """``bots.emulators.model.Emulator`` for WeCom; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style + _STYLE

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith = kith
        # Its numbers begin at the time: another start is not taken for what came before.
        self._server = WecomServer(SystemClock(), first=int(time.time()))
        self._server.members |= {person.handle: {"name": person.name} for person in people}
        self._envelope = Envelope(_TOKEN, _KEY, CORP)
        self._robot = Envelope(_ROBOT_TOKEN, _ROBOT_KEY, "")
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """An application, and a robot for the group."""
        self._server.base = far
        return {
            "wecom_corp_id": CORP,
            "wecom_agent_id": AGENT,
            "wecom_secret": Secret(SECRET),
            "wecom_token": Secret(_TOKEN),
            "wecom_aes_key": Secret(_KEY),
            "wecom_robot_token": Secret(_ROBOT_TOKEN),
            "wecom_robot_aes_key": Secret(_ROBOT_KEY),
            "wecom_api_url": far,
        }

    def routes(self) -> list[web.RouteDef]:
        """The API, and where a robot's messages are answered."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A member of the one company."""
        return Identity("wecom", CORP, person.handle)

    def screen(self, person: Person) -> Screen:
        """The application's chat with its menu, and the group, where everybody reads everything."""
        direct, room = self._shown(person.handle), self._shown(_GROUP)
        return Screen([*direct, self._drawn_menu()], room, refused=self._server.refusals.lines)

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message to the application; in the group one that mentions the robot."""
        typed = Message(_GROUP if room else person.handle, {}, typed=f"@Kith {text}" if room else text)
        self._server.messages.append(typed)
        if room:
            await self._bring_robot(person, {"msgtype": "text", "text": {"content": f"@Kith {text}"}})
        else:
            await self._bring(person, {"MsgType": "text", "Content": text, "MsgId": self._server.number()})

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button of a card, with what is chosen in its list; or an entry of the menu."""
        if pressed["message"] == _MENU:
            await self._bring(person, {"MsgType": "event", "Event": "click", "EventKey": pressed["press"]})
            return
        message = self._server.messages[int(pressed["message"])]
        if message.to == _GROUP:
            event = robot_pressed_event(pressed, message.card)
            await self._bring_robot(person, {"msgtype": "event", "event": event})
        else:
            await self._bring(person, {"MsgType": "event", **pressed_event(pressed, message.card, message.code)})

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms are asked question by question: there is none to send."""

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session is not None:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    async def _bring(self, person: Person, payload: Json) -> None:
        now = time.time()
        told = {"ToUserName": CORP, "FromUserName": person.handle, "CreateTime": int(now), "AgentID": AGENT}
        await self._post(application_post(self._envelope, CORP, told | payload, now))

    async def _bring_robot(self, person: Person, payload: Json) -> None:
        """What rides on the acknowledgement stands in the group, or takes the place of the card that was pressed."""
        told = {
            "msgid": self._server.number(),
            "chatid": _GROUP,
            "chattype": "group",
            "from": {"userid": person.handle},
            "response_url": self._server.response_url(_GROUP),
        }
        sealed = await self._post(robot_post(self._robot, told | payload, time.time()))
        if not sealed:
            return
        try:
            self._server.passive(_GROUP, robot_answer(self._robot, sealed))
        except WecomError as refused:
            self._server.refusals.note("the robot's acknowledgement", str(refused))

    async def _post(self, post: Post) -> Json:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        async with self._session.post(f"{self._kith}{post.path}", data=post.body) as answer:
            answered = await answer.read()
        found: Json = json.loads(answered) if answered.startswith(b"{") else {}
        return found

    def _shown(self, place: str) -> list[Markup]:
        return [_draw(str(number), one) for number, one in enumerate(self._server.messages) if one.to == place]

    def _drawn_menu(self) -> Markup:
        # What opens a page has no line to run; it is offered where Kith has an address of its own.
        groups = Markup().join(
            Markup("<div><b>{}</b>{}</div>").format(
                group["name"], Markup().join(_entry(one) for one in group["sub_button"] if one["type"] == "click")
            )
            for group in self._server.menu["button"]
        )
        return drawn(_MENU, Markup('<div class="wecom-menu">{}</div>').format(groups)) if groups else Markup()


def _draw(number: str, message: Message) -> Markup:
    return said(message.typed) if message.typed else drawn(number, drawing.draw_message(message.body))


def _entry(entry: Json) -> Markup:
    return Markup('<button type="button" class="wecom-button" data-press="{}">{}</button>').format(
        entry["key"], entry["name"]
    )
