"""Where an answer goes. What is for one person never goes where others read."""

from enum import StrEnum

from cards.model import Form
from commands.model import Audience, Incoming, Reply


class Place(StrEnum):
    """A place in DingTalk."""

    CHAT = "chat"  # a new message in the asker's own chat with Kith
    ROOM = "room"  # a new message in the group
    CARD = "card"  # the card that was pressed, as everybody sees it
    OWN = "own"  # the card that was pressed, as whoever pressed sees it


def place_of(incoming: Incoming, reply: Reply) -> Place:
    """The place of a reply; a card is changed by a press on it alone."""
    private = reply.audience is Audience.ASKER and not incoming.direct
    pressed = bool(incoming.reply_to.get("card"))
    if private:
        return Place.OWN if pressed else Place.CHAT
    if pressed and incoming.fields is None and (reply.replace or has_form(reply)):
        return Place.CARD
    return Place.CHAT if incoming.direct else Place.ROOM


def has_form(reply: Reply) -> bool:
    """Whether it asks for something to be filled in."""
    return reply.form is not None or any(isinstance(block, Form) for card in reply.cards for block in card.blocks)
