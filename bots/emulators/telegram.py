"""A Telegram to play with: a private chat with the bot for each person, and a group. Kith fetches its updates."""

import asyncio
import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bots.emulators.model import Person, Screen, drawn, said
from bots.gallery import telegram as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]

_TOKEN = "4242:AA-demo"  # noqa: S105 - of this machine's loopback
_BOT = {"id": 4242, "is_bot": True, "first_name": "Kith", "username": "kith_demo_bot"}
_GROUP = -100
_FIRST = 1001
_DATE = 1_795_485_600
_LONGEST_POLL = 20.0  # seconds
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


@dataclass(slots=True)
class _Message:
    """A message in a chat; ``by`` is empty for the bot's."""

    chat: int
    payload: Payload
    by: str = ""


class Telegram:
    """``bots.emulators.model.Emulator`` for Telegram."""

    style = drawing.DRAWING.style

    def __init__(self, _kith: str, people: Sequence[Person]) -> None:
        self._ids = {person.handle: _FIRST + number for number, person in enumerate(people)}
        self._messages: dict[int, _Message] = {}
        self._updates: list[Payload] = []
        self._new = asyncio.Event()
        self._notes: dict[str, str] = {}  # by handle: what flashed up at the last press

    def settings(self, far: str) -> dict[str, Any]:
        """By polling: no public address is needed."""
        return {"telegram_token": Secret(_TOKEN), "telegram_mode": "polling", "telegram_api_url": f"{far}/telegram"}

    def routes(self) -> list[web.RouteDef]:
        """The Bot API."""
        return [web.post("/telegram/bot{token}/{method}", self._api)]

    def identity(self, person: Person) -> Identity:
        """A user; Telegram knows no workspaces."""
        return Identity("telegram", "", str(self._ids[person.handle]))

    def screen(self, person: Person) -> Screen:
        """The private chat and the group."""
        mine = self._ids[person.handle]
        shown = {
            chat: [_shown(number, one) for number, one in self._messages.items() if one.chat == chat]
            for chat in (mine, _GROUP)
        }
        return Screen(shown[mine], shown[_GROUP])

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message; in the group said to the bot, by a slash."""
        line = f"/crm {text}" if room and not text.startswith("/") else text
        number = next(_numbers)
        message = self._placed(person, number, _GROUP if room else self._ids[person.handle]) | {"text": line}
        if line.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(line.split()[0])}]
        self._messages[number] = _Message(message["chat"]["id"], {"text": line}, by=person.name)
        self._bring({"message": message})

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button below a message."""
        number = int(pressed["message"])
        shown = self._placed(person, number, self._messages[number].chat) | {"from": _BOT, "text": "…"}
        query = {"id": str(next(_numbers)), "from": self._user(person), "chat_instance": "1", "message": shown}
        self._bring({"callback_query": query | {"data": pressed["press"]}})

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms are asked question by question: there is none to send."""

    async def close(self) -> None:
        """Lets a waiting fetch end."""
        self._new.set()

    # -- to Kith -----------------------------------------------------------------------------------

    def _user(self, person: Person) -> Payload:
        tongue = "zh-hans" if person.language.startswith("zh") else "en"
        return {"id": self._ids[person.handle], "is_bot": False, "first_name": person.name, "language_code": tongue}

    def _placed(self, person: Person, number: int, chat: int) -> Payload:
        place: Payload = {"id": chat, "type": "private", "first_name": person.name}
        if chat == _GROUP:
            place = {"id": chat, "type": "group", "title": "Sales"}
        return {"message_id": number, "date": _DATE, "from": self._user(person), "chat": place}

    def _bring(self, update: Payload) -> None:
        self._updates.append({"update_id": next(_numbers), **update})
        self._new.set()

    # -- from Kith ---------------------------------------------------------------------------------

    async def _api(self, asked: web.Request) -> web.Response:
        sent = {name: _decoded(str(value)) for name, value in (await asked.post()).items()}
        match asked.match_info["method"]:
            case "getMe":
                result: Any = _BOT
            case "getUpdates":
                result = await self._fetched(sent)
            case "sendMessage":
                result = self._put(next(_numbers), sent["chat_id"], sent)
            case "editMessageText":
                result = self._put(sent["message_id"], sent["chat_id"], sent)
            case "editMessageReplyMarkup":
                kept = self._messages[sent["message_id"]].payload
                kept = {**kept, "reply_markup": sent.get("reply_markup", {})}
                result = self._put(sent["message_id"], sent["chat_id"], kept)
            case _:
                result = True
        return web.json_response({"ok": True, "result": result})

    async def _fetched(self, sent: Payload) -> list[Payload]:
        self._updates = [update for update in self._updates if update["update_id"] >= sent.get("offset", 0)]
        if not self._updates:
            self._new.clear()
            try:
                async with asyncio.timeout(min(float(sent.get("timeout", 0)), _LONGEST_POLL)):
                    await self._new.wait()
            except TimeoutError:
                return []
        return self._updates

    def _put(self, number: int, chat: int, sent: Payload) -> Payload:
        self._messages[number] = _Message(chat, {**sent, "text": str(sent["text"])})
        place = {
            "id": chat,
            "type": "group" if chat == _GROUP else "private",
            "title": "Sales",
            "first_name": "Somebody",
        }
        return {"message_id": number, "date": _DATE, "from": _BOT, "chat": place, "text": str(sent["text"])}


def _shown(number: int, message: _Message) -> Markup:
    if message.by:
        return said(message.payload["text"])
    sent = {"entities": [], **message.payload}
    return drawn(str(number), drawing.draw_message(sent))


def _decoded(value: str) -> Any:
    """Numbers, lists and objects are JSON in a form."""
    try:
        return json.loads(value) if value[:1] in "[{" or value.lstrip("-").isdecimal() else value
    except ValueError:
        return value
