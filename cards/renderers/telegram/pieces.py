"""Each kind of block as parts of a Telegram message: its words, and the buttons below the text that belong to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_public
from cards.renderers.cutting import NOTHING, clean_line, units
from cards.renderers.drawing import EMOJI, fraction, lengths, meter, signed
from cards.renderers.fitting import Piece
from cards.renderers.telegram.parts import URL_MAX, Part, Payload, Run, opener, press, shown, shown_line
from cards.renderers.telegram.question import asked, first_open
from cards.words import Words

_QUOTE_FOLDED_FROM = 300  # units; a longer one opens when tapped
_TITLE_MAX = 256
_METER_CELLS = 12
_SHELF_MAX = 20  # buttons that are sent together or not at all


@dataclass(frozen=True, slots=True)
class Scope:
    """What the blocks of one message share: words, how long each text may be, and one numbering for all their rows."""

    words: Words
    longest: int
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


def pieces(block: model.Block, index: int, scope: Scope) -> Iterator[Piece[Part]]:  # noqa: C901, PLR0912 - one line per kind
    """What ``block``, the card's ``index``-th, becomes; nothing when there is nothing in it to show."""
    match block:
        case model.Heading():
            yield from _heading(block, index, scope)
        case model.Text():
            yield from _said(index, _text(block, scope))
        case model.Facts():
            for fact in block.facts:
                yield from _said(index, _fact(fact.label, shown(fact.value, scope.longest), scope), rows=1)
        case model.Rows():
            yield from _rows(block, index, scope)
        case model.Progress():
            yield from _said(index, _bar(fraction(block.value), block.label, block.text, scope))
        case model.Image():
            yield from _said(
                index, ((f"🖼 {shown_line(block.alt, scope.longest)} {clean_line(block.url)}".strip(), ""),)
            )
        case model.Chart():
            yield from _chart(block, index, scope)
        case model.Divider():
            yield from _said(index, (("─" * _METER_CELLS, ""),))
        case model.Actions():
            yield from _actions(block.elements, index, "", scope)
        case model.Form():
            yield from asked(block, first_open(block), scope.words, index)
        case model.Context():
            yield from _said(index, ((shown(block.text, scope.longest), "italic"),))
        case _:
            assert_never(block)


def _said(index: int, runs: tuple[Run, ...], rows: int = 0) -> Iterator[Piece[Part]]:
    if any(text for text, _ in runs):
        yield Piece(Part(index, runs), rows=rows)


def _heading(block: model.Heading, index: int, scope: Scope) -> Iterator[Piece[Part]]:
    title, detail = (shown_line(text, scope.longest) for text in (block.text, block.detail))
    runs = ((title, "bold"), ("\n" if title and detail else "", ""), (detail, ""))
    if title or detail:
        yield Piece(Part(index, runs, heading=True))


def _text(block: model.Text, scope: Scope) -> tuple[Run, ...]:
    text = shown(block.text, scope.longest)
    if not block.quote:
        return ((signed(text, block.tone, EMOJI) if text else "", ""),)
    folded = units(text) > _QUOTE_FOLDED_FROM
    sign = signed("", block.tone, EMOJI) if text else ""
    return ((sign, ""), (text, "expandable_blockquote" if folded else "blockquote"))


def _fact(name: str, value: str, scope: Scope) -> tuple[Run, ...]:
    name = scope.words("{label}:", label=shown_line(name, _TITLE_MAX) or NOTHING)
    return (name, "bold"), (f" {value or NOTHING}", "")


def _rows(block: model.Rows, index: int, scope: Scope) -> Iterator[Piece[Part]]:
    for row in block.rows:
        yield Piece(_row(row, index, scope), rows=1)
    yield from _said(index, ((shown_line(block.position, scope.longest), "italic"),))
    paging = tuple(one for one in (block.previous, block.next) if one)
    yield from _actions(paging, index, "pages", scope)


def _row(row: model.Row, index: int, scope: Scope) -> Part:
    """A line of a list; one that can be pressed has a number, and so has its button."""
    number = next(scope.numbers) if row.action else 0
    title = shown_line(row.title, _TITLE_MAX) or NOTHING
    meta, detail = shown_line(row.meta, _TITLE_MAX), shown(row.detail, scope.longest)
    buttons, unlinked = _buttons((row.action,), number) if row.action else ((), ())
    below = "".join(f"\n{text}" for text in (detail, *unlinked) if text)
    mark = signed(f"{number}." if number else "•", row.tone, EMOJI)
    runs = ((f"{mark} ", ""), (title, "bold"), (f" · {meta}" if meta else "", ""), (below, ""))
    return Part(index, runs, buttons, "rows")


def _chart(block: model.Chart, index: int, scope: Scope) -> Iterator[Piece[Part]]:
    yield from _said(index, ((shown_line(block.title, scope.longest), "bold"),))
    for bar, share in zip(block.bars, lengths(block), strict=True):
        yield from _said(index, _bar(share, bar.label, bar.text, scope), rows=1)


def _bar(share: float, name: str, text: str, scope: Scope) -> tuple[Run, ...]:
    # The bar first: each is as long as the next one, so the words behind them line up in any font.
    name, text = shown_line(name, _TITLE_MAX), shown_line(text, scope.longest)
    return (meter(share, _METER_CELLS), ""), (" " if name else "", ""), (name, "bold"), (f" {text}" if text else "", "")


def _actions(elements: tuple[model.Element, ...], index: int, shelf: str, scope: Scope) -> Iterator[Piece[Part]]:
    buttons, unlinked = _buttons(tuple(one for one in elements if not isinstance(one, model.Menu)))
    yield from (piece for text in unlinked for piece in _said(index, ((shown(text, scope.longest), ""),)))
    yield from _shelved(buttons, index, shelf)
    for number, menu in enumerate(one for one in elements if isinstance(one, model.Menu)):
        yield from _said(index, ((shown_line(menu.label, _TITLE_MAX), "bold"),))
        yield from _shelved(tuple(press(one.label, one.token) for one in menu.options), index, f"menu {number}")


def _shelved(buttons: tuple[Payload, ...], index: int, shelf: str) -> Iterator[Piece[Part]]:
    for start in range(0, len(buttons), _SHELF_MAX):
        yield Piece(Part(index, (), buttons[start : start + _SHELF_MAX], shelf), keep=True)


def _buttons(
    elements: tuple[model.Button | model.Link, ...], number: int = 0
) -> tuple[tuple[Payload, ...], tuple[str, ...]]:
    """The buttons Telegram takes, and the links it would refuse, as words."""
    made: list[Payload] = []
    unlinked: list[str] = []
    for element in elements:
        name = f"{number} {clean_line(element.label)}" if number else element.label
        if isinstance(element, model.Button):
            made.append(press(name, element.token))
        elif is_public(element.url, URL_MAX):
            made.append(opener(model.Link(label=name, url=element.url)))
        else:
            unlinked.append(f"{clean_line(element.label)} {clean_line(element.url)}")
    return tuple(made), tuple(unlinked)
