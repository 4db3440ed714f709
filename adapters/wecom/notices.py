"""What the adapter has to say by itself."""

from msgspec.structs import replace

from adapters.callbacks.notices import said
from cards.errors import explain
from cards.model import Actions, Button, Card, Text
from cards.words import Words
from core.errors import ConflictError


def answered_already(words: Words) -> Card:
    """On a press on a question that is not open any more."""
    return said(words, words("This question is not open any more."))


def expired(words: Words) -> Card:
    """On a press on a button whose question is forgotten."""
    return said(words, explain(ConflictError("button_expired"), words))


def answered_privately(words: Words) -> Card:
    """In a group, when the answer went to the application's own chat: it tells nothing."""
    return said(words, words("This answer is for you alone: it is in our private chat."))


def not_reached(words: Words) -> Card:
    """In a group, when the asker cannot be written to: it tells nothing but what an administrator can mend."""
    return said(words, words("Kith may not write to you. Ask your administrator to let you use the app."))


def confirmation(button: Button, no: str, words: Words) -> Card:
    """The question to ask before ``button`` runs; ``no`` is the token of the other answer."""
    other = Button(label=words("Cancel"), command="", token=no)
    question = button.confirm or button.label
    # Without its question: a button that asks is asked about again whenever it is sent.
    blocks = (Text(text=question), Actions(elements=(replace(button, confirm=""), other)))
    return Card(summary=question, blocks=blocks, language=words.language)
