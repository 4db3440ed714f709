"""What the emulated Telegram refuses by itself, and that whoever plays with it is told."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import constants

from bots.emulators.model import Person
from bots.emulators.telegram import rules
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.demo import Telegram
from bots.emulators.telegram.model import Json
from bots.emulators.telegram.server import TOKEN, TelegramServer
from tests.emulated import Listening
from tests.kith import SteppedClock

WEI, GROUP, FORUM, TOPIC = 100, -500, -501, 7
_BUTTON = {"text": "a", "callback_data": "a"}


def _below(*rows: list[Json]) -> Json:
    return {"reply_markup": {"inline_keyboard": rows}}


@pytest.fixture
def clock() -> SteppedClock:
    """Time that stands still until it is told to go on."""
    return SteppedClock()


@pytest.fixture
def server(clock: SteppedClock) -> TelegramServer:
    """A server with one person, a group and a forum."""
    made = TelegramServer(clock)
    made.chat(WEI)
    made.chat(GROUP, type="group", title="Sales")
    made.chat(FORUM, type="supergroup", title="Accounts", threads=(TOPIC,))
    return made


class Calls:
    """The Bot API as Kith calls it; ``wait`` and ``reason`` are of the last call."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.wait, self.reason = 0, ""

    async def __call__(self, method: str, *, token: str = TOKEN, **asked: Any) -> int:
        """The status of a call."""
        answer = await self._http.post(
            f"/bot{token}/{method}", data={name: _sent(each) for name, each in asked.items()}
        )
        said = answer.json()
        self.reason = said.get("description", "")
        self.wait = said.get("parameters", {}).get("retry_after", 0)
        return answer.status_code


def _sent(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@pytest.fixture
async def call(server: TelegramServer) -> AsyncIterator[Calls]:
    """What Kith calls it by."""
    listening = Listening(server.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=listening.url) as http:
        yield Calls(http)
    await listening.stop()


def test_limits_are_the_librarys() -> None:
    """What is written down here is what python-telegram-bot knows of the Bot API."""
    keyboard = constants.InlineKeyboardMarkupLimit
    assert rules.TEXT_MAX == constants.MessageLimit.MAX_TEXT_LENGTH
    assert rules.ANSWER_MAX == constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    assert rules.RESULTS_MAX == constants.InlineQueryLimit.RESULTS
    assert rules.COMMANDS_MAX == constants.BotCommandLimit.MAX_COMMAND_NUMBER
    assert rules.DESCRIPTION_MAX == constants.BotCommandLimit.MAX_DESCRIPTION
    assert rules.BUTTONS_MAX == keyboard.TOTAL_BUTTON_NUMBER
    assert rules.CALLBACK_DATA_MAX == constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert all(
        rules.fault_of_text("a", [{"type": one, "offset": 0, "length": 1}]) == "" for one in constants.MessageEntityType
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    "message",
    [
        {"text": "😀" * 2049},
        {"text": " "},
        {"entities": [{"type": "bold", "offset": 1, "length": 1}]},
        {"entities": [{"type": "loud", "offset": 0, "length": 1}]},
        _below([_BUTTON] * 9),
        _below(*[[_BUTTON]] * 101),
        _below([{"text": "a"}]),
        _below([{"text": "a", "url": "http://localhost/"}]),
        _below([{"text": "a", "callback_data": "名" * 22}]),
        {"reply_parameters": {"message_id": 1}},
        {"chat_id": FORUM, "message_thread_id": TOPIC + 1},
        {"chat_id": 999},
    ],
)
async def test_wrong_message(server: TelegramServer, call: Calls, message: Json) -> None:
    """A message that the real one would not take is in no chat, and the refusal is noted."""
    assert await call("sendMessage", **{"chat_id": WEI, "text": "a"} | message) == 400
    assert not [one for chat in server.chats.values() for one in chat.messages]
    assert list(server.refusals.lines) == [f"sendMessage: {call.reason}"]


@pytest.mark.anyio
@pytest.mark.parametrize(("chat", "most", "wait"), [(WEI, 30, 1), (GROUP, 20, 3)])
async def test_more_messages_than_the_limit(call: Calls, clock: SteppedClock, chat: int, most: int, wait: int) -> None:
    """A burst is taken; the next waits as long as it is told, and is taken then."""
    taken = {await call("sendMessage", chat_id=chat, text="a") for _ in range(most)}
    assert (taken, await call("sendMessage", chat_id=chat, text="a"), call.wait) == ({200}, 429, wait)
    clock.forward(seconds=wait)
    assert await call("sendMessage", chat_id=chat, text="a") == 200


@pytest.mark.anyio
async def test_revoked_token(call: Calls, server: TelegramServer) -> None:
    """A token that was revoked is good for nothing."""
    assert await call("getMe", token="4242:other") == 401
    server.tokens.clear()
    assert await call("getMe") == 401


@pytest.mark.anyio
async def test_wrong_order(call: Calls, server: TelegramServer) -> None:
    """Updates are not fetched beside a webhook, queries are answered once, and an edit is of what is there and new."""
    assert await call("setWebhook", url="https://kith.example.com/") == 200
    assert await call("getUpdates") == 409
    assert await call("deleteWebhook") == 200
    assert await call("getUpdates") == 200
    query = Account(server, WEI, "Wei").looks_up("acme")["inline_query"]["id"]
    assert await call("answerInlineQuery", inline_query_id=query, results=[]) == 200
    assert await call("answerInlineQuery", inline_query_id=query, results=[]) == 400
    assert await call("answerCallbackQuery", callback_query_id="1") == 400
    await call("sendMessage", chat_id=WEI, text="a")
    (number,) = server.chats[WEI].messages
    assert await call("editMessageText", chat_id=WEI, message_id=number, text="a") == 400
    assert await call("editMessageText", chat_id=WEI, message_id=number, text="b") == 200
    assert await call("editMessageText", chat_id=WEI, message_id=number + 1, text="b") == 400
    assert await call("sendDice", chat_id=WEI) == 404


@pytest.mark.anyio
async def test_whoever_plays_telegram_is_told() -> None:
    """What the server refuses stands on the page beside the chat."""
    wei = Person("wei", "Wei", "en")
    played = Telegram("http://kith.invalid", [wei])
    listening = Listening(played.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=listening.url) as http:
        await Calls(http)("sendMessage", chat_id=1, text="a")
    assert list(played.screen(wei).refused) == ["sendMessage: Bad Request: chat not found"]
    await listening.stop()
    await played.close()
