"""A card as a Mattermost post: its title is the message, everything else stands in attachments."""

from cards.model import Card, Link, Tone
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING, clean_line, cut
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import Piece, fit, notice
from cards.renderers.mattermost.markdown import escape, escape_line, link
from cards.renderers.mattermost.parts import (
    ACTIONS_MAX,
    LETTERS_MAX,
    NOTICE,
    URL_MAX,
    Integrate,
    Part,
    Payload,
    attachments,
    cost,
)
from cards.renderers.mattermost.pieces import pieces
from cards.words import Words

_FALLBACK_MAX = 300  # ours: a notification shows a line or two
_PLAIN_MAX = 3000
_NOTICE_ADDRESS_MAX = 300
_COLORS = {Tone.NEUTRAL: "", Tone.GOOD: "good", Tone.WARNING: "warning", Tone.BAD: "danger"}


def message(card: Card, integrate: Integrate) -> Payload:
    """``message`` and ``props`` with the attachments, as a post has them; ``integrate`` tells what a press calls.

    At most 16,383 letters and 50 actions; that something did not fit is said, with the card's link.
    """
    words = Words(card.language)
    fitted = fit(_pieces(card, words, integrate), cost, (LETTERS_MAX, ACTIONS_MAX), NOTICE)
    rest = _rest(notice(fitted.left, words), card.link, words) if fitted.left else []
    parts = [*fitted.before, *rest, *fitted.after]
    title = [part.text for part in parts if part.heading]
    made = attachments([part for part in parts if not part.heading], _COLORS[card.tone])
    if made:
        made[0]["fallback"] = escape_line(card.summary, _FALLBACK_MAX) or NOTHING
    return {"message": "".join(title), "props": {"attachments": made}}


def plain(text: str) -> str:
    """A line or two of our own as Markdown: for what can hold nothing but text."""
    return escape(text, _PLAIN_MAX) or NOTHING


def _pieces(card: Card, words: Words, integrate: Integrate) -> list[Piece[Part]]:
    blocks = enumerate(with_sign(card, EMOJI))
    made = [piece for index, block in blocks for piece in pieces(block, words, integrate, top=index == 0)]
    if any(piece.content.text for piece in made):
        return made
    return [Piece(Part(escape(cut(card.summary, _PLAIN_MAX), LETTERS_MAX) or NOTHING)), *made]


def _rest(said: str, address: str, words: Words) -> list[Part]:
    if is_web(address, URL_MAX) and len(address) <= _NOTICE_ADDRESS_MAX:
        opened = Link(label=words("See everything"), url=address)
        return [Part(f"{escape_line(said, NOTICE[0])} {link(opened.label, clean_line(opened.url), NOTICE[0])}")]
    return [Part(escape_line(said, NOTICE[0]))]
