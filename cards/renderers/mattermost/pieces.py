"""Each kind of block as parts of a Mattermost post: what is sent whole or not at all."""

from collections.abc import Iterator
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING, clean, clean_line, split, units
from cards.renderers.drawing import EMOJI, fraction, lengths, meter, signed
from cards.renderers.fitting import Piece, grouped
from cards.renderers.mattermost.markdown import bold, escape, escape_line, link, quoted, small
from cards.renderers.mattermost.parts import LABEL_MAX, URL_MAX, Integrate, Part, Payload, button, menus
from cards.words import Words

# Ours: shares of a post, so that one long line leaves room for the others.
_TEXT_MAX = 3000  # before escaping, which may make five letters of one
_ESCAPED_MAX = 5 * _TEXT_MAX
_TITLE_MAX = 500
_META_MAX = 300
_DETAIL_MAX = 1900
_LABEL_TEXT_MAX = 150
_VALUE_MAX = 1000
_LINES_ROOM = 3000
_LINES_TOGETHER = 10
_BUTTONS_TOGETHER = 10
_METER_CELLS = 12

Pieces = Iterator[Piece[Part]]


def pieces(block: model.Block, words: Words, integrate: Integrate, *, top: bool = False) -> Pieces:  # noqa: C901 - one line per kind
    """What ``block`` becomes; nothing when there is nothing in it to show. At the ``top`` a heading is the post's."""
    match block:
        case model.Heading():
            yield from _heading(block, top=top)
        case model.Text():
            yield from _text(block)
        case model.Facts():
            yield from _lines([_fact(fact, words) for fact in block.facts])
        case model.Rows():
            yield from _rows(block, integrate)
        case model.Progress():
            yield from _lines([_bar(fraction(block.value), block.label, block.text)])
        case model.Image():
            yield from _image(block)
        case model.Chart():
            yield from _chart(block)
        case model.Divider():
            yield Piece(Part("---"))
        case model.Actions():
            yield from _actions(block.elements, integrate)
        case model.Form():
            yield from _form(block, words, integrate)
        case model.Context():
            yield from _said(*(small(part, _ESCAPED_MAX) for part in split(clean(block.text), _TEXT_MAX)))
        case _:
            assert_never(block)


def _said(*texts: str, rows: int = 0) -> Pieces:
    yield from (Piece(Part(text), rows=rows) for text in texts if text)


def _heading(block: model.Heading, *, top: bool) -> Pieces:
    title, detail = escape_line(block.text, _DETAIL_MAX), small(block.detail, _DETAIL_MAX)
    shown = (f"#### {title}" if top else f"**{title}**") if title else ""
    if text := "\n".join(filter(None, (shown, detail))):
        yield Piece(Part(text, heading=top))


def _text(block: model.Text) -> Pieces:
    text = clean(block.text)
    if not text:
        return
    if block.quote:
        yield from _said(signed("", block.tone, EMOJI).strip())
        yield from _said(*(quoted(part, _ESCAPED_MAX) for part in split(text, _TEXT_MAX)))
        return
    first, *others = split(text, _TEXT_MAX)
    yield from _said(signed(escape(first, _ESCAPED_MAX), block.tone, EMOJI))
    yield from _said(*(escape(part, _ESCAPED_MAX) for part in others))


def _fact(fact: model.Fact, words: Words) -> str:
    name = words("{label}:", label=escape_line(fact.label, _LABEL_TEXT_MAX) or NOTHING)
    return f"**{name}** {escape(fact.value, _VALUE_MAX) or NOTHING}"


def _rows(block: model.Rows, integrate: Integrate) -> Pieces:
    together: list[str] = []
    for row in block.rows:
        if row.action is None:
            together.append(_row(row))
            continue
        yield from _lines(together)
        together = []
        yield Piece(_with_action(row, row.action, integrate), rows=1)
    yield from _lines(together)
    yield from _said(small(block.position, _META_MAX))
    yield from _actions(tuple(one for one in (block.previous, block.next) if one), integrate)


