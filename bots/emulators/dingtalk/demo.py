"""A DingTalk to play with: a chat with Kith's robot for each person, and a group, with cards of the template."""

import re
import time
from collections.abc import Sequence
from typing import Any

import httpx
from aiohttp import web
from markupsafe import Markup

from adapters.dingtalk.config import ROBOT_PATH
from bots.clock import SystemClock
from bots.emulators.dingtalk.client import Client, Delivery, sent_by
from bots.emulators.dingtalk.model import Json, Message
from bots.emulators.dingtalk.server import APP_KEY, APP_SECRET, CORP, GROUP, TEMPLATE, DingTalkServer
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.refusals import RefusedError, WrongAnswerError
from bots.gallery import dingtalk as drawing
from bots.settings import Secret
from core.members.model import Identity

_OK = 200


class DingTalk:
    """``bots.emulators.model.Emulator`` for DingTalk; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        # Another start is not taken for what came before: what Kith did once, it does not do again.
        self._server = DingTalkServer(SystemClock(), Message, first=int(time.time()))
        self._server.staff = {_user(person) for person in people}
        self._server.people_in[GROUP] = [_user(person) for person in people if person.member]
        self._kith = kith
        self._http = httpx.AsyncClient(base_url=kith, trust_env=False)
        self._client = Client(self._server, self._http)

    def settings(self, far: str) -> dict[str, Any]:
        """One organisation's app with a card template; it is told where presses are to be brought."""
        self._server.url = far
        return {
            "dingtalk_app_key": APP_KEY,
            "dingtalk_app_secret": Secret(APP_SECRET),
            "dingtalk_corp_id": CORP,
            "dingtalk_card_template": TEMPLATE,
            "dingtalk_api_url": far,
            "dingtalk_oapi_url": far,
            "public_url": self._kith,
        }

    def routes(self) -> list[web.RouteDef]:
        """Both interfaces' methods that Kith calls."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A person of the one organisation."""
        return Identity("dingtalk", CORP, _user(person))

    def screen(self, person: Person) -> Screen:
        """The private chat and the group."""
        user = _user(person)
        own, room = ([_shown(one, user) for one in self._server.messages if one.chat == chat] for chat in (user, GROUP))
        return Screen(own, room, refused=self._server.refusals.lines)

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message to the robot; in the group its name stands before it."""
        user = _user(person)
        self._server.put(GROUP if room else user, typed=f"@Kith {text}" if room else text)
        payload = self._client.message(user, person.name, text, room=room)
        try:
            await self._bring(self._client.said(payload, ROBOT_PATH))
        except WrongAnswerError as failed:
            self._server.refusals.note(text, str(failed))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button of a card, or the one below its fields; the answer changes the card."""
        user = _user(person)
        message = next(one for one in self._server.messages if one.id == pressed["message"])
        params: Json = {"token": pressed["press"]}
        if pressed["press"] == drawing.SEND:
            fields = message.fields(user)
            params = {"form": {one["name"]: sent_by(one, pressed.get(f"field-{one['name']}")) for one in fields}}
        try:
            made = self._client.pressed(user, message, params, "form" if "form" in params else "press")
            self._server.apply(message, user, await self._answer(message, made))
        except (RefusedError, WrongAnswerError) as failed:
            self._server.refusals.note("press", str(failed))

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms are fields in a card: there is no dialog to send."""

    async def close(self) -> None:
        """Ends the connection to Kith."""
        await self._http.aclose()

    async def _answer(self, message: Message, delivery: Delivery) -> Json:
        """What a press is answered; till then its card is changed by nothing else."""
        self._server.pressing.add(message.card)
        try:
            return await self._bring(delivery)
        finally:
            self._server.pressing.discard(message.card)

    async def _bring(self, delivery: Delivery) -> Json:
        answer = await self._client.bring(delivery)
        if answer.status_code != _OK:
            raise WrongAnswerError(f"status {answer.status_code}")
        body: Json = answer.json()
        return body


def _user(person: Person) -> str:
    return re.sub("[^a-z0-9]", "", person.handle.casefold())


def _shown(message: Message, user: str) -> Markup:
    if message.typed:
        return said(message.typed)
    body = drawing.draw_variables(message.variables(user)) if message.card else drawing.draw_markdown(message.text)
    return drawn(message.id, body)
