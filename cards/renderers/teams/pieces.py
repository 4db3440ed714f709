"""Each kind of block as pieces of an Adaptive Card: what is sent whole or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_public, is_web
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, split
from cards.renderers.drawing import EMOJI, fraction, lengths, meter, signed
from cards.renderers.fitting import Piece, grouped
from cards.renderers.teams.elements import (
    ACTIONS_MAX,
    COLORS,
    URL_MAX,
    Payload,
    action_set,
    container,
    dialog_opener,
    line,
    menu,
    opener,
    paragraph,
    press,
    run,
    short,
    unlinked,
)
from cards.words import Words

# Ours: what one line of a list may take, so that a long one leaves room for the others.
_TITLE_MAX = 500
_META_MAX = 300
_DETAIL_MAX = 2000
_LABEL_MAX = 150
_VALUE_MAX = 1000
_TEXT_MAX = 2000  # of one piece of a long text
_ALT_MAX = 1000
_METER_CELLS = 12

Pieces = Iterator[Piece[Payload]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the blocks of one message share: words, and one numbering for all their menus."""

    words: Words
    menus: Iterator[int] = field(default_factory=lambda: count(1))


def pieces(block: model.Block, scope: Scope) -> Pieces:  # noqa: C901, PLR0912 - one line per kind
    """What ``block`` becomes; nothing when there is nothing in it to show."""
    match block:
        case model.Heading():
            yield from _heading(block)
        case model.Text():
            yield from _text(block)
        case model.Facts():
            for fact in block.facts:
                yield Piece(_fact(fact, scope.words), rows=1)
        case model.Rows():
            yield from _rows(block, scope)
        case model.Progress():
            yield Piece(_bar(fraction(block.value), block.label, block.text))
        case model.Image():
            yield from _image(block)
        case model.Chart():
            yield from _chart(block)
        case model.Divider():
            yield Piece(container([], separator=True, spacing="medium"))
        case model.Actions():
            yield from _actions(block.elements, scope)
        case model.Form():
            yield from _form(block, scope.words)
        case model.Context():
            for part in split(clean(block.text), _TEXT_MAX):
                yield from _together(paragraph(part, isSubtle=True, size="small"))
        case _:
            assert_never(block)


def _together(items: list[Payload], **looks: str) -> Pieces:
    if items:
        yield Piece(container(items, **looks))


def _heading(block: model.Heading) -> Pieces:
    title, detail = clean_line(block.text), clean_line(block.detail)
    items = [line(run(cut(title, _TEXT_MAX), weight="bolder", size="large"))] if title else []
    if detail:
        items.append(line(run(cut(detail, _TEXT_MAX), isSubtle=True), spacing="none"))
    yield from _together(items)


def _text(block: model.Text) -> Pieces:
    text = clean(block.text)
    whole = signed(text, block.tone, EMOJI) if text else ""
    looks = {"style": "emphasis"} if block.quote else {}
    for part in split(whole, _TEXT_MAX):
        yield from _together(paragraph(part, color=COLORS[block.tone]), **looks)


def _fact(fact: model.Fact, words: Words) -> Payload:
    name = words("{label}:", label=short(fact.label, _LABEL_MAX))
    first, *rest = paragraph(cut(clean(fact.value), _VALUE_MAX)) or [line(run(NOTHING))]
    runs = [run(f"{name} ", weight="bolder"), *first["inlines"]]
    return container([line(*runs), *rest], spacing="small") if rest else line(*runs, spacing="small")


def _rows(block: model.Rows, scope: Scope) -> Pieces:
    for row in block.rows:
        yield Piece(_row(row), rows=1)
    yield from _together(paragraph(clean_line(block.position), isSubtle=True, size="small"))
    yield from _actions(tuple(one for one in (block.previous, block.next) if one), scope)


def _row(row: model.Row) -> Payload:
    """A line of a list; what can be pressed stands at its far end."""
    said = _said(row)
    match row.action:
        case None:
            return container(said, spacing="small")
        case model.Link(url=url) if not is_web(url, URL_MAX):
            return container([*said, *paragraph(cut(unlinked(row.action), _DETAIL_MAX))], spacing="small")
        case model.Button():
            action = press(row.action)
        case model.Link():
            action = opener(row.action)
        case _:
            assert_never(row.action)
    columns = [
        {"type": "Column", "width": "stretch", "items": said},
        {"type": "Column", "width": "auto", "items": [action_set([action])], "verticalContentAlignment": "center"},
    ]
    return {"type": "ColumnSet", "columns": columns, "spacing": "small"}


