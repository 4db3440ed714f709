"""Whether a message is said to the bot, and the command line it says."""

from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.constants import ChatType, MessageEntityType

from adapters.telegram.menu import CANCEL, CRM, START
from commands.parsing import Verbs

# What the bot's own links say; anything else behind t.me/BOT?start= is a one-time code.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Me:
    """The bot: its id, and its name without the @."""

    id: int
    username: str

    def is_called(self, name: str) -> bool:
        """Whether ``name``, with or without its @, is the bot's."""
        return name.removeprefix("@").casefold() == self.username.casefold()

    def is_author_of(self, message: Message) -> bool:
        """Whether the bot sent it."""
        return message.from_user is not None and message.from_user.id == self.id


@dataclass(frozen=True, slots=True)
class Line:
    """A command line without its slash, and what Telegram has commands of its own for."""

    text: str
    command: bool = False
    started: bool = False
    cancelled: bool = False


def addressed_line(message: Message, text: str, me: Me, verbs: Verbs, names: dict[str, str]) -> Line | None:
    """The line; None when it is said to somebody else: in a group without the bot's name, or to another bot.

    ``names`` are the verbs by what they are called in Telegram's menu.
    """
    private = message.chat.type == ChatType.PRIVATE
    if text.startswith("/"):
        return _command(text, me, verbs, names, private=private)
    if private:
        return Line(text)
    return _called(message, text, me)


def _command(text: str, me: Me, verbs: Verbs, names: dict[str, str], *, private: bool) -> Line | None:
    word, *behind = text[1:].split(None, 1)[:2] or [""]
    rest = behind[0] if behind else ""
    typed, at, bot = word.partition("@")
    name = typed.casefold()
    if at and not me.is_called(bot):
        return None
    if name in {START, CANCEL} and not private and not (at and name == START):
        return None  # every bot has these; in a group they are another's, and forms are never filled in there
    if (own := _own_command(name, rest)) is not None:
        return own
    verb = names.get(name)
    line = f"{verb or typed} {rest}".strip()
    ours = at or private or verb is not None or verbs.read(line).command is not None
    return Line(line, command=True) if ours else None


def _own_command(name: str, rest: str) -> Line | None:
    """What Telegram itself has commands for, and /crm."""
    if name == START:
        code = "" if rest == OPEN else rest.strip()
        return Line(f"link {code}" if code else "", command=True, started=not code)
    if name == CANCEL:
        return Line("", command=True, cancelled=True)
    return Line(rest, command=True) if name == CRM else None


def _called(message: Message, text: str, me: Me) -> Line | None:
    """In a group: the text without the bot's name, or a reply to what the bot said."""
    for entity, words in _mentions(message).items():
        named = entity.user.id == me.id if entity.user else me.is_called(words)
        if named:
            return Line(text.replace(words, "", 1).strip())
    target = message.reply_to_message
    # In a forum every message replies to the one that opened its topic, which a bot may have sent.
    answers = target is not None and target.forum_topic_created is None and me.is_author_of(target)
    return Line(text) if answers else None


def _mentions(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntityType.MENTION, MessageEntityType.TEXT_MENTION]
    return message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
