"""How an answer is taken apart before it is sent."""

from msgspec.structs import replace

from cards.model import Card, Divider, Form
from commands.model import Audience, Incoming, Reply


def goes_private(incoming: Incoming, reply: Reply) -> bool:
    """Whether an answer to something said in front of others is for the asker alone."""
    return reply.audience is Audience.ASKER and not incoming.direct


def apart(reply: Reply) -> tuple[Form | None, tuple[Card, ...]]:
    """The form to open, also where it stands in a card, and the cards without it."""
    forms = [block for card in reply.cards for block in card.blocks if isinstance(block, Form)]
    if not forms:
        return reply.form, reply.cards
    bare = (
        replace(card, blocks=tuple(one for one in card.blocks if not isinstance(one, Form))) for card in reply.cards
    )
    return reply.form or forms[0], tuple(card for card in bare if card.blocks)


def one_card(cards: tuple[Card, ...]) -> Card:
    """Several cards as one message: the first one's tone, every block of all."""
    first = cards[0]
    if len(cards) == 1:
        return first
    blocks = [block for card in cards for block in (Divider(), *card.blocks)][1:]
    summary = " · ".join(card.summary for card in cards)
    return replace(first, summary=summary, blocks=tuple(blocks))
