"""What the adapter has to say by itself."""

from adapters.callbacks.notices import said
from cards.errors import explain
from cards.model import Card, Link
from cards.words import Words
from core.errors import ConflictError


def open_chat_first(words: Words, url: str) -> Card:
    """In a group, for somebody the bot may not write to before they have opened a chat with it."""
    link = Link(label=words("Open the private chat"), url=url)
    return said(words, words("This answer is for you alone. Open a chat with me to read it."), link)


def answered_already(words: Words) -> str:
    """On a press on a question that is not open any more."""
    return words("This question is not open any more.")


def answered_privately(words: Words) -> str:
    """On a press in a group whose answer went to the private chat."""
    return words("This answer is for you alone: it is in our private chat.")


def connect(words: Words) -> str:
    """What a stranger who looks something up is offered."""
    return words("Connect your account")


def expired(words: Words) -> str:
    """On a press on a button whose question is forgotten."""
    return explain(ConflictError("button_expired"), words)
