"""The workbench's cards: its own HTML and its own style sheet."""

import re
import zlib
from pathlib import Path

import msgspec
from markupsafe import Markup

import adapters.web
from bots.gallery.model import Drawing
from cards.model import Card
from cards.renderers import html

_STATIC = Path(adapters.web.__file__).parent / "static"
_PICTURE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
_FRAME = """
.web-picture { display: block; border: 1px dashed #b6bcc2; border-radius: 8px; color: #5b6570; padding: 28px 12px;
  text-align: center; font-size: 13px; }
"""
_STYLE = "\n".join((*((_STATIC / name).read_text(encoding="utf-8") for name in ("base.css", "cards.css")), _FRAME))


def draw(card: Card) -> Markup:
    """The card as the page shows it."""
    prefix = f"web-{card.language}-{zlib.crc32(msgspec.json.encode(card)):x}"  # ids are unique on a page
    drawn = html.render(card, action_url="#", prefix=prefix)
    # The examples' pictures are nowhere to be fetched: the words that stand for them are shown in their place.
    framed = Markup(_PICTURE.sub(r'<span class="web-picture">\1</span>', drawn))  # noqa: S704 - the renderer's own HTML
    return Markup('<div class="web">{}</div>').format(framed)


DRAWING = Drawing("web", "Workbench", 400, _STYLE, draw)
