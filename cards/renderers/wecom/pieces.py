"""Each kind of block as lines of text, as facts, and as what can be pressed or opened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING, clean, clean_line
from cards.renderers.drawing import EMOJI, fraction, lengths, meter, signed
from cards.renderers.fitting import Piece
from cards.renderers.wecom.measure import URL_BYTES, cut_bytes
from cards.renderers.wecom.presses import Press, of_button, of_elements
from cards.words import Words

_METER_CELLS = 12
_RULE = "─" * _METER_CELLS


@dataclass(slots=True)
class Gathered:
    """A card taken apart. ``lines`` are pieces of (block, text); facts, presses and links come in their order too."""

    words: Words
    longest: int  # bytes of one text
    spell: Callable[[str], str]
    lines: list[Piece[tuple[int, str]]] = field(default_factory=list)
    facts: list[model.Fact] = field(default_factory=list)
    head: model.Heading | None = None  # the first heading, where nothing stands above it
    body: list[str] = field(default_factory=list)  # what is neither the first heading nor a fact, unspelled
    presses: list[Press] = field(default_factory=list)
    links: list[model.Link] = field(default_factory=list)
    pictures: list[model.Image | model.Chart] = field(default_factory=list)
    rows: int = 0

    def say(self, index: int, text: str, *, rows: int = 0, body: bool = True) -> None:
        """A line or paragraph of the ``index``-th block."""
        if text:
            # A sign may be spelled by more bytes than it had.
            spelled = cut_bytes(self.spell(cut_bytes(text, self.longest)), self.longest)
            self.lines.append(Piece((index, spelled), rows=rows))
            if body:
                self.body.append(text)

    def line(self, text: str) -> str:
        """A line that leaves room for others beside it."""
        return cut_bytes(clean_line(text), self.longest // 4)

    def open(self, link: model.Link, index: int) -> None:
        """A link, as a line where its address is none that a chat opens."""
        if is_web(link.url, URL_BYTES) and len(link.url.encode()) <= URL_BYTES:
            self.links.append(link)
        else:
            self.say(index, f"{self.line(link.label)} {clean_line(link.url)}".strip())


def gather(blocks: tuple[model.Block, ...], words: Words, longest: int, spell: Callable[[str], str]) -> Gathered:
    """Takes the blocks of a card apart."""
    found = Gathered(words, longest, spell)
    for index, block in enumerate(blocks):
        _block(block, index, found)
    return found


def _block(block: model.Block, index: int, found: Gathered) -> None:  # noqa: C901, PLR0912 - one line per kind
    match block:
        case model.Heading():
            _heading(block, index, found)
        case model.Text():
            found.say(index, _text(block))
        case model.Facts():
            _facts(block, index, found)
        case model.Rows():
            _rows(block, index, found)
        case model.Progress():
            found.say(index, _bar(fraction(block.value), found.line(block.label), found.line(block.text)))
        case model.Image():
            found.say(index, f"🖼 {found.line(block.alt)} {clean_line(block.url)}".strip())
            found.pictures.append(block)
        case model.Chart():
            _chart(block, index, found)
        case model.Divider():
            found.say(index, _RULE)
        case model.Actions():
            found.presses += of_elements(block.elements)
            for one in block.elements:
                if isinstance(one, model.Link):
                    found.open(one, index)
                elif isinstance(one, model.Menu) and clean_line(one.label):
                    found.say(index, clean_line(one.label))
        case model.Form():
            _form(block, index, found)
        case model.Context():
            found.say(index, clean(block.text))
        case _:
            assert_never(block)


def _heading(block: model.Heading, index: int, found: Gathered) -> None:
    first = not found.lines and bool(clean_line(block.text))
    if first:
        found.head = block
    text = "\n".join(filter(None, (found.line(block.text), found.line(block.detail))))
    found.say(index, text, body=not first)


def _text(block: model.Text) -> str:
    text = clean(block.text)
    if not text:
        return ""
    return signed(f"“{text}”" if block.quote else text, block.tone, EMOJI)


def _facts(block: model.Facts, index: int, found: Gathered) -> None:
    for fact in block.facts:
        name = found.words("{label}:", label=found.line(fact.label) or NOTHING)
        found.say(index, f"{name} {clean(fact.value) or NOTHING}", rows=1, body=False)
        found.facts.append(fact)


def _rows(block: model.Rows, index: int, found: Gathered) -> None:
    for row in block.rows:
        _row(row, index, found)
    found.say(index, clean_line(block.position))
    found.presses += [of_button(one) for one in (block.previous, block.next) if one]


def _row(row: model.Row, index: int, found: Gathered) -> None:
    number = 0
    if isinstance(row.action, model.Button):
        found.rows += 1
        number = found.rows
        found.presses.append(of_button(row.action, number))
    title, meta = found.line(row.title), found.line(row.meta)
    sign = signed(f"{number}." if number else "•", row.tone, EMOJI)
    first = f"{sign} {title or NOTHING}" + (f" · {meta}" if meta else "")
    opened = ""
    if isinstance(row.action, model.Link):
        opened = found.line(f"{found.line(row.action.label)} {row.action.url}")
    below = (cut_bytes(clean(row.detail), found.longest // 4), opened)
    found.say(index, "\n".join(filter(None, (first, *below))), rows=1)


def _chart(block: model.Chart, index: int, found: Gathered) -> None:
    found.say(index, clean_line(block.title))
    for bar, share in zip(block.bars, lengths(block), strict=True):
        found.say(index, _bar(share, found.line(bar.label), found.line(bar.text)), rows=1)
    if block.url:
        found.pictures.append(block)


def _bar(share: float, name: str, text: str) -> str:
    return " ".join(filter(None, (meter(share, _METER_CELLS), name, text)))


def _form(block: model.Form, index: int, found: Gathered) -> None:
    """A form that stands in a card by itself: what it asks. Whoever can open one takes it out before."""
    found.say(index, clean_line(block.title))
    for one in block.inputs:
        name = found.words("{label}:", label=found.line(one.label or one.name) or NOTHING)
        known = f"{name} {found.line(one.shown) or '…'}"
        found.say(index, " ".join(filter(None, (known, found.line(one.error)))), rows=1)
