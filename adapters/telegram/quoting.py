"""A message that somebody pointed at, with who said it and when."""

from datetime import UTC

from telegram import (
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    TextQuote,
)

from commands.model import Quoted


def quoted(message: Message, part: TextQuote | None = None) -> Quoted | None:
    """The message or its marked part, a forwarded one as it was said first; None when it has no words."""
    text = part.text if part else message.text or message.caption or ""
    if not text:
        return None
    origin = message.forward_origin
    said_at = (origin.date if origin else message.date).astimezone(UTC)
    return Quoted(
        text=text, author=_origin_name(origin) if origin else _author(message), said_at=said_at, link=message.link or ""
    )


def _author(message: Message) -> str:
    if message.sender_chat is not None:
        return message.sender_chat.effective_name or ""
    return message.from_user.full_name if message.from_user else ""


def _origin_name(origin: MessageOrigin) -> str:
    match origin:
        case MessageOriginUser():
            return origin.sender_user.full_name
        case MessageOriginHiddenUser():
            return origin.sender_user_name
        case MessageOriginChat():
            return origin.sender_chat.effective_name or ""
        case MessageOriginChannel():
            return origin.chat.effective_name or ""
        case _:
            return ""
