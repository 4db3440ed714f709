"""A card as an ``article``, each kind of block as an element in it."""

from typing import assert_never
from urllib.parse import urlsplit, urlunsplit

from markupsafe import Markup

from cards import model
from cards.renderers.addresses import is_web
from cards.renderers.cutting import clean_line
from cards.renderers.drawing import fraction, lengths
from cards.renderers.html.elements import EMPTY, Page, lines, phrase, posting, sign, tag
from cards.renderers.html.forms import form
from cards.words import Words

_BAR_UNITS = 100


def render(card: model.Card, *, action_url: str, csrf: str = "", prefix: str = "card") -> Markup:
    """The card's HTML. ``prefix`` begins all ids in it: a page with several cards gives each its own."""
    page = Page(action_url, csrf, prefix, Words(card.language))
    title = next((block for block in card.blocks if isinstance(block, model.Heading)), None)
    return tag(
        "article",
        sign(card.tone, page.words),
        *(_block(block, page, top=block is title) for block in card.blocks),
        class_=f"k-card k-{card.tone.value}",
        lang=card.language.replace("_", "-"),
        aria_label=clean_line(card.summary),
    )


def _block(block: model.Block, page: Page, *, top: bool) -> Markup:  # noqa: C901, PLR0911 - one line per kind
    match block:
        case model.Heading():
            return _heading(block, top=top)
        case model.Text():
            return _text(block, page)
        case model.Facts():
            return tag("dl", *map(_fact, block.facts), class_="k-facts")
        case model.Rows():
            return _rows(block, page)
        case model.Progress():
            return _progress(block, page)
        case model.Image():
            return _image(block)
        case model.Chart():
            return _chart(block)
        case model.Divider():
            return tag("hr", class_="k-divider")
        case model.Actions():
            return posting(page, *(_element(element) for element in block.elements), class_="k-actions")
        case model.Form():
            return form(block, page)
        case model.Context():
            return tag("p", lines(block.text), class_="k-context", dir="auto")
        case _:
            assert_never(block)


def _heading(block: model.Heading, *, top: bool) -> Markup:
    return tag("h3" if top else "h4", clean_line(block.text), class_="k-heading", dir="auto") + phrase(
        "p", block.detail, "k-detail"
    )


def _text(block: model.Text, page: Page) -> Markup:
    words = (sign(block.tone, page.words), lines(block.text))
    if block.quote:
        return tag("blockquote", *words, class_=f"k-quote k-{block.tone.value}", dir="auto")
    return tag("p", *words, class_=f"k-text k-{block.tone.value}", dir="auto")


def _fact(fact: model.Fact) -> Markup:
    value = tag("dd", lines(fact.value), dir="auto")
    return tag("div", tag("dt", clean_line(fact.label), dir="auto"), value, class_="k-fact")


def _rows(block: model.Rows, page: Page) -> Markup:
    rows = tag("ul", *(_row(row, page) for row in block.rows), class_="k-rows")
    buttons = [_button(button) if button else EMPTY for button in (block.previous, block.next)]
    position = phrase("span", block.position, "k-position")
    if not position and not any(buttons):
        return rows
    return rows + posting(page, buttons[0], position, buttons[1], class_="k-pages")


def _row(row: model.Row, page: Page) -> Markup:
    main = tag(
        "div",
        sign(row.tone, page.words),
        tag("span", clean_line(row.title), class_="k-title", dir="auto"),
        phrase("span", row.meta, "k-meta"),
        tag("p", lines(row.detail), class_="k-detail", dir="auto") if row.detail else EMPTY,
        class_="k-main",
    )
    action = posting(page, _element(row.action), class_="k-action") if row.action else EMPTY
    return tag("li", main, action, class_=f"k-row k-{row.tone.value}")


def _progress(block: model.Progress, page: Page) -> Markup:
    name = page.new_id()
    share = f"{fraction(block.value):.4g}"
    return tag(
        "div",
        tag("span", clean_line(block.label), class_="k-label", id=name, dir="auto"),
        tag("progress", max="1", value=share, aria_labelledby=name),
        phrase("span", block.text, "k-value"),
        class_="k-progress",
    )


def _image(block: model.Image) -> Markup:
    if not is_web(block.url):
        return tag("p", f"{clean_line(block.alt)} {clean_line(block.url)}", class_="k-context", dir="auto")
    return tag("img", class_="k-image", src=block.url, alt=clean_line(block.alt), loading="lazy")


def _chart(block: model.Chart) -> Markup:
    if is_web(block.url):
        return _pictured(block)
    bars = (_bar(bar, share) for bar, share in zip(block.bars, lengths(block), strict=True))
    title = tag("figcaption", clean_line(block.title), dir="auto")
    return tag("figure", title, tag("ul", *bars, class_="k-bars"), class_="k-chart")


def _pictured(block: model.Chart) -> Markup:
    # A picture of Kith's own, so its address is said from the root: a policy lets pages show no others.
    parts = urlsplit(block.url)
    source = urlunsplit(("", "", parts.path, parts.query, ""))
    title = tag("figcaption", clean_line(block.title), dir="auto")
    alt = clean_line(f"{block.title}: {block.told}")
    picture = tag("img", class_="k-image", src=source, alt=alt, loading="lazy")
    return tag("figure", title, picture, phrase("p", block.told, "k-context"), class_="k-chart")


def _bar(bar: model.Bar, share: float) -> Markup:
    # A width attribute of SVG, for a strict content security policy forbids a style attribute.
    track = tag("rect", width=str(_BAR_UNITS), height="10", fill="currentColor", fill_opacity="0.12")
    length = tag("rect", width=f"{share * _BAR_UNITS:.4g}", height="10", fill="currentColor")
    box = {"viewBox": f"0 0 {_BAR_UNITS} 10", "preserveAspectRatio": "none", "width": str(_BAR_UNITS), "height": "10"}
    drawn = tag("svg", track, length, aria_hidden="true", focusable="false", **box)
    return tag("li", phrase("span", bar.label, "k-label"), drawn, phrase("span", bar.text, "k-value"), class_="k-bar")


def _element(element: model.Element) -> Markup:
    match element:
        case model.Button():
            return _button(element)
        case model.Link() if is_web(element.url):
            name = clean_line(element.label)
            return tag("a", name, href=element.url, class_="k-button k-link", rel="noopener", dir="auto")
        case model.Link():  # javascript: and whatever else is no web page
            return phrase("span", f"{element.label} {element.url}", "k-detail")
        case model.Menu():
            return _menu(element)
        case _:
            assert_never(element)


def _menu(menu: model.Menu) -> Markup:
    options = (model.Button(label=one.label, command=one.value, token=one.token) for one in menu.options)
    name = tag("summary", clean_line(menu.label), class_="k-button k-normal", dir="auto")
    return tag("details", name, tag("div", *map(_button, options), class_="k-options"), class_="k-menu")


def _button(button: model.Button) -> Markup:
    return tag(
        "button",
        clean_line(button.label),
        type="submit",
        name="token",
        value=button.token,
        class_=f"k-button k-{button.style.value}",
        data_confirm=button.confirm or False,
        dir="auto",
    )
