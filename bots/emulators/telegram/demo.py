"""A Telegram to play with: a private chat with the bot for each person, and a group. Kith fetches its updates."""

import time
from collections.abc import Sequence
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bots.clock import SystemClock
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Message
from bots.emulators.telegram.server import TOKEN, TelegramServer
from bots.gallery import telegram as drawing
from bots.settings import Secret
from core.members.model import Identity

_GROUP = -100
_FIRST = 1001
_FLASH = Markup('<div class="telegram"><div class="telegram-more">{}</div></div>')


class Telegram:
    """``bots.emulators.model.Emulator`` for Telegram."""

    style = drawing.DRAWING.style

    def __init__(self, _kith: str, people: Sequence[Person]) -> None:
        # Another start is not taken for what came before: what Kith did once, it does not do again.
        self._server = server = TelegramServer(SystemClock(), first=int(time.time()))
        self._accounts = {
            person.handle: Account(server, _FIRST + number, person.name, _language(person))
            for number, person in enumerate(people)
        }
        for account in self._accounts.values():
            server.chat(account.id)
        server.chat(_GROUP, type="group", title="Sales")
        self._pressed: dict[str, tuple[int, str]] = {}  # by handle: the chat of the last press, and its query

    def settings(self, far: str) -> dict[str, Any]:
        """By polling: no public address is needed."""
        return {"telegram_token": Secret(TOKEN), "telegram_mode": "polling", "telegram_api_url": far}

    def routes(self) -> list[web.RouteDef]:
        """The Bot API."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A user; Telegram knows no workspaces."""
        return Identity("telegram", "", str(self._accounts[person.handle].id))

    def screen(self, person: Person) -> Screen:
        """The private chat and the group."""
        mine = self._accounts[person.handle].id
        return Screen(self._shown(person, mine), self._shown(person, _GROUP), refused=self._server.refusals.lines)

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message; in the group said to the bot, by a slash."""
        line = f"/crm {text}" if room and not text.startswith("/") else text
        self._pressed.pop(person.handle, None)
        await self._server.updates.push(self._accounts[person.handle].says(line, chat=_GROUP if room else None))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button below a message."""
        account, number = self._accounts[person.handle], int(pressed["message"])
        chat = next(chat for chat in (account.id, _GROUP) if number in self._server.chats[chat].messages)
        update = account.sends(self._server.chats[chat].messages[number], pressed["press"])
        self._pressed[person.handle] = (chat, update["callback_query"]["id"])
        await self._server.updates.push(update)

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms are asked question by question: there is none to send."""

    async def close(self) -> None:
        """Lets a waiting fetch end."""
        await self._server.updates.close()

    def _shown(self, person: Person, chat: int) -> list[Markup]:
        """The messages of a chat, and what flashed up at this person's last press there."""
        shown = [_drawn(message) for message in self._server.chats[chat].messages.values()]
        place, query = self._pressed.get(person.handle, (0, ""))
        flashed = self._server.answered.get(query, {}).get("text", "") if place == chat else ""
        return [*shown, _FLASH.format(flashed)] if flashed else shown


def _language(person: Person) -> str:
    return "zh-hans" if person.language.startswith("zh") else "en"


def _drawn(message: Message) -> Markup:
    if not message.by_bot:
        return said(message.text)
    below = {"reply_markup": message.markup, "link_preview_options": message.preview}
    sent = {"text": message.text, "entities": message.entities, **below}
    return drawn(str(message.id), drawing.draw_message(sent))
