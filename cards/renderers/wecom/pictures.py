"""Pictures, which a template card with buttons has no place for, as messages of their own."""

from typing import Any

from cards import model
from cards.renderers.addresses import is_public
from cards.renderers.cutting import NOTHING, clean_line
from cards.renderers.wecom.measure import NEWS_DESCRIPTION_BYTES, NEWS_TITLE_BYTES, URL_BYTES, cut_bytes

Payload = dict[str, Any]


def pictures(card: model.Card, found: list[model.Image | model.Chart]) -> list[Payload]:
    """Pictures as news messages, which lead to the card's page or show the picture by itself."""
    return [
        {"msgtype": "news", "news": {"articles": [_article(one, card)]}}
        for one in found[:1]
        if is_public(one.url, URL_BYTES) and len(one.url.encode()) <= URL_BYTES
    ]


def _article(picture: model.Image | model.Chart, card: model.Card) -> Payload:
    title, told = (picture.alt, "") if isinstance(picture, model.Image) else (picture.title, picture.told)
    made = {
        "title": cut_bytes(clean_line(title) or clean_line(card.summary), NEWS_TITLE_BYTES) or NOTHING,
        "url": card.link if is_public(card.link, URL_BYTES) else picture.url,
        "picurl": picture.url,
    }
    return made | ({"description": cut_bytes(clean_line(told), NEWS_DESCRIPTION_BYTES)} if clean_line(told) else {})
