"""The conformance table: every command and every button on every platform, as played on the stand-ins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cards.examples import examples
from cards.model import Actions, Button, Card, Chart, Element, Image, InputKind, Link, Menu, Rows
from commands.model import Audience, Command, Reply
from tests.conformance.chat import FALLBACK, FEATURES, NATIVE, NOT_POSSIBLE

BEGIN, END = "<!-- begin: made by the tests -->", "<!-- end: made by the tests -->"
_KINDS = {"button": "buttons", "asks first": "confirm", "opens a page": "buttons"}  # anything else is a menu's entry
_IN_WORDS = "not possible: stands in the text, with a link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What playing has shown.

    ``deviations`` are what each platform's driver says, ``needs`` the features that each verb's answers use,
    ``pressable`` the labels that each platform's renderer shows as something to press, by the example card's name.
    """

    deviations: Mapping[str, Mapping[str, str]]
    commands: list[Command[Any]]
    needs: Mapping[str, set[str]]
    pressable: Mapping[str, Mapping[str, frozenset[str]]]


def table(found: Found) -> str:
    """The three tables as Markdown."""
    parts = (
        "## What each platform has",
        _markdown(found, [[feature, *(said[feature] for said in found.deviations.values())] for feature in FEATURES]),
        "## Every command",
        "Native where everything that the answers use is; else what is done in another way, or without, of the above.",
        _markdown(found, [_command(found, command) for command in found.commands]),
        "## Every button",
        "As each platform's renderer shows the example of every card.",
        _markdown(found, list(_buttons(found))),
    )
    return "\n\n".join((BEGIN, *parts, END))


def needs_of(reply: Reply) -> Iterator[str]:
    """The features that an answer uses."""
    if reply.form:
        yield "forms"
        if any(one.kind in {InputKind.CUSTOMER, InputKind.MEMBER} for one in reply.form.inputs):
            yield "typeahead"
    if reply.audience is Audience.ROOM:
        yield "group"
    if reply.replace:
        yield "update in place"
    if reply.live:
        yield "live cards"
    for card in reply.cards:
        yield from (_KINDS.get(kind, "menus") for _, kind in labels(card))
        if any(isinstance(block, Chart | Image) for block in card.blocks):
            yield "images"


def labels(card: Card) -> Iterator[tuple[str, str]]:
    """What can be pressed on a card: label and kind."""
    for block in card.blocks:
        match block:
            case Actions():
                yield from (pair for element in block.elements for pair in _element(element))
            case Rows():
                pressed = [row.action for row in block.rows] + [block.previous, block.next]
                yield from (pair for element in pressed if element for pair in _element(element))
            case _:
                pass


def _element(element: Element) -> Iterator[tuple[str, str]]:
    match element:
        case Button():
            yield element.label, "asks first" if element.confirm else "button"
        case Link():
            yield element.label, "opens a page"
        case Menu():
            yield from ((option.label, f"menu “{element.label}”") for option in element.options)


def _command(found: Found, command: Command[Any]) -> list[str]:
    return [f"`{command.verb}`", *(_cell(found.needs[command.verb], said) for said in found.deviations.values())]


def _cell(needs: set[str], said: Mapping[str, str]) -> str:
    other = [feature for feature in FEATURES if feature in needs and said[feature].startswith(FALLBACK)]
    without = [feature for feature in FEATURES if feature in needs and said[feature].startswith(NOT_POSSIBLE)]
    told = ([f"fallback: {', '.join(other)}"] if other else []) + ([f"without {', '.join(without)}"] if without else [])
    return "; ".join(told) or NATIVE


def _buttons(found: Found) -> Iterator[list[str]]:
    cards: dict[tuple[str, str], list[str]] = {}
    for name, card in examples("en").items():
        for pressed in labels(card):
            cards.setdefault(pressed, []).append(name)
    for (label, kind), names in sorted(cards.items()):
        shown = label if kind == "button" else f"{label} ({kind})"
        yield [shown, *(_button(found, platform, (label, kind), names) for platform in found.deviations)]


def _button(found: Found, platform: str, pressed: tuple[str, str], names: list[str]) -> str:
    label, kind = pressed
    shown = found.pressable.get(platform)
    if shown is not None and not all(_is_there(label, shown[name]) for name in names):
        return _IN_WORDS
    return found.deviations[platform][_KINDS.get(kind, "menus")]


def _is_there(label: str, shown: frozenset[str]) -> bool:
    """Whether it can be pressed; a long label is cut where a platform's buttons are short."""
    return any(label == one or (one.endswith("…") and label.startswith(one[:-1].rstrip())) for one in shown)


def _markdown(found: Found, rows: list[list[str]]) -> str:
    head = ["", *found.deviations]
    lines = [head, ["---"] * len(head), *([cell.replace("|", "/") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
