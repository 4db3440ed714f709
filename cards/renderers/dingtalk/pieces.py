"""Each kind of block as parts of a DingTalk message or card."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_public
from cards.renderers.cutting import NOTHING, clean_line
from cards.renderers.dingtalk import marks
from cards.renderers.dingtalk.asking import asked
from cards.renderers.dingtalk.parts import URL_MAX, Knob, Part, knob, unlinked
from cards.renderers.drawing import EMOJI, fraction, lengths, meter, signed
from cards.renderers.fitting import Piece
from cards.words import Words

_TITLE_MAX = 256
_METER_CELLS = 12
_SHELF_MAX = 8  # buttons that are sent together or not at all

Pieces = Iterator[Piece[Part]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the blocks of one message share. ``apart`` is the form that is shown by other means than text."""

    words: Words
    longest: int
    apart: model.Form | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


def pieces(block: model.Block, index: int, scope: Scope) -> Pieces:  # noqa: C901, PLR0912 - one line per kind
    """What ``block``, the card's ``index``-th, becomes; nothing when there is nothing in it to show."""
    match block:
        case model.Heading():
            yield from _heading(block, index, scope)
        case model.Text():
            yield from _said(index, _text(block, scope))
        case model.Facts():
            for fact in block.facts:
                yield from _said(index, _fact(fact, scope), rows=1)
        case model.Rows():
            yield from _rows(block, index, scope)
        case model.Progress():
            yield from _said(index, _bar(fraction(block.value), block.label, block.text, scope))
        case model.Image():
            yield from _said(index, _image(block, scope))
        case model.Chart():
            yield from _chart(block, index, scope)
        case model.Divider():
            yield from _said(index, "─" * _METER_CELLS)
        case model.Actions():
            yield from _actions(block.elements, index)
        case model.Form():
            yield from (() if block is scope.apart else asked(block, scope.words, index, scope.longest))
        case model.Context():
            yield from _said(index, marks.paragraph(block.text, scope.longest))
        case _:
            assert_never(block)


def _said(index: int, text: str, *, rows: int = 0) -> Pieces:
    if text:
        yield Piece(Part(index, text), rows=rows)


def _heading(block: model.Heading, index: int, scope: Scope) -> Pieces:
    title, detail = (marks.line(text, scope.longest) for text in (block.text, block.detail))
    if title:
        # A line of its own, with a blank one behind it, wherever it stands.
        yield Piece(Part(index, f"### {title}" + (f"{marks.GAP}{detail}" if detail else "")))
    else:
        yield from _said(index, detail)


def _text(block: model.Text, scope: Scope) -> str:
    if block.quote:
        quoted = marks.quotation(signed(block.text, block.tone, EMOJI), scope.longest) if block.text else ""
        return "" if quoted == ">" else quoted
    text = marks.paragraph(block.text, scope.longest)
    return signed(text, block.tone, EMOJI) if text else ""


def _fact(fact: model.Fact, scope: Scope) -> str:
    name = scope.words("{label}:", label=marks.line(fact.label, _TITLE_MAX) or NOTHING)
    return f"**{name}** {marks.line(fact.value, scope.longest) or NOTHING}"


def _rows(block: model.Rows, index: int, scope: Scope) -> Pieces:
    for row in block.rows:
        yield Piece(_row(row, index, scope), rows=1)
    yield from _said(index, marks.line(block.position, scope.longest))
    yield from _actions(tuple(one for one in (block.previous, block.next) if one), index)


def _row(row: model.Row, index: int, scope: Scope) -> Part:
    """A line of a list; one that can be pressed has a number, and so has its button."""
    number = next(scope.numbers) if row.action else 0
    pressed = knob(row.action, number) if row.action else None
    title = marks.bold(row.title, _TITLE_MAX) or NOTHING
    meta, detail = marks.line(row.meta, _TITLE_MAX), marks.paragraph(row.detail, scope.longest)
    nowhere = unlinked(row.action) if isinstance(row.action, model.Link) and pressed is None else ""
    sign = signed(f"{number}\\." if number else "•", row.tone, EMOJI)
    head = f"{sign} {title}" + (f" · {meta}" if meta else "")
    lines = marks.BREAK.join(filter(None, (head, detail.replace(marks.GAP, marks.BREAK), nowhere)))
    return Part(index, lines, (pressed,) if pressed else ())


def _image(block: model.Image, scope: Scope) -> str:
    if is_public(block.url, URL_MAX):
        return f"!{marks.link(block.alt, block.url, _TITLE_MAX)}"
    return f"🖼 {marks.line(f'{block.alt} {block.url}', scope.longest)}".strip()


def _chart(block: model.Chart, index: int, scope: Scope) -> Pieces:
    yield from _said(index, marks.bold(block.title, scope.longest))
    if is_public(block.url, URL_MAX):
        yield from _said(index, f"!{marks.link(block.title, block.url, _TITLE_MAX)}")
        yield from _said(index, marks.line(block.told, scope.longest))
        return
    for bar, share in zip(block.bars, lengths(block), strict=True):
        yield from _said(index, _bar(share, bar.label, bar.text, scope), rows=1)


def _bar(share: float, name: str, text: str, scope: Scope) -> str:
    # The bar first: each is as long as the next one, so the words behind them line up in any font.
    name, text = marks.bold(name, _TITLE_MAX), marks.line(text, scope.longest)
    return " ".join(filter(None, (meter(share, _METER_CELLS), name, text)))


def _actions(elements: tuple[model.Element, ...], index: int) -> Pieces:
    knobs: list[Knob] = []
    for element in elements:
        match element:
            case model.Menu():
                yield from _shelved(knobs, index)
                knobs = []
                yield from _said(index, marks.bold(element.label, _TITLE_MAX))
                options = (model.Button(label=one.label, command=one.value, token=one.token) for one in element.options)
                yield from _shelved([made for one in options if (made := knob(one))], index)
            case model.Button() | model.Link():
                if (made := knob(element)) is not None:
                    knobs.append(made)
                elif isinstance(element, model.Link) and clean_line(f"{element.label}{element.url}"):
                    yield from _said(index, unlinked(element))
            case _:
                assert_never(element)
    yield from _shelved(knobs, index)


def _shelved(knobs: list[Knob], index: int) -> Pieces:
    for start in range(0, len(knobs), _SHELF_MAX):
        yield Piece(Part(index, knobs=tuple(knobs[start : start + _SHELF_MAX])), keep=True)
