"""A card as card JSON 2.0: https://open.feishu.cn/document/feishu-cards/card-json-v2-structure."""

from cards.model import Block, Card, Heading, Link, Tone
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING, clean_line, cut
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.feishu.objects import (
    BODY_MAX,
    CHARTS_MAX,
    ELEMENTS_MAX,
    ENVELOPE,
    TITLE_MAX,
    URL_MAX,
    Around,
    Payload,
    Spot,
    link,
    paragraph,
    plain,
    side_by_side,
    small,
    tagged,
    weight,
)
from cards.renderers.feishu.pieces import Pieces, pieces
from cards.renderers.fitting import Piece, fit, notice
from cards.words import Words

_TEMPLATES = {Tone.NEUTRAL: "blue", Tone.GOOD: "green", Tone.WARNING: "orange", Tone.BAD: "red"}
_NOTICE_BYTES = 800  # beside the address

Cost = tuple[int, int, int]


def message(card: Card, spot: Spot) -> Payload:
    """The card where it stands; that something did not fit is said, with the card's link.

    At most 200 elements and 30 KB. ``update_multi`` must be true; what is for one person cannot be forwarded.
    """
    words = Words(card.language)
    header, blocks = _headed(card)
    frame: Payload = {
        "schema": "2.0",
        "config": {
            "update_multi": True,
            "enable_forward": spot is Spot.ROOM,
            "summary": {"content": cut(clean_line(card.summary), TITLE_MAX) or NOTHING},
        },
        **({"header": header} if header else {}),
    }
    limits = (ELEMENTS_MAX - tagged(frame), BODY_MAX - ENVELOPE - weight(frame), CHARTS_MAX)
    made = _made(blocks, Around(words, spot))
    if not _within(made, limits):
        made = _made(blocks, Around(words, spot, roomy=False))
    if not made and not header:
        made = [Piece(paragraph(cut(clean_line(card.summary), TITLE_MAX)))]
    return frame | {"body": {"elements": _fitted(made, limits, card, words)}}


def _headed(card: Card) -> tuple[Payload, tuple[Block, ...]]:
    """The header, which is the first heading in the colour of the card's tone, and the blocks below it."""
    blocks = with_sign(card, EMOJI)
    first = blocks[0] if blocks else None
    if not isinstance(first, Heading) or not clean_line(first.text):
        return {}, blocks
    header = {"title": plain(first.text, TITLE_MAX), "template": _TEMPLATES[card.tone]}
    if clean_line(first.detail):
        header["subtitle"] = plain(first.detail, TITLE_MAX)
    return header, blocks[1:]


def _made(blocks: tuple[Block, ...], around: Around) -> Pieces:
    return [piece for block in blocks for piece in pieces(block, around)]


def _cost(element: Payload) -> Cost:
    return tagged(element), weight(element) + 1, int(element["tag"] == "chart")


def _within(made: Pieces, limits: Cost) -> bool:
    costs = [_cost(piece.content) for piece in made]
    return all(sum(cost[at] for cost in costs) <= limit for at, limit in enumerate(limits))


def _fitted(made: Pieces, limits: Cost, card: Card, words: Words) -> list[Payload]:
    reachable = is_web(card.link, URL_MAX)
    needed = (7, _NOTICE_BYTES + (3 * len(card.link) if reachable else 0), 0)
    fitted = fit(made, _cost, limits, needed)
    rest: list[Payload] = [small(notice(fitted.left, words))] if fitted.left else []
    if fitted.left and reachable:
        rest.append(side_by_side([link(Link(label=words("See everything"), url=card.link))]))
    return [*fitted.before, *rest, *fitted.after]
