"""Each kind of block as pieces of a card: what is sent whole or not at all."""

from collections.abc import Iterable
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, split, units
from cards.renderers.drawing import EMOJI, bar, fraction, lengths, meter, signed
from cards.renderers.feishu.forms import form_container
from cards.renderers.feishu.objects import (
    COLUMNS_MAX,
    TITLE_MAX,
    URL_MAX,
    Around,
    Payload,
    asks,
    button,
    link,
    menus,
    paragraph,
    side_by_side,
    small,
    unlinked,
    with_action,
)
from cards.renderers.fitting import Piece, grouped

# Ours, not Feishu's: parts of a long text, so that its beginning is shown where not all of it fits.
_PART_MAX = 2000
_TEXT_MAX = 20_000
_DETAIL_MAX = 1000
_LABEL_MAX = 100
_VALUE_MAX = 1000
_LINES_TOGETHER = 10
_METER_CELLS = 12
_BARS_MAX = 20
_BAR_NAME_MAX = 60

Pieces = list[Piece[Payload]]


def pieces(block: model.Block, around: Around) -> Pieces:  # noqa: C901, PLR0911 - one line per kind
    """What ``block`` becomes; nothing when there is nothing in it to show."""
    match block:
        case model.Heading():
            return whole(_heading(block))
        case model.Text():
            return whole(_text(block))
        case model.Facts():
            return _facts(block)
        case model.Rows():
            return _rows(block, around)
        case model.Progress():
            return whole([paragraph(_bar(fraction(block.value), block.label, block.text))])
        case model.Image():
            return whole([_image(block)])
        case model.Chart():
            return _chart(block)
        case model.Divider():
            return whole([{"tag": "hr"}])
        case model.Actions():
            return _actions(block.elements, around)
        case model.Form():
            return whole([form_container(block, around)], keep=True)
        case model.Context():
            return whole(small(part) for part in split(cut(clean(block.text), _TEXT_MAX), _PART_MAX))
        case _:
            assert_never(block)


def whole(elements: Iterable[Payload], *, keep: bool = False, rows: int = 0) -> Pieces:
    """Each component as a piece."""
    return [Piece(element, keep, rows) for element in elements]


def _heading(block: model.Heading) -> list[Payload]:
    title, detail = cut(clean_line(block.text), TITLE_MAX), cut(clean_line(block.detail), _DETAIL_MAX)
    return ([paragraph(title, size="heading")] if title else []) + ([small(detail)] if detail else [])


def _text(block: model.Text) -> list[Payload]:
    text = clean(block.text)
    if not text:
        return []
    shown = signed(f"“{text}”" if block.quote else text, block.tone, EMOJI)
    color = "grey" if block.quote else ""
    return [paragraph(part, color=color) for part in split(cut(shown, _TEXT_MAX), _PART_MAX)]


def _facts(block: model.Facts) -> Pieces:
    lines = [f"{_line(fact.label, _LABEL_MAX)}: {_line(fact.value, _VALUE_MAX)}" for fact in block.facts]
    return _lines(lines, rows=False)


def _line(text: str, limit: int) -> str:
    return cut(clean(text), limit) or NOTHING


def _lines(lines: list[str], *, rows: bool = True) -> Pieces:
    """Lines that have no button share a text: as many as fit, ten at most."""
    groups = grouped(lines, lambda line: units(line) + 1, most=_LINES_TOGETHER, room=_PART_MAX)
    return [Piece(paragraph("\n".join(group)), rows=len(group) if rows else 0) for group in groups]


def _rows(block: model.Rows, around: Around) -> Pieces:
    made: Pieces = []
    together: list[str] = []
    for row in block.rows:
        if row.action is None:
            together.append("\n".join(_row(row)))
            continue
        made += _lines(together)
        together = []
        made += _with_action(row, row.action, around)
    paging = tuple(one for one in (block.previous, block.next) if one)
    position = cut(clean(block.position), _DETAIL_MAX)
    return made + _lines(together) + whole([small(position)] if position else []) + _actions(paging, around)


