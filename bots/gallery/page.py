"""The gallery as one page without script: a card in a row, a platform in a column, once in each language."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bots.gallery import signs
from bots.gallery.model import Drawing
from cards.examples import examples
from cards.model import Card
from cards.words import LANGUAGES

_STYLE = """
body { margin: 0; padding: 24px; background: #eef0f2; color: #1d2328; overflow: auto; height: auto;
  font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; display: block; }
html { overflow: auto; height: auto; }
.gallery-title { font-size: 24px; margin: 0 0 4px; } .gallery-about { margin: 0 0 24px; color: #57606a; }
.gallery-names { columns: 5; font-size: 13px; margin: 0 0 32px; padding: 0; list-style: none; }
.gallery-card { margin: 0 0 40px; } .gallery-card > h2 { font-size: 17px; margin: 0 0 8px;
  border-bottom: 1px solid #d0d7de; padding-bottom: 4px; }
.gallery-row { display: grid; gap: 24px; align-items: start; margin: 0 0 20px; }
.gallery-row > div { min-width: 0; }
.gallery-platform { font-size: 12px; color: #57606a; margin: 0 0 4px; }
"""
_PAGE = Markup(
    '<!doctype html>\n<html lang="en" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
    "<title>Kith: every card</title>\n<style>{}</style>\n</head>\n<body>\n{}\n</body>\n</html>\n"
)


def page(
    drawings: Sequence[Drawing],
    names: Iterable[str] = (),
    languages: Sequence[str] = LANGUAGES,
    *,
    titled: bool = True,
) -> str:
    """The page with these cards; without ``names`` with all of them. ``titled`` puts a list of them on top."""
    cards = {language: examples(language) for language in languages}
    wanted = list(names) or list(cards[languages[0]])
    style = Markup("\n".join((*(drawing.style for drawing in drawings), signs.STYLE, _STYLE)))  # noqa: S704 - style sheets of our own
    head = _head(drawings, wanted) if titled else Markup()
    body = Markup("\n").join(
        _card(name, [cards[language][name] for language in languages], drawings) for name in wanted
    )
    return str(_PAGE.format(style, head + body))


def _head(drawings: Sequence[Drawing], names: Sequence[str]) -> Markup:
    items = Markup().join(Markup('<li><a href="#{0}">{0}</a></li>').format(name) for name in names)
    about = f"{len(names)} cards on {', '.join(drawing.title for drawing in drawings)}, drawn from what would be sent."
    return Markup(
        '<h1 class="gallery-title">Every card</h1><p class="gallery-about">{}</p><ul class="gallery-names">{}</ul>'
    ).format(about, items)


def _card(name: str, versions: Sequence[Card], drawings: Sequence[Drawing]) -> Markup:
    rows = Markup("\n").join(_row(card, drawings) for card in versions)
    return Markup('<section class="gallery-card" id="{0}"><h2>{0}</h2>{1}</section>').format(name, rows)


def _row(card: Card, drawings: Sequence[Drawing]) -> Markup:
    columns = " ".join(f"{drawing.width}px" for drawing in drawings)
    cells = Markup("\n").join(
        Markup('<div><p class="gallery-platform">{}</p>{}</div>').format(
            drawing.title, signs.with_signs(drawing.draw(card))
        )
        for drawing in drawings
    )
    return Markup('<div class="gallery-row" lang="{}" style="grid-template-columns: {}">{}</div>').format(
        card.language.replace("_", "-"), columns, cells
    )


def _cell(card: Card, drawing: Drawing) -> Markup:
    drawn = signs.with_signs(drawing.draw(card))
    return Markup('<div><p class="gallery-platform">{}</p>{}</div>').format(drawing.title, drawn)
