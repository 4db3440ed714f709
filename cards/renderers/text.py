"""Cards as readable plain text, for the console and for notifications.

A terminal obeys what it is sent, so every word is made harmless first. Chinese counts two columns.
"""

from typing import assert_never

from cards import model
from cards.renderers.cutting import NOTHING, cells, clean, clean_line, graphemes
from cards.renderers.drawing import SIGNS, bar, fraction, lengths, meter, signed, with_sign
from cards.words import Words

COMMAND = "/crm"
_METER_CELLS = 20
_BAR_CELLS = 24
_BAR_CELLS_LEAST = 6
_LABEL_CELLS = 24  # a longer label does not push every other value to the right
_NARROWEST = 20
_WIDE = 2
_CLOSING = frozenset("，。、；：！？）》」』】”’…,.;:!?)")  # does not begin a line


def render(card: model.Card, width: int = 80) -> str:
    """The card in lines of at most ``width`` columns; commands and addresses stay in one piece, to be copied."""
    words = Words(card.language)
    text, above = "", False
    for block in with_sign(card, SIGNS):
        lines = "\n".join(_lines(block, words, max(width, _NARROWEST)))
        if lines:
            text += ("\n" if above else "\n\n") * bool(text) + lines
            above = isinstance(block, model.Heading)  # a heading stands right above what it heads
    return text or clean_line(card.summary) or NOTHING


def _lines(block: model.Block, words: Words, columns: int) -> list[str]:  # noqa: C901, PLR0911 - one line per kind
    match block:
        case model.Heading():
            return _heading(block, columns)
        case model.Text():
            return _text(block, columns)
        case model.Facts():
            return _facts([(fact.label, fact.value) for fact in block.facts], columns)
        case model.Rows():
            return _rows(block, columns)
        case model.Progress():
            drawn = f"{meter(fraction(block.value), _METER_CELLS)}  {clean_line(block.text)}".rstrip()
            return _facts([(block.label, drawn)], columns)
        case model.Image():
            return [f"[{clean_line(block.alt) or NOTHING}] {clean_line(block.url)}"]
        case model.Chart():
            return _chart(block, columns)
        case model.Divider():
            return ["─" * min(columns, 2 * _METER_CELLS)]
        case model.Actions():
            return [line for element in block.elements for line in _element(element)]
        case model.Form():
            return _form(block, words, columns)
        case model.Context():
            return _wrap(clean(block.text), columns)
        case _:
            assert_never(block)


def _wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> list[str]:
    """``text`` in lines of ``columns``, the first behind ``first``, the others behind ``rest`` (or as many blanks)."""
    rest = " " * cells(first) if rest is None else rest
    room = max(columns - cells(first), _NARROWEST)
    lines = [part for line in text.expandtabs(4).split("\n") for part in _broken(line, room)]
    return [((rest if index else first) + line).rstrip() for index, line in enumerate(lines)]


def _broken(line: str, columns: int) -> list[str]:
    """A line in pieces of at most ``columns``, broken at a blank or beside a Chinese character, else where it must."""
    if cells(line) <= columns:
        return [line]
    pieces: list[str] = []
    piece = before = ""
    used = good = used_at_good = 0
    for sign in graphemes(line):
        wide = cells(sign)
        if before == " " or (_WIDE in (wide, cells(before)) and sign not in _CLOSING):
            good, used_at_good = len(piece), used
        if used + wide > columns and piece:
            end, gone = (good, used_at_good) if good else (len(piece), used)
            pieces.append(piece[:end].rstrip())
            piece, used, good = piece[end:], used - gone, 0
        if piece or not pieces or sign != " ":  # a blank at a break is the break
            piece += sign
            used += wide
        before = sign
    return [*pieces, piece]


def _pad(text: str, columns: int) -> str:
    return text + " " * (columns - cells(text))


def _heading(block: model.Heading, columns: int) -> list[str]:
    title = _wrap(clean_line(block.text), columns)
    detail = _wrap(clean_line(block.detail), columns)
    return [line for line in (*title, *detail) if line]


def _text(block: model.Text, columns: int) -> list[str]:
    text = clean(block.text)
    if not text:
        return []
    if block.quote:
        return _wrap(signed(text, block.tone, SIGNS), columns, "│ ", "│ ")
    return _wrap(signed(text, block.tone, SIGNS), columns)


