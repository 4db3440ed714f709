"""The small parts of card JSON 2.0, each within its limit: texts, buttons, menus, columns.

Limits: https://open.feishu.cn/document/feishu-cards/card-json-v2-structure and the pages of its components. What people
typed is always a ``plain_text``, which knows no markup, so that nothing has to be escaped. An attribute that a
component does not have is an error (230099).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from typing import Any

from msgspec.json import encode

from cards import model
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, label
from cards.words import Words

ELEMENTS_MAX = 200  # elements and components of a card: whatever has a tag, texts included (300305)
BODY_MAX = 30 * 1000  # bytes of a request with a card: https://open.feishu.cn/document/server-docs/im-v1/message/create
ENVELOPE = 600  # bytes of such a request around the card: who it is for, what it is, its uuid
BUTTON_TEXT_MAX = 100
PLACEHOLDER_MAX = 100
INPUT_MAX = 1000  # letters of an input
CHARTS_MAX = 5
URL_MAX = 2000  # not documented

# Ours: more is not read in a chat.
OPTIONS_MAX = 40
OPTION_TEXT_MAX = 100
COLUMNS_MAX = 6
TITLE_MAX = 200
CONFIRM_MAX = 300

_ASKING = "ask"

Payload = dict[str, Any]


class Spot(StrEnum):
    """Where a card stands, as its buttons tell when they are pressed: Feishu does not say who else sees the card."""

    DIRECT = "direct"  # the person's own chat with Kith
    OWN = "own"  # a group, but for one person's eyes
    ROOM = "room"  # a group


@dataclass(frozen=True, slots=True)
class Around:
    """What all parts of a card have in common. ``roomy`` allows texts of their own for small print.

    ``numbers`` makes names, which must be unique in a card.
    """

    words: Words
    spot: Spot
    roomy: bool = True
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def name(self, kind: str) -> str:
        """A name that nothing else in the card has, always as long as the next one of its kind."""
        return f"{kind}{next(self.numbers):03}"


def tagged(value: Any) -> int:
    """How many elements and components there are in a payload, as Feishu counts them."""
    if isinstance(value, dict):
        return ("tag" in value) + sum(map(tagged, value.values()))
    return sum(map(tagged, value)) if isinstance(value, list) else 0


def weight(value: Any) -> int:
    """Bytes of a payload inside a request, where it is JSON within a JSON string."""
    text = encode(value)
    return len(text) + text.count(b'"') + text.count(b"\\")


def plain(text: str, limit: int) -> Payload:
    """One line, never empty."""
    return {"tag": "plain_text", "content": label(text, limit)}


def paragraph(text: str, *, size: str = "", color: str = "") -> Payload:
    """A text of several lines that was made harmless and cut before. ``size`` and ``color`` are Feishu's names."""
    shown: Payload = {"tag": "plain_text", "content": text or NOTHING}
    if size:
        shown["text_size"] = size
    if color:
        shown["text_color"] = color
    return {"tag": "div", "text": shown}


def small(text: str) -> Payload:
    """Small print."""
    return paragraph(text, size="notation", color="grey")


def callback(value: Mapping[str, str]) -> list[Payload]:
    """What makes a component call Kith, with an object that comes back."""
    return [{"type": "callback", "value": dict(value)}]


def pressed_value(token: str, around: Around) -> dict[str, str]:
    """What a button sends back: the sealed token and where the card stands."""
    return {"token": token, "at": around.spot.value}


def press_of(value: Mapping[str, Any], option: str) -> tuple[str, Spot]:
    """The token and the place of a press, from its ``value`` and, of a menu, the ``option``.

    What does not say where it stands is taken to stand where everybody reads along.
    """
    token, at = value.get("token"), value.get("at")
    spot = Spot(at) if at in set(Spot) else Spot.ROOM
    return (token if isinstance(token, str) and token else option), spot


def button(pressed: model.Button, around: Around) -> Payload:
    """A button that runs its line; one that asks first is a form of its own, and stands nowhere but in the card's body.

    ``confirm`` is only documented for buttons that submit a form.
    """
    styles = {model.Style.NORMAL: "default", model.Style.PRIMARY: "primary", model.Style.DANGER: "danger"}
    made: Payload = {
        "tag": "button",
        "type": styles[pressed.style],
        "text": plain(pressed.label, BUTTON_TEXT_MAX),
        "behaviors": callback(pressed_value(pressed.token, around)),
    }
    if not asks(pressed):
        return made
    name = around.name(_ASKING)
    question = {"tag": "plain_text", "content": cut(clean(pressed.confirm), CONFIRM_MAX)}
    confirm = {"title": plain(pressed.label, BUTTON_TEXT_MAX), "text": question}
    submit = made | {"name": f"{name}_go", "form_action_type": "submit", "confirm": confirm}
    return {"tag": "form", "name": name, "elements": [submit]}


def asks(pressed: model.Button) -> bool:
    """Whether it asks before it runs."""
    return bool(clean(pressed.confirm))


def link(opened: model.Link) -> Payload:
    """A button that opens a page; its address has been checked."""
    return {
        "tag": "button",
        "type": "default",
        "text": plain(opened.label, BUTTON_TEXT_MAX),
        "behaviors": [{"type": "open_url", "default_url": opened.url}],
    }


def unlinked(bad: model.Link) -> str:
    """A link that Feishu would not take, as words."""
    return cut(f"{clean_line(bad.label)} {clean_line(bad.url)}".strip(), TITLE_MAX)


def option(text: str, value: str) -> Payload:
    """One line of a select."""
    return {"text": plain(text, OPTION_TEXT_MAX), "value": value}


def menus(menu: model.Menu, around: Around) -> Iterable[Payload]:
    """A drop-down of commands; several when there are more options than one may hold, or one comes twice."""
    part: dict[str, Payload] = {}
    for number, one in enumerate(menu.options):
        value = one.token or f"{NOTHING}{number}"  # not sealed: shown all the same
        if value in part or len(part) == OPTIONS_MAX:
            yield _menu(menu, part, around)
            part = {}
        part[value] = option(one.label, value)
    if part:
        yield _menu(menu, part, around)


def _menu(menu: model.Menu, part: Mapping[str, Payload], around: Around) -> Payload:
    return {
        "tag": "select_static",
        "placeholder": plain(menu.label, PLACEHOLDER_MAX),
        "options": list(part.values()),
        "behaviors": callback({"at": around.spot.value}),
    }


def side_by_side(elements: Iterable[Payload]) -> Payload:
    """Components in a row that goes on below where it is too narrow."""
    columns = [{"tag": "column", "width": "auto", "elements": [element]} for element in elements]
    return {"tag": "column_set", "flex_mode": "flow", "horizontal_spacing": "8px", "columns": columns}


def with_action(left: list[Payload], action: Payload) -> Payload:
    """Texts, and a button at their right."""
    wide = {"tag": "column", "width": "weighted", "weight": 1, "vertical_align": "center", "elements": left}
    narrow = {"tag": "column", "width": "auto", "vertical_align": "center", "elements": [action]}
    return {"tag": "column_set", "flex_mode": "none", "horizontal_spacing": "8px", "columns": [wide, narrow]}