def _row(row: model.Row) -> tuple[str, ...]:
    title = signed(cut(clean_line(row.title), TITLE_MAX) or NOTHING, row.tone, EMOJI)
    head = "  ·  ".join(filter(None, (title, cut(clean_line(row.meta), TITLE_MAX))))
    return tuple(filter(None, (head, cut(clean(row.detail), _DETAIL_MAX))))


def _with_action(row: model.Row, action: model.Button | model.Link, around: Around) -> Pieces:
    head, *detail = _row(row)
    left = [paragraph(head), *map(small, detail)] if around.roomy else [paragraph("\n".join((head, *detail)))]
    if isinstance(action, model.Link):
        if is_web(action.url, URL_MAX):
            return whole([with_action(left, link(action))], rows=1)
        return whole([*left, small(unlinked(action) or NOTHING)], rows=1)
    if asks(action):
        return whole(left, rows=1) + whole([button(action, around)], keep=True)
    return whole([with_action(left, button(action, around))], rows=1)


def _bar(share: float, name: str, text: str) -> str:
    # The bar first, for it is always as long as the next one: so the words behind it line up.
    words = (cut(clean_line(one), TITLE_MAX) for one in (name, text))
    return "  ".join(filter(None, (meter(share, _METER_CELLS), *words)))


def _chart(block: model.Chart) -> Pieces:
    title = cut(clean_line(block.title), TITLE_MAX)
    above = [paragraph(title)] if title else []
    if not 0 < len(block.bars) <= _BARS_MAX:
        shares = zip(block.bars, lengths(block), strict=True)
        return whole(above) + _lines([f"{bar(share, _METER_CELLS)} {_bar_name(one)}" for one, share in shares])
    values = [
        {"name": f"{number} {_bar_name(one)}", "value": round(share, 4)}
        for number, (one, share) in enumerate(zip(block.bars, lengths(block), strict=True), 1)
    ]
    # The bars' own names say how much they are; the axis would count from 0 to 1.
    axes = [{"orient": "left", "type": "band"}, {"orient": "bottom", "type": "linear", "visible": False, "max": 1}]
    spec = {"type": "bar", "direction": "horizontal", "data": {"values": values}, "xField": "value", "yField": "name"}
    drawn = {"tag": "chart", "aspect_ratio": "16:9", "preview": False, "chart_spec": spec | {"axes": axes}}
    return whole([*above, drawn])


def _bar_name(one: model.Bar) -> str:
    return "  ".join(filter(None, (cut(clean_line(text), _BAR_NAME_MAX) for text in (one.label, one.text)))) or NOTHING


def _image(block: model.Image) -> Payload:
    # A picture in a card has to be uploaded before; what is at an address can be opened.
    shown = model.Link(label=clean_line(block.alt) or clean_line(block.url), url=block.url)
    return link(shown) if is_web(block.url, URL_MAX) else small(unlinked(shown) or NOTHING)


def _actions(elements: tuple[model.Element, ...], around: Around) -> Pieces:
    """Buttons in rows; menus, and buttons that ask first, below them."""
    made: list[Payload] = []
    below: list[Payload] = []
    said: list[Payload] = []
    for element in elements:
        match element:
            case model.Button():
                (below if asks(element) else made).append(button(element, around))
            case model.Link() if is_web(element.url, URL_MAX):
                made.append(link(element))
            case model.Link():
                said.append(small(unlinked(element) or NOTHING))
            case model.Menu() if element.options:
                below += menus(element, around)
            case model.Menu():
                said.append(small(cut(clean_line(element.label), TITLE_MAX) or NOTHING))
            case _:
                assert_never(element)
    sets = [made[start : start + COLUMNS_MAX] for start in range(0, len(made), COLUMNS_MAX)]
    return whole(map(side_by_side, sets), keep=True) + whole(below, keep=True) + whole(said)
