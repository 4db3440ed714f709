"""What can be pressed in a card: buttons first, then a drop-down, then cards that only ask to choose.

A key is a number, which makes it unique within its message as WeCom wants, and the token behind a colon.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cards import model
from cards.renderers.wecom.measure import (
    BUTTON_CELLS,
    BUTTONS_MAX,
    KEY_BYTES,
    OPTION_ID_BYTES,
    OPTIONS_MAX,
    VOTE_CELLS,
    VOTES_MAX,
    label,
)
from cards.words import Words

Payload = dict[str, Any]

CHOOSE = "choose"  # the key of the button that runs what was chosen in a list
_VOTING_CARDS = 3  # ours: more is for the web page
_STYLES = {model.Style.PRIMARY: 1, model.Style.NORMAL: 2, model.Style.DANGER: 3}


@dataclass(frozen=True, slots=True)
class Press:
    """Something that runs ``token``; ``row`` is its line's number in the list, 0 for a button of its own.

    ``command`` is what can be typed instead, where there are no buttons.
    """

    name: str
    token: str
    command: str = ""
    row: int = 0
    chosen: bool = False  # an entry of a menu
    style: model.Style = model.Style.NORMAL

    @property
    def said(self) -> str:
        """What stands on it."""
        return f"{self.row} {self.name}" if self.row else self.name


@dataclass(frozen=True, slots=True)
class Laid:
    """Where presses went: on buttons, into the card's drop-down, onto further cards, and how many nowhere."""

    buttons: tuple[Press, ...]
    options: tuple[Press, ...] = ()
    votes: tuple[tuple[Press, ...], ...] = ()
    left: int = 0


def of_elements(elements: Iterable[model.Element]) -> Iterator[Press]:
    """The presses of a row of buttons, in order."""
    for one in elements:
        match one:
            case model.Button():
                yield of_button(one)
            case model.Menu():
                yield from (Press(entry.label, entry.token, entry.value, chosen=True) for entry in one.options)
            case model.Link():
                pass


def of_button(button: model.Button, row: int = 0) -> Press:
    """A button's press."""
    return Press(button.label, button.token, button.command, row, style=button.style)


def laid(presses: list[Press], *, cards: int = _VOTING_CARDS) -> Laid:
    """Buttons of their own come before those of lines, and both before entries of menus."""
    if len(presses) <= BUTTONS_MAX and not any(one.chosen for one in presses):
        return Laid(tuple(presses))
    own = [number for number, one in enumerate(presses) if not one.row and not one.chosen][: BUTTONS_MAX - 1]
    buttons = tuple(presses[number] for number in own)
    others = [one for number, one in enumerate(presses) if number not in own]
    behind = others[OPTIONS_MAX:]
    votes = tuple(
        tuple(behind[start : start + VOTES_MAX]) for start in range(0, min(len(behind), cards * VOTES_MAX), VOTES_MAX)
    )
    return Laid(buttons, tuple(others[:OPTIONS_MAX]), votes, max(len(behind) - cards * VOTES_MAX, 0))


def controls(placed: Laid, words: Words) -> Payload:
    """``button_list``, and ``button_selection`` with the button that runs what is chosen there."""
    buttons = [
        {"text": label(one.said, BUTTON_CELLS), "style": _STYLES[one.style], "key": key(number, one.token, KEY_BYTES)}
        for number, one in enumerate(placed.buttons)
    ]
    if not placed.options:
        return {"button_list": buttons}
    choosing = {"text": label(words("Do it"), BUTTON_CELLS), "style": 1, "key": CHOOSE}
    listed = _options(placed.options, BUTTON_CELLS)
    selection = {
        "question_key": CHOOSE,
        "title": label(words("Choose"), BUTTON_CELLS),
        "option_list": listed,
        "selected_id": listed[0]["id"],
    }
    return {"button_selection": selection, "button_list": [*buttons, choosing]}


def vote(options: tuple[Press, ...], title: str, words: Words) -> Payload:
    """A card that only asks to choose one of up to twenty."""
    return {
        "card_type": "vote_interaction",
        "main_title": {"title": title},
        "checkbox": {"question_key": CHOOSE, "option_list": _options(options, VOTE_CELLS), "mode": 0},
        "submit_button": {"text": label(words("Do it"), BUTTON_CELLS), "key": CHOOSE},
    }


def _options(presses: tuple[Press, ...], width: int) -> list[Payload]:
    return [
        {"id": key(number, one.token, OPTION_ID_BYTES), "text": label(one.said, width)}
        for number, one in enumerate(presses)
    ]


def key(number: int, token: str, limit: int) -> str:
    """A button's key or an option's id for a token of at most 64 bytes."""
    return f"{number}:{token.encode('utf-8', 'replace')[: limit - 8].decode('utf-8', 'ignore')}"


def token_of(pressed: str) -> str:
    """The token in a key or id that came back; empty for what is none of ours."""
    number, colon, token = pressed.partition(":")
    return token if colon and number.isascii() and number.isdigit() else ""
