"""A card as a Slack message.

``action_id`` is ``press-3``, ``open-4``, ``choose-5`` or ``form-6``: what kind of element it is (a button, a link, a
menu, a form to open as a modal) and a number that makes it unique. Tokens are ``value``, of a button or an option.
"""

from itertools import count

from msgspec.json import encode

from cards.model import Card, Link
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import fit, notice
from cards.renderers.slack.objects import URL_MAX, Payload, escape, link, paragraph, section
from cards.renderers.slack.pieces import LETTERS_MAX, letters, pieces, whole
from cards.words import Words

BLOCKS_MAX = 50
FALLBACK_MAX = 3000  # of 40,000: a notification shows a line or two
_NOTICE = (1, 200)


def message(card: Card) -> Payload:
    """``text`` (for notifications and screen readers) and ``blocks``: what chat.postMessage and a response_url take."""
    return {"text": escape(card.summary, FALLBACK_MAX) or NOTHING, "blocks": blocks(card)}


def blocks(card: Card) -> list[Payload]:
    """The card's blocks: at most 50 with 13,000 letters; that something did not fit is said, with the card's link."""
    words = Words(card.language)
    marked = enumerate(with_sign(card, EMOJI))
    made = [piece for index, block in marked for piece in pieces(block, words, top=index == 0)]
    made = made or whole([section(paragraph(card.summary))])
    if len(made) <= BLOCKS_MAX and len(encode([piece.content for piece in made])) <= LETTERS_MAX:
        return _numbered([piece.content for piece in made])  # as nearly always: no need to count letters one by one
    fitted = fit(made, lambda block: (1, letters(block)), (BLOCKS_MAX, LETTERS_MAX), _NOTICE)
    rest = [_rest(notice(fitted.left, words), card.link, words)] if fitted.left else []
    return _numbered([*fitted.before, *rest, *fitted.after])


def _rest(said: str, address: str, words: Words) -> Payload:
    block = section(paragraph(said))
    if is_web(address, URL_MAX):
        block["accessory"] = link(Link(label=words("See everything"), url=address))
    return block


def _numbered(shown: list[Payload]) -> list[Payload]:
    """The blocks with every action_id made unique, as Slack wants within a message."""
    numbers = count(1)
    for block in shown:
        elements = (
            block["elements"] if block["type"] == "actions" else [block["accessory"]] if "accessory" in block else []
        )
        for element in elements:
            element["action_id"] += f"-{next(numbers)}"
    return shown
