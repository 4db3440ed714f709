"""Cards as Telegram messages: a text with entities and an inline keyboard, and forms one question at a time."""

from cards.renderers.telegram.message import confirmation, message
from cards.renderers.telegram.question import Answer, answer, first_open, question

__all__ = ["Answer", "answer", "confirmation", "first_open", "message", "question"]
