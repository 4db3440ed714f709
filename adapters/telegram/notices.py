"""What the adapter has to say by itself."""

from cards.errors import explain
from cards.model import Actions, Card, Link, Text
from cards.words import Words
from core.errors import ConflictError


def _card(words: Words, text: str, *links: Link) -> Card:
    blocks = (Text(text=text), Actions(elements=links)) if links else (Text(text=text),)
    return Card(summary=text, blocks=blocks, language=words.language)


def wordless(words: Words) -> Card:
    """To a picture, a sticker or a voice."""
    return _card(words, words("I read text only. Type a customer's name, or /help."))


def left(words: Words, title: str) -> Card:
    """A form was left because something else was begun."""
    return _card(words, words("“{title}” is closed; nothing of it was saved.", title=title))


def cancelled(words: Words, title: str) -> Card:
    """A form was cancelled."""
    return _card(words, words("“{title}” is cancelled; nothing was saved.", title=title))


def nothing_open(words: Words) -> Card:
    """To /cancel where there is nothing to cancel."""
    return _card(words, words("There is no form to leave."))


def not_done(words: Words) -> Card:
    """A question was answered with no."""
    return _card(words, words("Nothing was changed."))


def open_chat_first(words: Words, url: str) -> Card:
    """In a group, for somebody the bot may not write to before they have opened a chat with it."""
    link = Link(label=words("Open the private chat"), url=url)
    return _card(words, words("This answer is for you alone. Open a chat with me to read it."), link)


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
