"""What a card becomes in DingTalk, in parts, and which of them fit."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cards import model
from cards.renderers.addresses import is_web
from cards.renderers.cutting import clean_line, label
from cards.renderers.dingtalk import marks
from cards.renderers.fitting import Piece, fit, notice
from cards.words import Words

# Of a robot's msgParam, in bytes of UTF-8. Not in the reference: DingTalk answers invalidParameter.msgParam.tooLong
# from 15,000 to 20,000, as several have met it. Templates' variables are kept to the same, for want of a limit.
BYTES_MAX = 14_000
BUTTONS_MAX = 20  # of a card; ours, for want of a documented limit
LABEL_MAX = 40  # ours: more is not read on a phone
URL_MAX = 1500  # ours
# Ours: each text in full if all then fits, else its beginning, so that one long note does not push out the rest.
LONGEST = (4000, 1200, 400)
_ADDRESS_MAX = 300
_NOTICE = (1200, 1)

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Knob:
    """Something to press: a command behind a ``token``, or a page at ``url``. ``asks`` tells of a question before."""

    label: str
    token: str = ""
    command: str = ""
    url: str = ""
    style: model.Style = model.Style.NORMAL
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Some markdown, and what can be pressed with it. Parts of one ``block`` stand on neighbouring lines."""

    block: int
    text: str = ""
    knobs: tuple[Knob, ...] = ()


Put = Callable[[Part], str]  # a part as markdown, with as much of its knobs as stands in the text


def knob(element: model.Button | model.Link, number: int = 0) -> Knob | None:
    """A button or link; None for a link that leads nowhere. ``number`` ties it to its row."""
    name = label(f"{number} {clean_line(element.label)}" if number else element.label, LABEL_MAX)
    if isinstance(element, model.Button):
        asks = bool(element.confirm)
        return Knob(name, token=element.token, command=element.command, style=element.style, asks=asks)
    return Knob(name, url=element.url) if is_web(element.url, URL_MAX) else None


def unlinked(bad: model.Link) -> str:
    """A link that leads nowhere, as words."""
    return marks.line(f"{bad.label} {bad.url}", URL_MAX)


def octets(text: str) -> int:
    """Bytes of ``text`` in a JSON text."""
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "replace")) - 2


def fits(pieces: list[Piece[Part]], put: Put) -> bool:
    """Can all of them be sent, with room for a notice?"""
    costs = [_cost(piece.content, put) for piece in pieces]
    used = tuple(map(sum, zip(*costs, strict=True))) if costs else (0, 0)
    return used[0] <= BYTES_MAX - _NOTICE[0] and used[1] <= BUTTONS_MAX - _NOTICE[1]


def fitted(pieces: list[Piece[Part]], put: Put, words: Words, *, address: str, shortened: bool) -> list[Part]:
    """The parts to send. If something is missing, one of them says so, and leads to ``address``."""
    limits, needed = (BYTES_MAX, BUTTONS_MAX), _NOTICE
    if shortened:
        limits, needed = (BYTES_MAX - _NOTICE[0], BUTTONS_MAX - _NOTICE[1]), (0, 0)
    chosen = fit(pieces, lambda part: _cost(part, put), limits, needed)
    said = [Part(-1, marks.line(notice(chosen.left, words), _ADDRESS_MAX))] if chosen.left else []
    if shortened or chosen.left:
        said += _everything(address, words)
    return [*chosen.before, *said, *chosen.after]


def _cost(part: Part, put: Put) -> tuple[int, int]:
    return octets(put(part)) + 2 * len(marks.GAP), len(part.knobs)


def _everything(address: str, words: Words) -> list[Part]:
    if is_web(address, _ADDRESS_MAX):
        return [Part(-2, knobs=(Knob(words("See everything"), url=address),))]
    return [Part(-2, marks.line(address, _ADDRESS_MAX))] if clean_line(address) else []


def composed(parts: list[Part], put: Put) -> str:
    """The parts as one markdown text."""
    text, above = "", 0
    for part in parts:
        if shown := put(part):
            text += ("" if not text else marks.BREAK if part.block == above else marks.GAP) + shown
            above = part.block
    return text
