"""Putting messages into chats, and what it means when Telegram refuses."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters
from telegram.constants import CallbackQueryLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from adapters.telegram.bot import Connection, asked_wait
from cards.renderers.cutting import cut
from cards.renderers.telegram.parts import Payload
from commands.sending import Sending, Sent

log = structlog.get_logger()

# How Telegram's refusals begin, in lower case; it has no codes for them.
_UNCHANGED = "message is not modified"
_NOT_TO_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not",
)
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "group chat was deactivated", "bot was kicked")
_NO_ROOM = ("topic_closed", "message thread not found", "topic_deleted", "not enough rights to send")
_TOO_LATE = ("query is too old", "query id is invalid")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: a chat and forum topic; as an answer to a message; in the place of one of the bot's own."""

    chat: int
    thread: int | None = None
    answers: int | None = None
    edits: int | None = None

    @property
    def below(self) -> "Target":
        """Under whatever was put here first."""
        return replace(self, answers=None, edits=None)


def _says(refused: BadRequest, known: Sequence[str]) -> bool:
    said = refused.message.casefold()
    return any(words in said for words in known)


def sending_of(refused: TelegramError) -> Sending:
    """What is to be done about a refusal: try again, after as long as Telegram asks for, or give up."""
    if isinstance(refused, RetryAfter):
        return Sending(Sent.RETRY, after=asked_wait(refused), reason="flood")
    if isinstance(refused, Forbidden):
        return Sending(Sent.GONE, reason="forbidden")
    if isinstance(refused, BadRequest):
        if _says(refused, (*_NOBODY, *_NO_ROOM)):
            return Sending(Sent.GONE, reason="chat_gone")
        _log_refused(refused)
        return Sending(Sent.GONE, reason="refused")
    return Sending(Sent.RETRY, reason="network")


def _log_refused(refused: BadRequest) -> None:
    # What stands behind a colon or in quotation marks may be taken from the message.
    log.error("telegram_message_refused", error=re.split("[:'\"]", refused.message)[0][:80])


class Sender:
    """Sends, edits and answers for the adapter; in each chat one message after the other.

    A chat that Telegram asks to leave alone is left alone: ``seconds`` is a clock that never goes back.
    """

    def __init__(self, bot: Connection, seconds: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._seconds = seconds
        self._quiet_until: dict[int, float] = {}
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._sent: dict[str, int] = {}

    def turn(self, chat: int) -> asyncio.Lock:
        """Held while something is put into a chat that nothing may come between."""
        return self._locks.setdefault(chat, asyncio.Lock())

    async def deliver(self, target: Target, payloads: Sequence[Payload], key: str) -> Sending:
        """Puts all of them; tried again with the same ``key`` it goes on with the first that is missing."""
        async with self.turn(target.chat):
            if (left := self._quiet_until.pop(target.chat, 0.0) - self._seconds()) > 0:
                return self._quiet(target.chat, left)
            number = self._sent.pop(key, 0)
            last = target.edits or 0
            try:
                for payload in payloads[number:]:
                    last = await self.put(target if number == 0 else target.below, payload)
                    number += 1
            except TelegramError as refused:
                return self._refused(sending_of(refused), target.chat, key, number)
        return Sending(Sent.DELIVERED, ref=str(last))

    def _refused(self, sending: Sending, chat: int, key: str, number: int) -> Sending:
        if number and sending.sent is Sent.RETRY:
            self._sent[key] = number
        return self._quiet(chat, sending.after.total_seconds()) if sending.after else sending

    def _quiet(self, chat: int, seconds: float) -> Sending:
        self._quiet_until[chat] = self._seconds() + seconds
        return Sending(Sent.RETRY, after=timedelta(seconds=seconds), reason="flood")

    async def put(self, target: Target, payload: Payload) -> int:
        """Puts one message and returns its id. One that is too old to be edited is followed by a new one.

        Raises TelegramError.
        """
        if target.edits is None:
            return await self._send(target, payload)
        try:
            await self._bot.edit_message_text(chat_id=target.chat, message_id=target.edits, **_typed(payload))
        except ChatMigrated:
            return await self._send(target.below, payload)
        except BadRequest as refused:
            if not _says(refused, (_UNCHANGED,)):
                return await self._after_refused_edit(target, payload, refused)
        return target.edits

    async def _after_refused_edit(self, target: Target, payload: Payload, refused: BadRequest) -> int:
        if not _says(refused, _NOT_TO_EDIT):
            _log_refused(refused)
        return await self._send(target.below, payload)

    async def _send(self, target: Target, payload: Payload) -> int:
        try:
            return await self._send_to(target.chat, target, payload)
        except ChatMigrated as moved:
            # The group has become a supergroup; forum topics and message ids do not carry over.
            return await self._send_to(moved.new_chat_id, Target(moved.new_chat_id), payload)
        except BadRequest as refused:
            if _says(refused, (*_NOBODY, *_NO_ROOM)):
                raise
            # Better the words alone than nothing; what was wrong with the rest is a fault of ours.
            _log_refused(refused)
            return await self._send_to(target.chat, target, {"text": payload["text"]})

    async def _send_to(self, chat: int, target: Target, payload: Payload) -> int:
        answered = ReplyParameters(target.answers, allow_sending_without_reply=True) if target.answers else None
        message = await self._bot.send_message(
            chat, message_thread_id=target.thread, reply_parameters=answered, **_typed(payload)
        )
        return message.message_id

    async def strip(self, chat: int, message: int) -> None:
        """Takes the buttons from a message that was answered; when it cannot be done, they stay."""
        try:
            await self._bot.edit_message_reply_markup(chat_id=chat, message_id=message)
        except TelegramError as refused:
            log.debug("telegram_buttons_kept", error=type(refused).__name__)

    async def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Answers a press, so that the button stops waiting. ``text`` is shown to that person alone, for a moment or,
        as an ``alert``, until they close it.
        """
        shown = cut(text, int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)) or None
        try:
            await self._bot.answer_callback_query(query, text=shown, show_alert=alert)
        except TelegramError as refused:
            late = isinstance(refused, BadRequest) and _says(refused, _TOO_LATE)
            log.info("telegram_press_unanswered", error="late" if late else type(refused).__name__)


def _typed(payload: Payload) -> dict[str, Any]:
    """The payload as the library's own objects."""
    typed: dict[str, Any] = {"text": payload["text"]}
    if entities := payload.get("entities"):
        typed["entities"] = MessageEntity.de_list(entities)
    if markup := payload.get("reply_markup"):
        typed["reply_markup"] = InlineKeyboardMarkup.de_json(markup)
    if preview := payload.get("link_preview_options"):
        typed["link_preview_options"] = LinkPreviewOptions.de_json(preview)
    return typed
