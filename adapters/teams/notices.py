"""The few things that only Teams needs to have said."""

from cards.errors import explain
from cards.model import Actions, Card, Form, Link, Text
from cards.words import Words
from core.errors import ConflictError


def form_to_open(form: Form, words: Words) -> Card:
    """A form that a message cannot open by itself: a button opens it as a dialog."""
    text = words("A few details are still needed. Press the button to fill them in.")
    return Card(summary=form.title, blocks=(Text(text=text), form), language=words.language)


def wordless(words: Words) -> Card:
    """To a file or a picture."""
    return _card(words, words("I read text only. Type a customer's name, or /help."))


def answered_privately(words: Words) -> Card:
    """In a room: the answer is elsewhere. Tells nothing of it."""
    return _card(words, words("This answer is for you alone: it is in our private chat."))


def open_chat_first(words: Words, url: str) -> Card:
    """In a room, for somebody who has not installed the app for themselves yet."""
    text = words("This answer is for you alone. Open a chat with me to read it.")
    link = Link(label=words("Open the private chat"), url=url)
    return Card(summary=text, blocks=(Text(text=text), Actions(elements=(link,))), language=words.language)


def cannot_save(words: Words) -> str:
    """The database cannot be reached: nothing was done, and nothing is waiting."""
    return words("Kith cannot reach its database right now, so nothing was done. Please try again in a minute.")


def on_its_way(words: Words) -> str:
    """To a press whose answer comes as a message of its own."""
    return words("One moment: the answer comes as a message.")


def sent_already(words: Words) -> str:
    """To a press that had come before."""
    return words("That has been done already.")


def expired(words: Words) -> str:
    """To a form that is forgotten."""
    return explain(ConflictError("button_expired"), words)


def _card(words: Words, text: str) -> Card:
    return Card(summary=text, blocks=(Text(text=text),), language=words.language)
