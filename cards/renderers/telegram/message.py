"""A card as a Telegram message.

``callback_data`` is a button's token; a form's buttons carry what ``question.answer`` reads. Telegram has no dialog for
a button's ``confirm``: whoever receives such a press sends ``confirmation`` first.
"""

from cards import model
from cards.renderers.addresses import is_public
from cards.renderers.cutting import NOTHING
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import Piece
from cards.renderers.telegram.parts import TEXT_MAX, URL_MAX, Part, Payload, fits, payload, press, shown
from cards.renderers.telegram.pieces import Scope, pieces
from cards.words import Words

# Ours: each text in full if all then fits, else its beginning, so that one long note does not push out the rest.
_LONGEST = (TEXT_MAX, 1200, 400)


def message(card: model.Card) -> Payload:
    """``text``, ``entities``, ``link_preview_options`` and ``reply_markup`` for sendMessage and editMessageText.

    The text is never empty and within 4,096 UTF-16 units; that something is missing is said, with the card's link.
    """
    words = Words(card.language)
    for longest in _LONGEST:
        made = _pieces(card, words, longest)
        if fits(made):
            break
    sent = payload(made, words, address=card.link, shortened=longest < TEXT_MAX)
    if picture := _picture(card):
        sent["link_preview_options"] = {"url": picture, "prefer_large_media": True}
    return sent


def confirmation(button: model.Button, language: str) -> Payload:
    """The question to ask before ``button`` runs: its own label goes on with its token, the other sends ``cancel``."""
    words = Words(language)
    question = shown(button.confirm, _LONGEST[1]) or shown(button.label) or NOTHING
    yes = Part(0, ((question, ""),), (press(button.label, button.token),), "yes")
    no = Part(0, (), (press(words("Cancel"), "cancel"),), "no")
    return payload([Piece(yes), Piece(no)], words)


def _pieces(card: model.Card, words: Words, longest: int) -> list[Piece[Part]]:
    scope = Scope(words, longest)
    made = [piece for index, block in enumerate(with_sign(card, EMOJI)) for piece in pieces(block, index, scope)]
    if any(piece.content.runs for piece in made):
        return made
    return [Piece(Part(-1, ((shown(card.summary, longest) or NOTHING, ""),))), *made]  # a text there must be


def _picture(card: model.Card) -> str:
    """The picture to show below the text: the first one that Telegram's servers can fetch."""
    images = (block.url for block in card.blocks if isinstance(block, model.Image | model.Chart))
    return next((url for url in images if is_public(url, URL_MAX)), "")