def _facts(facts: list[tuple[str, str]], columns: int) -> list[str]:
    labels = [clean_line(label) for label, _ in facts]
    column = _label_cells(labels)
    return [
        line
        for label, (_, value) in zip(labels, facts, strict=True)
        for line in _wrap(clean(value) or NOTHING, columns, _pad(label, column) + "  ", " " * (column + 2))
    ]


def _label_cells(labels: list[str]) -> int:
    return max((width for width in map(cells, labels) if width <= _LABEL_CELLS), default=0)


def _rows(block: model.Rows, columns: int) -> list[str]:
    digits = len(str(len(block.rows)))
    lines = [line for number, row in enumerate(block.rows, 1) for line in _row(row, f"{number:>{digits}}. ", columns)]
    lines += _wrap(clean_line(block.position), columns) if clean_line(block.position) else []
    return lines + [line for button in (block.previous, block.next) if button for line in _element(button)]


def _row(row: model.Row, number: str, columns: int) -> list[str]:
    indent = " " * len(number)
    *above, last = _wrap(signed(clean_line(row.title) or NOTHING, row.tone, SIGNS), columns, number)
    meta = clean_line(row.meta)
    if meta and cells(last) + 2 + cells(meta) <= columns:
        last, meta = _pad(last, columns - cells(meta)) + meta, ""
    lines = [*above, last]
    for text in filter(None, (meta, clean(row.detail))):
        lines += _wrap(text, columns, indent)
    return lines + [indent + line for line in (_element(row.action) if row.action else [])]


def _chart(block: model.Chart, columns: int) -> list[str]:
    texts = [clean_line(one.text) for one in block.bars]
    beside = _label_cells([one.label for one in block.bars]) + max(map(cells, texts), default=0) + 2 * len("  ")
    room = max(min(_BAR_CELLS, columns - beside), _BAR_CELLS_LEAST)
    drawn = [
        (one.label, f"{_pad(bar(share, room), room)}  {text}".rstrip())
        for one, share, text in zip(block.bars, lengths(block), texts, strict=True)
    ]
    title = clean_line(block.title)
    return (_wrap(title, columns) if title else []) + _facts(drawn, columns)


def _element(element: model.Element) -> list[str]:
    name = clean_line(element.label) or NOTHING
    match element:
        case model.Button():
            return [f"[{name}] {COMMAND} {clean_line(element.command)}".rstrip()]
        case model.Link():
            return [f"[{name}] {clean_line(element.url)}"]
        case model.Menu():
            options = [model.Button(label=option.label, command=option.value) for option in element.options]
            return [name, *(f"  {line}" for option in options for line in _element(option))]
        case _:
            assert_never(element)


def _form(form: model.Form, words: Words, columns: int) -> list[str]:
    """The one line to type instead, with what is known filled in, and below it what there is to say of each field.

    The line is made of the fields that every command reads: ``label: value``, and ``label: …`` says nothing.
    """
    fields = words("; ").join(_field(one, words) for one in form.inputs)
    name = clean_line(form.title) or NOTHING
    title = words("{title}: type this as one line, with what you know in the place of …", title=name)
    return [
        *_wrap(title, columns),
        f"  {COMMAND} {clean_line(form.command)} {fields}".rstrip(),
        *(line for one in form.inputs for line in _remarks(one, words, columns)),
    ]


def _field(one: model.Input, words: Words) -> str:
    """A field as it is typed; a value of several lines does not go on one, and stays as it is."""
    known = "" if "\n" in one.shown.strip() else clean_line(one.shown)
    return words("{label}: {value}", label=_name(one).lower(), value=known or "…")


def _name(one: model.Input) -> str:
    return clean_line(one.label) or clean_line(one.name)


def _remarks(one: model.Input, words: Words, columns: int) -> list[str]:
    name = _name(one)
    choices = " / ".join(clean_line(option.label) for option in one.options)
    said = [signed(clean(one.error), model.Tone.BAD, SIGNS)] if clean(one.error) else []
    said += [words("needed")] if one.required and not clean_line(one.shown) else []
    said += [remark for remark in (clean(one.hint), choices) if remark]
    return _wrap("\n".join(said), columns, f"  {name}: ", "    ") if said else []
