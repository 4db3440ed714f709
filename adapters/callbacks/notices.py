"""What platforms say by themselves where forms are asked step by step."""

from cards.model import Actions, Card, Link, Text
from cards.words import Words


def said(words: Words, text: str, *links: Link) -> Card:
    """One sentence, perhaps with links below it."""
    blocks = (Text(text=text), Actions(elements=links)) if links else (Text(text=text),)
    return Card(summary=text, blocks=blocks, language=words.language)


def wordless(words: Words) -> Card:
    """To a picture, a sticker, a file or a voice."""
    return said(words, words("I read text only. Type a customer's name, or /help."))


def left(words: Words, title: str) -> Card:
    """A form was left because something else was begun."""
    return said(words, words("“{title}” is closed; nothing of it was saved.", title=title))


def cancelled(words: Words, title: str) -> Card:
    """A form was cancelled."""
    return said(words, words("“{title}” is cancelled; nothing was saved.", title=title))


def nothing_open(words: Words) -> Card:
    """To /cancel where there is nothing to cancel."""
    return said(words, words("There is no form to leave."))


def not_done(words: Words) -> Card:
    """A question was answered with no."""
    return said(words, words("Nothing was changed."))
