"""Telegram, played by its stand-in: private chats, a group, and forms that are asked question by question."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar

import httpx
import msgspec
from fastapi import FastAPI

from adapters.telegram.app import TelegramAdapter
from adapters.telegram.config import Mode, TelegramConfig
from adapters.telegram.forms.state import State
from adapters.telegram.signature import HEADER, secret_of
from bots.compose import wire
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Json, Message
from bots.emulators.telegram.server import TOKEN
from cards.renderers.telegram import answer
from commands.registry import VERBS
from commands.sealing import Sealer
from core.clock import Clock
from core.work import Database
from tests.adapters.telegram.stand_in import DATE, StandIn
from tests.conformance.chat import NATIVE

_PUBLIC_URL = "https://kith.example.com"
_GROUP = -500
_IDS = {"wei": 100, "mei": 200, "anna": 300, "somebody": 900}
_LANGUAGES = {"mei": "zh-hans"}
_MOST_STEPS = 40  # a form that is not sent by then goes round in circles


class TelegramChat:
    """``tests.conformance.chat.Chat`` on Telegram."""

    name = "telegram"
    tenant = ""
    deviations: ClassVar[dict[str, str]] = {
        "slash command": NATIVE,
        "short commands": NATIVE,
        "private answer": "fallback: the private chat with Kith; whoever has not opened it is asked to, and the answer"
        " waits",
        "buttons": NATIVE,
        "confirm": "fallback: a question with two buttons",
        "menus": "fallback: a button for each entry",
        "forms": "fallback: one question at a time in the private chat",
        "typeahead": "fallback: buttons for those of late, and inline mode (the bot's name and what is looked for)",
        "update in place": NATIVE,
        "live cards": NATIVE,
        "images": NATIVE,
        "save message": "fallback: reply with /save, or forward it to Kith",
        "direct messages": NATIVE,
        "group": NATIVE,
    }

    def __init__(self, adapter: TelegramAdapter, server: StandIn, http: httpx.AsyncClient) -> None:
        self._adapter, self._server, self._http = adapter, server, http
        self._people = {
            who: Account(server, number, who.title(), _LANGUAGES.get(who, "en")) for who, number in _IDS.items()
        }
        self._last: Json = {}

    def user_id(self, who: str) -> str:
        return str(_IDS[who])

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        await self._bring(self._people[who].says(f"/crm {line}", chat=_GROUP if room else None))

    async def press(self, who: str, label: str) -> None:
        pressable = _pressable(label)
        message = next(one for one in reversed(self._messages(who)) if any(map(pressable, one.labels)))
        await self._press(who, message, next(filter(pressable, message.labels)))
        asked = self._server.last(_IDS[who])
        if asked.buttons and str(asked.buttons[0].get("callback_data", "")).startswith("!"):
            await self._press(who, asked, asked.labels[0])

    async def fill(self, who: str, values: dict[str, str]) -> None:
        left = dict(values)
        for _ in range(_MOST_STEPS):
            form = await self._open_form(who)
            if form is None:
                assert not left, f"never asked: {left}"
                return
            await self._answer(who, form, left)
        raise AssertionError("the form was never sent")

    async def _answer(self, who: str, form: State, left: dict[str, str]) -> None:
        """Types what is asked for, else sends the form or goes on to the next question."""
        names = [one.name for one in form.form.inputs]
        asked = form.input.name if form.input else ""
        question = self._server.last(_IDS[who])
        if asked in left:
            await self._bring(self._people[who].says(left.pop(asked)))
        elif not left:
            await self._press(who, question, _button(question, "send"))
        elif asked:
            await self._press(who, question, _button(question, "skip"))
        else:  # the page that shows every answer
            await self._press(who, question, _button(question, "ask", names.index(next(iter(left)))))

    async def settle(self) -> None:
        road, background = self._adapter._road, self._adapter._background
        assert road is not None
        while road._background._running or background._running:
            await road.settle()
            await background.settle()

    def seen(self, who: str) -> list[str]:
        return [message.text for message in self._messages(who)]

    def in_room(self) -> list[str]:
        return [message.text for message in self._server.said(_GROUP)]

    async def again(self) -> None:
        await self._post(self._last)

    async def save(self, who: str, text: str) -> None:
        sender = {"id": _IDS["somebody"], "is_bot": False, "first_name": "Sam", "last_name": "Lee"}
        target = {"message_id": 77, "date": DATE, "chat": {"id": _GROUP, "type": "group", "title": "Sales"}}
        target |= {"from": sender, "text": text}
        await self._bring(self._people[who].says("/save", chat=_GROUP, reply_to_message=target))

    # -- steps -------------------------------------------------------------------------------------

    def _messages(self, who: str) -> list[Message]:
        both = self._server.said(_IDS[who]) + self._server.said(_GROUP)
        return sorted(both, key=lambda message: message.id)

    async def _open_form(self, who: str) -> State | None:
        """The form that is open: people know its questions by their words, the conversation by their names."""
        key = f"form:telegram::{_IDS[who]}"
        data = await self._adapter._database.read(lambda work: work.drafts.get(key))
        state = msgspec.json.decode(data, type=State) if data else None
        return None if state is None or state.closed else state

    async def _press(self, who: str, message: Message, label: str) -> None:
        await self._bring(self._people[who].presses(message, label))

    async def _bring(self, update: Json) -> None:
        self._last = update
        await self._post(update)

    async def _post(self, update: Json) -> None:
        sent = {HEADER: secret_of(self._adapter._config)}
        answered = await self._http.post("/telegram/webhook", json=update, headers=sent)
        assert answered.status_code == 200, answered.status_code
        await self.settle()


def _pressable(label: str) -> Callable[[str], bool]:
    """Whether a button is the one of this label: the button of a list's line begins with the line's number."""
    shape = re.compile(rf"(?:\d+ )?{re.escape(label)}")
    return lambda shown: shape.fullmatch(shown) is not None


def _button(question: Message, choice: str, index: int | None = None) -> str:
    """The label of the question's button for a choice."""
    for button in question.buttons:
        said = answer(button.get("callback_data", ""))
        if said and said.choice == choice and index in {None, said.index}:
            return str(button["text"])
    raise AssertionError(f"no {choice!r} among {question.labels} below {question.text!r}")


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[TelegramChat]:
    """A bot of ``database``'s own, and its Telegram."""
    async with StandIn(clock) as server:
        for number in _IDS.values():
            server.chat(number)
        server.chat(_GROUP, type="group", title="Sales")
        config = TelegramConfig(token=TOKEN, mode=Mode.WEBHOOK, api_url=server.url, public_url=_PUBLIC_URL)
        adapter = TelegramAdapter(config, database, VERBS, first_pause=0.01)
        adapter.attach(wire(database, Sealer("conformance"), {"telegram": adapter}, public_url=_PUBLIC_URL))
        app = FastAPI()
        router = adapter.router()
        assert router is not None
        app.include_router(router)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kith") as http:
            await adapter.start()
            await adapter.ready.wait()
            chat = TelegramChat(adapter, server, http)
            await chat.settle()
            try:
                yield chat
            finally:
                await chat.settle()
                await adapter.stop()
