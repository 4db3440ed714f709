"""What a message of the workbench holds, as it is kept."""

import msgspec

from cards.model import Block, Card, Form


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words that were said, or cards that answer; ``translations`` are the cards for readers of other languages.

    ``command`` marks words that were said to Kith. ``client`` is the id that the browser gave them, to know its own by.
    """

    text: str = ""
    command: bool = False
    client: str = ""
    cards: tuple[Card, ...] = ()
    translations: dict[str, tuple[Card, ...]] = msgspec.field(default_factory=dict)

    def cards_in(self, language: str) -> tuple[Card, ...]:
        """The cards as a reader of that language is shown them."""
        return self.translations.get(language, self.cards)


def encode(body: Body) -> str:
    """The body as JSON text."""
    return msgspec.json.encode(body).decode()


def decode(text: str) -> Body:
    """The body of a kept message."""
    return msgspec.json.decode(text, type=Body)


def card_of(form: Form) -> Card:
    """A form as a card of its own, for the workbench opens forms where people talk."""
    return Card(summary=form.title, blocks=(form,))


def with_form(body: Body, token: str, changed: Form) -> Body:
    """The body with ``changed`` in the place of its form that has ``token``."""

    def mended(block: Block) -> Block:
        return changed if isinstance(block, Form) and block.token == token else block

    cards = tuple(msgspec.structs.replace(card, blocks=tuple(map(mended, card.blocks))) for card in body.cards)
    return msgspec.structs.replace(body, cards=cards)


def form_of(body: Body, token: str) -> Form | None:
    """The form in a body that has ``token``."""
    blocks = (block for card in body.cards for block in card.blocks)
    return next((block for block in blocks if isinstance(block, Form) and block.token == token), None)