def _row(row: model.Row) -> str:
    title = signed(bold(row.title, _TITLE_MAX) or NOTHING, row.tone, EMOJI)
    head = "  ·  ".join(filter(None, (title, escape_line(row.meta, _META_MAX))))
    return "\n".join(filter(None, (head, escape(row.detail, _DETAIL_MAX))))


def _with_action(row: model.Row, action: model.Button | model.Link, integrate: Integrate) -> Part:
    if isinstance(action, model.Button):
        return Part(_row(row), actions=(button(action, integrate),))
    return Part(f"{_row(row)}\n{_link(action)}")


def _link(opened: model.Link) -> str:
    """Mattermost has no buttons that open a page; an address that is none is shown as words."""
    if is_web(opened.url, URL_MAX):
        return link(opened.label, opened.url, _LABEL_TEXT_MAX)
    return escape_line(f"{clean_line(opened.label)} {clean_line(opened.url)}", _DETAIL_MAX)


def _lines(lines: list[str]) -> Pieces:
    """Lines of a list that have no button stand together: as many as fit, ten at most."""
    groups = grouped(lines, lambda line: units(line) + 1, most=_LINES_TOGETHER, room=_LINES_ROOM)
    yield from (Piece(Part("\n".join(group)), rows=len(group)) for group in groups)


def _bar(share: float, name: str, text: str) -> str:
    # The bar first, for it is always as long as the next one: so the words behind it line up.
    shown = (meter(share, _METER_CELLS), bold(name, _LABEL_TEXT_MAX), escape_line(text, _META_MAX))
    return "  ".join(filter(None, shown))


def _chart(block: model.Chart) -> Pieces:
    title = bold(block.title, _TITLE_MAX)
    if is_web(block.url, URL_MAX):
        yield from _said(title, small(block.told, _DETAIL_MAX))
        yield Piece(Part(image=block.url))
        return
    bars = (_bar(share, one.label, one.text) for one, share in zip(block.bars, lengths(block), strict=True))
    yield from _lines([*([title] if title else []), *bars])


def _image(block: model.Image) -> Pieces:
    """The picture, which a client fetches when it shows the post, and in words what it shows."""
    if is_web(block.url, URL_MAX):
        yield from _said(small(block.alt, _DETAIL_MAX))
        yield Piece(Part(image=block.url))
    else:
        yield from _said(escape_line(f"{clean_line(block.alt)} {clean_line(block.url)}", _DETAIL_MAX))


def _actions(elements: tuple[model.Element, ...], integrate: Integrate) -> Pieces:
    made: list[Payload] = []
    said: list[str] = []
    for element in elements:
        match element:
            case model.Button():
                made.append(button(element, integrate))
            case model.Link():
                said.append(_link(element))
            case model.Menu():
                made += menus(element, integrate)
                said += [] if element.options else [escape_line(element.label, LABEL_MAX)]
            case _:
                assert_never(element)
    yield from _lines([line for line in said if line])
    for start in range(0, len(made), _BUTTONS_TOGETHER):
        yield Piece(Part(actions=tuple(made[start : start + _BUTTONS_TOGETHER])), keep=True)


def _form(form: model.Form, words: Words, integrate: Integrate) -> Pieces:
    """A form in a post: a button that opens the dialog, what is filled in already and what was wrong with it."""
    opener = model.Button(label=words("Fill in…"), command=form.command, style=model.Style.PRIMARY, token=form.token)
    yield from _said(bold(form.title, _TITLE_MAX))
    yield from _lines([_field(one) for one in form.inputs if one.value or one.error])
    yield Piece(Part(actions=(button(opener, integrate, form=True),)), keep=True)


def _field(one: model.Input) -> str:
    tone = model.Tone.BAD if one.error else model.Tone.NEUTRAL
    return _row(model.Row(title=one.label or one.name, meta=one.shown, detail=one.error, tone=tone))