def _said(row: model.Row) -> list[Payload]:
    title = signed(short(row.title, _TITLE_MAX), row.tone, EMOJI)
    runs = [run(title, weight="bolder", color=COLORS[row.tone])]
    if meta := cut(clean_line(row.meta), _META_MAX):
        runs.append(run(f"  ·  {meta}", isSubtle=True))
    return [line(*runs), *paragraph(cut(clean(row.detail), _DETAIL_MAX), size="small")]


def _bar(share: float, name: str, text: str) -> Payload:
    # The bar first, for it is always as long as the next one: so the words behind it line up.
    runs = [run(meter(share, _METER_CELLS), fontType="monospace")]
    if name := cut(clean_line(name), _LABEL_MAX):
        runs.append(run(f"  {name}", weight="bolder"))
    if text := cut(clean_line(text), _META_MAX):
        runs.append(run(f"  {text}"))
    return line(*runs, spacing="small")


def _chart(block: model.Chart) -> Pieces:
    title = cut(clean_line(block.title), _TITLE_MAX)
    yield from _together([line(run(title, weight="bolder"))] if title else [])
    if _is_shown(block.url):
        yield Piece(_picture(block.url, f"{title}: {block.told}"))
        for part in split(clean(block.told), _TEXT_MAX):
            yield from _together(paragraph(part, isSubtle=True, size="small"))
        return
    for bar, share in zip(block.bars, lengths(block), strict=True):
        yield Piece(_bar(share, bar.label, bar.text), rows=1)


def _is_shown(url: str) -> bool:
    """Teams' servers fetch pictures, over HTTPS alone."""
    return is_public(url, URL_MAX) and url.lower().startswith("https:")


def _picture(url: str, alt: str) -> Payload:
    return {"type": "Image", "url": url, "altText": short(alt, _ALT_MAX), "size": "stretch"}


def _image(block: model.Image) -> Pieces:
    if _is_shown(block.url):
        yield Piece(_picture(block.url, block.alt))
    else:
        said = f"{clean_line(block.alt)} {clean_line(block.url)}"
        yield from _together(paragraph(cut(said, _TEXT_MAX), isSubtle=True, size="small"))


def _actions(elements: tuple[model.Element, ...], scope: Scope) -> Pieces:
    buttons: list[Payload] = []
    menus: list[list[Payload]] = []
    said: list[Payload] = []
    for element in elements:
        match element:
            case model.Button():
                buttons.append(press(element))
            case model.Link() if is_web(element.url, URL_MAX):
                buttons.append(opener(element))
            case model.Link():
                said += paragraph(cut(unlinked(element), _TEXT_MAX))
            case model.Menu() if element.options:
                menus.append(menu(element, next(scope.menus), scope.words))
            case model.Menu():
                said += paragraph(cut(clean_line(element.label), _TEXT_MAX))
            case _:
                assert_never(element)
    yield from _kept([action_set(group)] for group in grouped(buttons, lambda _: 1, most=ACTIONS_MAX, room=ACTIONS_MAX))
    yield from _kept(menus)
    yield from _together(said)


def _kept(groups: Iterable[list[Payload]]) -> Pieces:
    for group in groups:
        yield Piece(group[0] if len(group) == 1 else container(group), keep=True)


def _form(form: model.Form, words: Words) -> Pieces:
    """A form in a message: a button that opens the dialog, what is filled in already and what was wrong with it."""
    title = line(run(short(form.title, _TITLE_MAX), weight="bolder"))
    yield Piece(container([title, action_set([dialog_opener(form, words)])]), keep=True)
    for one in form.inputs:
        if one.value or one.error:
            tone = model.Tone.BAD if one.error else model.Tone.NEUTRAL
            row = model.Row(title=one.label or one.name, meta=one.shown, detail=one.error, tone=tone)
            yield Piece(container(_said(row), spacing="small"), rows=1)
