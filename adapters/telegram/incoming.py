"""What an update says, in Kith's terms. Pure: nothing is asked of Telegram, nothing is kept."""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace
from telegram import CallbackQuery, InlineQuery, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType

from adapters.telegram.addressing import Me, addressed_line
from adapters.telegram.quoting import quoted
from commands.model import Incoming
from commands.parsing import Verbs

NAME = "telegram"
_SAVE = "save"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed. ``command`` tells that it began with a slash, so that it cannot be the answer to a question."""

    incoming: Incoming
    command: bool = False
    started: bool = False  # opened the private chat, with no code
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button; ``query`` wants an answer. ``incoming.token`` is what the button carried.

    Without ``reply_to`` the message is one that was posted through an inline query, and nothing can be done there.
    """

    query: str
    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody typed the bot's name in any chat, and what to look up behind it."""

    query: str
    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture, a sticker, a voice in the private chat: something without words."""

    incoming: Incoming


Event = Said | Pressed | Asked | Wordless


def decode(update: Update, me: Me, verbs: Verbs, names: dict[str, str]) -> Event | None:
    """What an update says; None when it is not for us: edited, posted by a bot, said to somebody else."""
    delivery = f"{me.id}-{update.update_id}"
    if update.callback_query is not None:
        return _pressed(update.callback_query, delivery)
    if update.inline_query is not None:
        return _asked(update.inline_query, delivery)
    if update.message is not None:
        return _heard(update.message, delivery, me, verbs, names)
    return None


def _incoming(user: User, delivery: str, conversation: str, **more: Any) -> Incoming:
    return Incoming(
        platform=NAME,
        user=str(user.id),
        user_name=user.full_name,
        language_hint=user.language_code or "",
        delivery=delivery,
        conversation=conversation,
        **more,
    )


def _placed(user: User, message: MaybeInaccessibleMessage, delivery: str, **more: Any) -> Incoming:
    """``reply_to`` is where an answer goes: chat, forum topic, and the message that is answered or was pressed.

    Of a message that is too old Telegram tells no topic.
    """
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    reply_to = {"chat": message.chat.id, "message": message.message_id} | ({"thread": thread} if thread else {})
    conversation = f"{message.chat.id}/{thread}" if thread else str(message.chat.id)
    direct = message.chat.type == ChatType.PRIVATE
    return _incoming(user, delivery, conversation, direct=direct, reply_to=reply_to, **more)


def _pressed(query: CallbackQuery, delivery: str) -> Pressed:
    message, user = query.message, query.from_user
    if message is None or query.data is None:
        return Pressed(query.id, _incoming(user, delivery, ""))
    incoming = _placed(user, message, delivery, token=query.data)
    return Pressed(query.id, replace(incoming, reply_to=incoming.reply_to | {"pressed": True}))


def _asked(query: InlineQuery, delivery: str) -> Asked:
    # Nothing is bound to it and nothing is answered there but the list itself.
    return Asked(query.id, _incoming(query.from_user, delivery, f"inline:{query.from_user.id}", text=query.query))


def _is_person(message: Message) -> bool:
    """Not a bot, not what was sent through one, not a channel's post in its group."""
    sender = message.from_user
    return sender is not None and not sender.is_bot and message.via_bot is None and not message.is_automatic_forward


def _heard(message: Message, delivery: str, me: Me, verbs: Verbs, names: dict[str, str]) -> Event | None:
    if not _is_person(message) or message.from_user is None:
        return None
    incoming = _placed(message.from_user, message, delivery)
    text = message.text or message.caption or ""
    if not text:
        return Wordless(incoming) if incoming.direct and message.effective_attachment is not None else None
    if incoming.direct and message.forward_origin is not None:
        return Said(replace(incoming, text=_SAVE, quoted=quoted(message)))
    line = addressed_line(message, text, me, verbs, names)
    if line is None:
        return None
    heard = replace(incoming, text=line.text)
    target = message.reply_to_message
    read = verbs.read(line.text).command
    if read is not None and read.verb == _SAVE and target is not None and not me.is_author_of(target):
        heard = replace(heard, quoted=quoted(target, message.quote))
    return Said(heard, line.command, line.started, line.cancelled)
