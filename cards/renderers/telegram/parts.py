"""A Telegram message in parts, and the payload they make together.

Text goes out plain, with entities counted in UTF-16 units, not as HTML: nothing has to be escaped, so nothing people
type can be taken for markup, be cut inside an escape, or make Telegram refuse the message.
Limits: core.telegram.org/bots/api, telegram.constants of python-telegram-bot 22.8.
"""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cards import model
from cards.renderers.addresses import is_public
from cards.renderers.cutting import NOTHING, cells, clean, clean_line, cut, label, units
from cards.renderers.fitting import Piece, fit, grouped, notice
from cards.words import Words

TEXT_MAX = 4096  # UTF-16 units
ENTITIES_MAX = 100
BUTTONS_MAX = 100
BUTTONS_PER_ROW = 8
URL_MAX = 2000  # not documented
LABEL_MAX = 40  # ours: more is not read on a phone
ROW_CELLS = 40  # ours: what a phone shows in a row of buttons
_PADDING_CELLS = 4  # around a button's label
_NOTICE_ADDRESS_MAX = 300
_NOTICE = (100 + _NOTICE_ADDRESS_MAX, 1)

# Telegram makes a mention of @name wherever it stands, and tells that person. A word joiner behind the @ is not seen.
_MENTION = re.compile(r"(?<![\w@/])@(?=[A-Za-z][A-Za-z0-9_]{3})")

Payload = dict[str, Any]
Run = tuple[str, str]  # words, and the type of the entity over them; none for ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, and the buttons that go with them.

    ``block`` numbers what belongs together: parts of one block stand on neighbouring lines, different blocks have a
    blank line between them (none below a ``heading``). Buttons with the same ``block`` and ``shelf`` share rows.
    """

    block: int
    runs: tuple[Run, ...] = ()
    buttons: tuple[Payload, ...] = ()
    shelf: str = ""
    heading: bool = False


def shown(text: str, limit: int = TEXT_MAX) -> str:
    """People's words as they typed them, at most ``limit`` units."""
    return cut(_MENTION.sub("@\u2060", clean(text)), limit)


def shown_line(text: str, limit: int = TEXT_MAX) -> str:
    """``shown`` on one line."""
    return cut(_MENTION.sub("@\u2060", clean_line(text)), limit)


def press(name: str, data: str) -> Payload:
    """A button that sends ``data`` back; at most 64 bytes."""
    return {"text": label(name, LABEL_MAX), "callback_data": data or NOTHING}


def opener(link: model.Link) -> Payload:
    """A button that opens a page. Its address must be public: Telegram refuses the message for any other."""
    return {"text": label(link.label, LABEL_MAX), "url": link.url}


def fits(pieces: list[Piece[Part]]) -> bool:
    """Can all of them be sent in one message, with room for a notice?"""
    costs = [_cost(piece.content) for piece in pieces]
    text = sum(units for units, _ in costs)
    buttons = sum(buttons for _, buttons in costs)
    return text <= TEXT_MAX - _NOTICE[0] and buttons <= BUTTONS_MAX - _NOTICE[1]


def payload(pieces: list[Piece[Part]], words: Words, *, address: str = "", shortened: bool = False) -> Payload:
    """What sendMessage and editMessageText take. If something is missing it says so, and leads to ``address``."""
    limits, needed = (TEXT_MAX, BUTTONS_MAX), _NOTICE
    if shortened:
        limits, needed = (TEXT_MAX - _NOTICE[0], BUTTONS_MAX - _NOTICE[1]), (0, 0)
    fitted = fit(pieces, _cost, limits, needed)
    said = [Part(-1, ((notice(fitted.left, words), "italic"),))] if fitted.left else []
    if shortened or fitted.left:
        said += _everything(address, words)
    return _composed([*fitted.before, *said, *fitted.after])


def _cost(part: Part) -> tuple[int, int]:
    return sum(units(text) for text, _ in part.runs) + len("\n\n"), len(part.buttons)


def _everything(address: str, words: Words) -> list[Part]:
    if is_public(address, URL_MAX):
        return [Part(-1, buttons=(opener(model.Link(label=words("See everything"), url=address)),))]
    return [Part(-1, ((clean_line(address), ""),))] if address and units(address) <= _NOTICE_ADDRESS_MAX else []


def _composed(parts: list[Part]) -> Payload:
    text, entities = _text(parts)
    made: Payload = {"text": text or NOTHING, "entities": entities, "link_preview_options": {"is_disabled": True}}
    if rows := _keyboard(parts):
        made["reply_markup"] = {"inline_keyboard": rows}
    return made


def _text(parts: list[Part]) -> tuple[str, list[Payload]]:
    text = ""
    entities: list[Payload] = []
    length = 0
    above: Part | None = None
    for part in parts:
        if not part.runs:
            continue
        gap = "" if above is None else "\n" if above.heading or above.block == part.block else "\n\n"
        for words, entity in ((gap, ""), *part.runs):
            if entity and words and len(entities) < ENTITIES_MAX:  # past the limit words are shown all the same, plain
                entities.append({"type": entity, "offset": length, "length": units(words)})
            text += words
            length += units(words)
        above = part
    return text, entities


def _width(button: Payload) -> int:
    return cells(button["text"]) + _PADDING_CELLS


def _keyboard(parts: list[Part]) -> list[list[Payload]]:
    rows: list[list[Payload]] = []
    for _, shelf in groupby((part for part in parts if part.buttons), key=lambda part: (part.block, part.shelf)):
        buttons = [button for part in shelf for button in part.buttons]
        rows += grouped(buttons, _width, most=BUTTONS_PER_ROW, room=ROW_CELLS)
    return rows
