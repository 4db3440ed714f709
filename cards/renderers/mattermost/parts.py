"""A Mattermost post in parts, and how they are put together as attachments.

https://developers.mattermost.com/integrate/reference/message-attachments/
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cards import model
from cards.renderers.cutting import clean, label, units

LETTERS_MAX = 16_383  # a post's, server/public/model/post.go; of attachments ours: nobody reads on
ACTIONS_MAX = 50  # of a post with blocks; of one with attachments ours
OPTIONS_MAX = 100  # ours
LABEL_MAX = 75  # ours: buttons are not cut by the server
URL_MAX = 2000  # ours
NOTICE = (400, 0)

_STYLES = {model.Style.PRIMARY: "primary", model.Style.DANGER: "danger"}

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """What a button or a menu does: one token, or one for each line of the menu.

    ``question`` is to be asked first, ``label`` is the button's own word; ``form`` tells that it opens one.
    """

    tokens: tuple[str, ...]
    label: str = ""
    question: str = ""
    form: bool = False


# What the server is to call and to send along for a press: ``{"url": …, "context": {…}}``.
Integrate = Callable[[Press], Payload]


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, a picture below them and buttons below that. ``heading`` is the card's own title."""

    text: str = ""
    image: str = ""
    actions: tuple[Payload, ...] = ()
    heading: bool = False


def cost(part: Part) -> tuple[int, int]:
    """What a part takes of ``LETTERS_MAX`` and ``ACTIONS_MAX``."""
    labels = sum(_letters(action) for action in part.actions)
    return units(part.text) + len("\n\n") + labels, len(part.actions)


def _letters(action: Payload) -> int:
    return units(action["name"]) + sum(units(option["text"]) for option in action.get("options", ()))


def button(pressed: model.Button, integrate: Integrate, *, form: bool = False) -> Payload:
    """A button; its ``id`` is given when all are known."""
    press = Press((pressed.token,), label(pressed.label, LABEL_MAX), clean(pressed.confirm), form)
    made: Payload = {"type": "button", "name": press.label, "integration": integrate(press)}
    if pressed.style in _STYLES:
        made["style"] = _STYLES[pressed.style]
    return made


def menus(menu: model.Menu, integrate: Integrate) -> Iterable[Payload]:
    """A drop-down of commands; several when there are more than one may hold.

    An option's value is its number: the server shows it to the browser, and the tokens stay in the context.
    """
    for start in range(0, len(menu.options), OPTIONS_MAX):
        lines = menu.options[start : start + OPTIONS_MAX]
        options = [{"text": label(one.label, LABEL_MAX), "value": str(number)} for number, one in enumerate(lines)]
        press = Press(tuple(one.token for one in lines))
        name = label(menu.label, LABEL_MAX)
        yield {"type": "select", "name": name, "options": options, "integration": integrate(press)}


def attachments(parts: Iterable[Part], color: str) -> list[Payload]:
    """The parts as attachments: a new one begins where what comes next would not stand below what there is."""
    made: list[Payload] = []
    for part in parts:
        if not made or not _goes_below(made[-1], part):
            made.append({"color": color} if color else {})
        _put(made[-1], part)
    numbers = iter(range(1, 10_000))
    for action in (action for one in made for action in one.get("actions", ())):
        action["id"] = f"press{next(numbers)}"  # letters and digits alone: it becomes part of a route
    return made


def _goes_below(above: Payload, part: Part) -> bool:
    if part.text and (above.get("image_url") or above.get("actions")):
        return False
    return not (part.image and (above.get("image_url") or above.get("actions")))


def _put(attachment: Payload, part: Part) -> None:
    if part.text:
        above = attachment.get("text")
        attachment["text"] = f"{above}\n\n{part.text}" if above else part.text
    if part.image:
        attachment["image_url"] = part.image
    if part.actions:
        attachment["actions"] = [*attachment.get("actions", ()), *part.actions]
