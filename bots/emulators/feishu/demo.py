"""A Feishu to play with: a private chat with Kith for each person, and a group; forms are filled in in their cards."""

import time
from collections.abc import Sequence
from typing import Any

import aiohttp
from aiohttp import web
from markupsafe import Markup

from bots.clock import SystemClock
from bots.emulators.feishu.client import Client
from bots.emulators.feishu.model import Chat, FeishuError, Json, Posted, open_id
from bots.emulators.feishu.payloads import action_of
from bots.emulators.feishu.server import APP_ID, APP_SECRET, FeishuServer
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.refusals import WrongAnswerError
from bots.gallery import feishu as drawing
from bots.settings import Secret
from core.members.model import Identity

_KEY, _TOKEN, _ROOM = "encrypt key of the demo", "verification token of the demo", "oc_room"
_OK = 200
_PATIENCE = aiohttp.ClientTimeout(
    total=3
)  # https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
_STYLE = """
.feishu-toast { font: 14px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; background: #1f2329; color: #fff;
  border-radius: 6px; padding: 6px 14px; width: fit-content; }
.feishu-private { font: 12px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #646a73; }
"""


class Feishu:
    """``bots.emulators.model.Emulator`` for Feishu; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style + _STYLE

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        # Another start is not taken for what came before: what Kith did once, it does not do again.
        self._server = server = FeishuServer(SystemClock(), first=int(time.time()))
        for person in people:
            server.person(_union(person), open_id(_union(person)), name=person.name)
        server.chats[_ROOM] = Chat("group", [_union(person) for person in people if person.member])
        self._client = Client(server, _KEY, _TOKEN)
        self._kith = kith
        self._toasts: dict[str, tuple[str, str]] = {}  # by person: the chat, and what flashed up at the last press
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """One app, encrypted and signed."""
        return {
            "feishu_app_id": APP_ID,
            "feishu_app_secret": Secret(APP_SECRET),
            "feishu_encrypt_key": Secret(_KEY),
            "feishu_verification_token": Secret(_TOKEN),
            "feishu_api_url": far,
        }

    def routes(self) -> list[web.RouteDef]:
        """The open API."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A person of the one company."""
        return Identity("feishu", self._server.tenant, _union(person))

    def screen(self, person: Person) -> Screen:
        """The private chat, and the group with what only this person sees in it."""
        direct = self._shown(person, self._server.own_chat(_union(person)))
        return Screen(direct, self._shown(person, _ROOM), refused=self._server.refusals.lines)

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message; in the group one that mentions Kith, and that everybody there reads."""
        user, line = _union(person), f"@Kith {text}" if room else text
        self._toasts.pop(user, None)
        self._server.post(_ROOM if room else self._server.own_chat(user), {}, typed=line)
        try:
            await self._bring(self._client.message(user, line, chat=_ROOM if room else ""))
        except WrongAnswerError as failed:
            self._server.refusals.note(line, str(failed))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, a menu's entry, or the button of a form, with which come its fields."""
        user = _union(person)
        self._toasts.pop(user, None)
        posted = next(one for one in self._server.posted if one.id == pressed["message"])
        try:
            answer = await self._bring(self._client.callback(user, posted, action_of(posted.card, pressed)))
            self._client.take(posted, answer)
        except (FeishuError, WrongAnswerError) as failed:
            self._server.refusals.note("card.action.trigger", str(failed))
            return
        if "toast" in answer:
            self._toasts[user] = (posted.chat, answer["toast"]["content"])

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms stand in cards: there is none to send."""

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session is not None:
            await self._session.close()

    async def _bring(self, payload: Json) -> Json:
        body = self._client.body(payload)
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_PATIENCE)
        url, headers = f"{self._kith}/feishu/events", self._client.headers(body)
        try:
            async with self._session.post(url, data=body, headers=headers) as answer:
                if answer.status != _OK:
                    raise WrongAnswerError(f"status {answer.status}")
                found: Json = await answer.json()
                return found
        except TimeoutError as late:
            raise WrongAnswerError("no answer within 3 seconds") from late

    def _shown(self, person: Person, chat: str) -> list[Markup]:
        user = _union(person)
        seen = [_draw(one) for one in self._server.seen(user, chat)]
        place, toast = self._toasts.get(user, ("", ""))
        return [*seen, Markup('<div class="feishu-toast">{}</div>').format(toast)] if place == chat else seen


def _union(person: Person) -> str:
    return f"on_{person.handle}"


def _draw(posted: Posted) -> Markup:
    if posted.typed:
        return said(posted.typed)
    note = Markup('<div class="feishu-private">Only visible to you</div>') if posted.to else Markup()
    return drawn(posted.id, note + drawing.draw_message(posted.card))
