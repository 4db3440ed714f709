"""A Bot API to call, and when the real one would refuse: https://core.telegram.org/bots/api."""

import itertools
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bots.emulators.refusals import Refusals
from bots.emulators.telegram.model import BotApiError, Chat, Json, Message, bad
from bots.emulators.telegram.pace import Pace
from bots.emulators.telegram.rules import (
    ANSWER_MAX,
    fault_of_commands,
    fault_of_markup,
    fault_of_results,
    fault_of_text,
    fault_of_webhook,
    units,
)
from bots.emulators.telegram.updates import Updates
from core.clock import Clock

TOKEN = "4242:AA-emulated"  # noqa: S105 - of this machine's loopback
BOT = {"id": 4242, "is_bot": True, "first_name": "Kith", "username": "kith_test_bot"}
_ME = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
_PLAIN = re.compile(r"-?\d+|true|false")
_SAME = "message is not modified: specified new message content and reply markup are exactly the same"
_QUERY_GONE = "query is too old and response timeout expired or query ID is invalid"


class TelegramServer:
    """Chats, messages and updates of one bot. ``first`` is the first number that is given to anything."""

    def __init__(self, clock: Clock, *, first: int = 1000) -> None:
        self.clock = clock
        self.tokens = {TOKEN}
        self.chats: dict[int, Chat] = {}
        self.updates = Updates()
        self.webhook: Json = {}
        self.menu_button: Json = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.open_queries: set[str] = set()
        self.answered: dict[str, Json] = {}
        self.refusals = Refusals()
        self._numbers = itertools.count(first)
        self._pace = Pace()

    def routes(self) -> list[web.RouteDef]:
        """The Bot API."""
        return [web.post("/bot{token}/{method}", self._heard)]

    # -- the chats there, and what comes of what people do -------------------------------------------

    def chat(self, chat_id: int, **details: Any) -> Chat:
        """The chat of that number; a new one with these details."""
        return self.chats.setdefault(chat_id, Chat(chat_id, **details))

    def number(self) -> int:
        """A number that was never given before."""
        return next(self._numbers)

    def stamp(self) -> int:
        """The present, as Telegram writes it: in seconds."""
        return int(self.clock.now().timestamp())

    def shown(self, message: Message) -> Json:
        """A message of the bot's, as methods and updates have it: https://core.telegram.org/bots/api#message."""
        chat = self.chats[message.chat]
        named = {"title": chat.title or "Group"} if chat.type != "private" else {"first_name": "Somebody"}
        place = {"id": chat.id, "type": chat.type, **named}
        topic = {"message_thread_id": message.thread, "is_topic_message": True} if message.thread else {}
        said = {"message_id": message.id, "date": self.stamp(), "from": BOT, "chat": place, "text": message.text}
        return said | topic

    # -- what Kith calls -----------------------------------------------------------------------------

    async def _heard(self, request: web.Request) -> web.Response:
        asked = loaded(await request.post())
        method = request.match_info["method"]
        try:
            return web.json_response({"ok": True, "result": await self._answer(request, method, asked)})
        except BotApiError as refused:
            self.refusals.note(method, refused.reason)
            return refused.response()
        finally:
            await self.updates.tell()

    async def _answer(self, request: web.Request, method: str, asked: Json) -> Any:
        if request.match_info["token"] not in self.tokens:
            raise BotApiError(401, "Unauthorized")
        if method == "getUpdates":
            return await self.updates.fetch(asked, hooked=bool(self.webhook))
        handle = self._methods().get(method)
        if handle is None:
            raise BotApiError(404, "Not Found")
        return handle(asked)

    def _methods(self) -> dict[str, Callable[[Json], Any]]:
        return {
            "getMe": lambda _asked: BOT | _ME,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "setChatMenuButton": self._set_chat_menu_button,
            "setMyCommands": self._set_my_commands,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "answerCallbackQuery": self._answer_callback_query,
            "answerInlineQuery": self._answer_inline_query,
        }

    def _set_webhook(self, asked: Json) -> bool:
        _judge(fault_of_webhook(asked))
        self.webhook = asked
        return True

    def _delete_webhook(self, _asked: Json) -> bool:
        self.webhook = {}
        return True

    def _set_chat_menu_button(self, asked: Json) -> bool:
        button = asked["menu_button"]
        if button["type"] != "web_app" or not button["web_app"]["url"].startswith("https://"):
            raise bad("menu button web app URL must be HTTPS")
        self.menu_button = button
        return True

    def _set_my_commands(self, asked: Json) -> bool:
        _judge(fault_of_commands(asked["commands"]))
        self.commands[asked["scope"]["type"], asked.get("language_code", "")] = asked["commands"]
        return True

    def _send_message(self, asked: Json) -> Json:
        chat, answers = self._writable(asked), asked.get("reply_parameters", {})
        _judge_message(asked)
        if answers and answers["message_id"] not in chat.messages and not answers.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        self._pace.spend(chat, self.clock.now())
        message = Message(self.number(), chat.id, "", thread=asked.get("message_thread_id"))
        message.answers = answers.get("message_id")
        _write(message, asked)
        chat.messages[message.id] = message
        return self.shown(message)

    def _edit_message_text(self, asked: Json) -> Json:
        message = self._own(asked)
        _judge_message(asked)
        before = (message.text, message.entities, message.markup, message.preview)
        _write(message, asked)
        if before == (message.text, message.entities, message.markup, message.preview):
            raise bad(_SAME)
        message.edits += 1
        return self.shown(message)

    def _edit_message_reply_markup(self, asked: Json) -> Json:
        message, markup = self._own(asked), asked.get("reply_markup", {})
        _judge(fault_of_markup(markup))
        if message.markup == markup:
            raise bad(_SAME)
        message.markup = markup
        return self.shown(message)

    def _answer_callback_query(self, asked: Json) -> bool:
        query = str(asked["callback_query_id"])
        self._open(query)
        _judge("MESSAGE_TOO_LONG" if units(str(asked.get("text", ""))) > ANSWER_MAX else "")
        return self._answered(query, asked)

    def _answer_inline_query(self, asked: Json) -> bool:
        query = str(asked["inline_query_id"])
        self._open(query)
        _judge(fault_of_results(asked))
        return self._answered(query, asked)

    # -- steps ---------------------------------------------------------------------------------------

    def _known(self, asked: Json) -> Chat:
        chat = self.chats.get(asked["chat_id"])
        if chat is None:
            raise bad("chat not found")
        return chat

    def _writable(self, asked: Json) -> Chat:
        chat, thread = self._known(asked), asked.get("message_thread_id")
        if not chat.started:
            raise BotApiError(403, "Forbidden: bot can't initiate conversation with a user")
        if thread is not None and thread not in chat.threads:
            raise bad("message thread not found")
        return chat

    def _own(self, asked: Json) -> Message:
        message = self._known(asked).messages.get(asked["message_id"])
        if message is None:
            raise bad("message to edit not found")
        if not message.by_bot or message.old:
            raise bad("message can't be edited")
        return message

    def _open(self, query: str) -> None:
        if query not in self.open_queries:
            raise bad(_QUERY_GONE)

    def _answered(self, query: str, asked: Json) -> bool:
        self.open_queries.discard(query)
        self.answered[query] = asked
        return True


def _judge(fault: str) -> None:
    if fault:
        raise bad(fault)


def _judge_message(asked: Json) -> None:
    _judge(fault_of_text(str(asked["text"]), asked.get("entities", [])))
    _judge(fault_of_markup(asked.get("reply_markup", {})))


def _write(message: Message, asked: Json) -> None:
    """A text that is a number arrives as one."""
    message.text, message.entities = str(asked["text"]), asked.get("entities", [])
    message.markup, message.preview = asked.get("reply_markup", {}), asked.get("link_preview_options", {})


def loaded(form: Mapping[str, Any]) -> Json:
    """A call's parameters, which come form-encoded; numbers, lists and objects are JSON in them."""
    return {name: _value(str(sent)) for name, sent in form.items()}


def _value(sent: str) -> Any:
    try:
        return json.loads(sent) if sent[:1] in "[{" or _PLAIN.fullmatch(sent) else sent
    except ValueError:
        return sent
