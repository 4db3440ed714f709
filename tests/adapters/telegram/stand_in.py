"""A Bot API server of our own, on a free port, that refuses what Telegram's refuses, in Telegram's words."""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    InlineKeyboardMarkupLimit,
    InlineQueryLimit,
    MessageLimit,
)

TOKEN = "4242:AA-stand-in"
BOT = {"id": 4242, "is_bot": True, "first_name": "Kith", "username": "kith_test_bot"}
CALLBACK_DATA_MAX = 64  # bytes
BUTTONS_PER_ROW = 8
PATIENCE = 10.0  # seconds before a test that waits for the bot gives up

Json = dict[str, Any]


class RefusedError(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def response(self) -> web.Response:
        """The refusal as Telegram puts it."""
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return web.json_response(body, status=self.status)


def bad(description: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {description}")


def flood(seconds: int) -> RefusedError:
    return RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Message:
    """A message in a chat, as the people there see it."""

    id: int
    chat: int
    text: str
    markup: Json = field(default_factory=dict)
    entities: list[Json] = field(default_factory=list)
    thread: int | None = None
    answers: int | None = None
    by_bot: bool = True
    old: bool = False  # too old to be edited
    edits: int = 0

    @property
    def buttons(self) -> list[Json]:
        """Its buttons, row by row."""
        return [button for row in self.markup.get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on them."""
        return [button["text"] for button in self.buttons]

    def data(self, label: str) -> str:
        """What the button of this label, or whose label begins so, carries."""
        found = [button for button in self.buttons if button["text"] == label] or [
            button for button in self.buttons if button["text"].startswith(label)
        ]
        assert found, f"no button {label!r} among {self.labels}"
        data: str = found[0]["callback_data"]
        return data


@dataclass
class Chat:
    """A chat. ``started``: whether the bot may write there; ``threads`` are a forum's topics."""

    id: int
    type: str = "private"
    title: str = ""
    started: bool = True
    threads: tuple[int, ...] = ()
    messages: dict[int, Message] = field(default_factory=dict)


class TelegramServer:
    """Chats, messages and updates in memory. ``faults`` are answered, once each, instead of carrying a method out."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.updates: list[Json] = []
        self.confirmed = 0  # everything below this update id was confirmed
        self.calls: list[tuple[str, Json]] = []
        self.faults: dict[str, list[RefusedError | str]] = {}
        self.webhook: Json = {}
        self.menu_button: Json = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.open_queries: set[str] = set()
        self.answered: dict[str, Json] = {}
        self._numbers = iter(range(1000, 10**6))
        self._changed = asyncio.Condition()
        self._polling = 0
        self._runner: web.AppRunner | None = None
        self.url = ""

    # -- running -----------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._receive)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Waits, without polling, until something has happened here."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(happened)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # -- for tests ---------------------------------------------------------------------------------

    def chat(self, chat_id: int, **details: Any) -> Chat:
        """The chat of that number; a new one with these details."""
        return self.chats.setdefault(chat_id, Chat(chat_id, **details))

    def said(self, chat_id: int) -> list[Message]:
        """The bot's messages in a chat, in order."""
        return [message for message in self.chats[chat_id].messages.values() if message.by_bot]

    def last(self, chat_id: int) -> Message:
        """The bot's last message in a chat."""
        return self.said(chat_id)[-1]

    def called(self, method: str) -> list[Json]:
        """What a method was called with, each time."""
        return [parameters for name, parameters in self.calls if name == method]

    def number(self) -> int:
        """A number that was never given before."""
        return next(self._numbers)

    async def push(self, update: Json) -> None:
        """Queues an update for getUpdates."""
        self.updates.append(update)
        await self._tell()

    # -- the API -----------------------------------------------------------------------------------

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = {name: _loaded(str(value)) for name, value in (await request.post()).items()}
        self.calls.append((method, parameters))
        try:
            return await self._answer(method, parameters, request)
        except RefusedError as refused:
            return refused.response()
        finally:
            await self._tell()

    async def _answer(self, method: str, parameters: Json, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            raise RefusedError(401, "Unauthorized")
        if faults := self.faults.get(method):
            return await self._failed(faults.pop(0), request)
        handler = getattr(self, f"_{re.sub('([A-Z])', lambda match: '_' + match[0].lower(), method)}", None)
        if handler is None:
            raise RefusedError(404, "Not Found")
        result = handler(parameters)
        result = await result if asyncio.iscoroutine(result) else result
        return web.json_response({"ok": True, "result": result})

    async def _failed(self, fault: RefusedError | str, request: web.Request) -> web.StreamResponse:
        if isinstance(fault, RefusedError):
            return fault.response()
        if fault == "gateway":
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        assert request.transport is not None
        request.transport.close()  # the connection breaks
        return web.Response()

    def _get_me(self, _: Json) -> Json:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    async def _get_updates(self, asked: Json) -> list[Json]:
        if self.webhook:
            raise RefusedError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook")
        self._polling += 1  # of two requests Telegram ends the older one
        mine = self._polling
        self.confirmed = max(self.confirmed, asked.get("offset", 0))
        self.updates = [update for update in self.updates if update["update_id"] >= self.confirmed]
        await self._tell()
        try:
            async with asyncio.timeout(asked.get("timeout", 0)), self._changed:
                await self._changed.wait_for(lambda: bool(self.updates) or self._polling > mine)
        except TimeoutError:
            return []
        if self._polling > mine:
            raise RefusedError(409, "Conflict: terminated by other getUpdates request; make sure that only one runs")
        return self.updates[: asked.get("limit", 100)]

    def _set_webhook(self, asked: Json) -> bool:
        if not asked["url"].startswith("https://"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", asked.get("secret_token", "x")):
            raise bad("secret token contains unallowed characters")
        self.webhook = asked
        return True

    def _delete_webhook(self, _: Json) -> bool:
        self.webhook = {}
        return True

    def _set_chat_menu_button(self, asked: Json) -> bool:
        button = asked["menu_button"]
        if button["type"] != "web_app" or not button["web_app"]["url"].startswith("https://"):
            raise RefusedError(400, "Bad Request: menu button web app URL must be HTTPS")
        self.menu_button = button
        return True

    def _set_my_commands(self, asked: Json) -> bool:
        commands = asked["commands"]
        if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= BotCommandLimit.MAX_DESCRIPTION:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[asked["scope"]["type"], asked.get("language_code", "")] = commands
        return True

    def _send_message(self, asked: Json) -> Json:
        chat = self.chats.get(asked["chat_id"])
        if chat is None:
            raise bad("chat not found")
        if not chat.started:
            raise RefusedError(403, "Forbidden: bot can't initiate conversation with a user")
        thread = asked.get("message_thread_id")
        if thread is not None and thread not in chat.threads:
            raise bad("message thread not found")
        _check(asked)
        answers = asked.get("reply_parameters", {}).get("message_id")
        message = Message(
            self.number(),
            chat.id,
            asked["text"],
            asked.get("reply_markup", {}),
            asked.get("entities", []),
            thread,
            answers,
        )
        chat.messages[message.id] = message
        return self._shown(message)

    def _edit_message_text(self, asked: Json) -> Json:
        message = self._own(asked)
        _check(asked)
        if message.text == asked["text"] and message.markup == asked.get("reply_markup", {}):
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        message.text, message.markup = asked["text"], asked.get("reply_markup", {})
        message.entities = asked.get("entities", [])
        message.edits += 1
        return self._shown(message)

    def _edit_message_reply_markup(self, asked: Json) -> Json:
        message = self._own(asked)
        if message.markup == asked.get("reply_markup", {}):
            raise bad("message is not modified: specified new message content and reply markup are exactly the same")
        message.markup = asked.get("reply_markup", {})
        return self._shown(message)

    def _own(self, asked: Json) -> Message:
        chat = self.chats.get(asked["chat_id"])
        if chat is None:
            raise bad("chat not found")
        message = chat.messages.get(asked["message_id"])
        if message is None:
            raise bad("message to edit not found")
        if not message.by_bot or message.old:
            raise bad("message can't be edited")
        return message

    def _answer_callback_query(self, asked: Json) -> bool:
        query = str(asked["callback_query_id"])
        if query not in self.open_queries:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if units(asked.get("text", "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
            raise bad("MESSAGE_TOO_LONG")
        self.open_queries.discard(query)
        self.answered[query] = asked
        return True

    def _answer_inline_query(self, asked: Json) -> bool:
        results = asked["results"]
        if len(results) > InlineQueryLimit.RESULTS:
            raise bad("RESULTS_TOO_MUCH")
        ids = [result["id"] for result in results]
        if len(set(ids)) != len(ids) or any(not 1 <= len(one.encode()) <= 64 for one in ids):
            raise bad("RESULT_ID_INVALID")
        for result in results:
            content = result["input_message_content"]
            _check({"text": content["message_text"], "entities": content.get("entities", [])})
        self.answered[str(asked["inline_query_id"])] = asked
        return True

    def _shown(self, message: Message) -> Json:
        chat = self.chats[message.chat]
        named = {"title": chat.title or "Group"} if chat.type != "private" else {"first_name": "Somebody"}
        return {
            "message_id": message.id,
            "date": 1700000000,
            "from": BOT,
            "chat": {"id": chat.id, "type": chat.type, **named},
            "text": message.text,
        }


def _loaded(value: str) -> Any:
    """Parameters come form-encoded; numbers, lists and objects are JSON in them."""
    if value[:1] in "[{" or re.fullmatch(r"-?\d+|true|false", value):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _check(asked: Json) -> None:
    """Text, entities and buttons within Telegram's limits. A text that is a number arrives as one."""
    asked["text"] = str(asked["text"]) if not isinstance(asked["text"], str) else asked["text"]
    length = units(asked["text"])
    if not asked["text"].strip():
        raise bad("message text is empty")
    if length > MessageLimit.MAX_TEXT_LENGTH:
        raise bad("message is too long")
    for entity in asked.get("entities", []):
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > length:
            raise bad("ENTITY_BOUNDS_INVALID")
    rows = asked.get("reply_markup", {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad("reply markup is too long")
    for row in rows:
        if len(row) > BUTTONS_PER_ROW:
            raise bad("reply markup is too wide")
        for button in row:
            _check_button(button)


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad("button text must be non-empty")
    if "url" in button:
        if not re.match(r"(https?|tg)://[^/]+\.[^/]+", button["url"]):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: wrong HTTP URL")
    elif not 1 <= len(button["callback_data"].encode()) <= CALLBACK_DATA_MAX:
        raise bad("BUTTON_DATA_INVALID")
