"""Buttons at a terminal: each gets a number, and typing the number presses it."""

from dataclasses import dataclass, field

from msgspec.structs import replace

from cards.model import Actions, Block, Button, Card, Element, Menu, Option, Row, Rows
from core.patterns import late

_NUMBER = late(r"#?\s*([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a number presses; ``confirm`` is to be asked first."""

    label: str
    token: str
    confirm: str = ""


@dataclass(slots=True)
class Numbering:
    """Numbers the buttons of an answer's cards, one after another."""

    choices: list[Choice] = field(default_factory=list)

    def chosen(self, line: str) -> Choice | None:
        """The choice that a line names by its number; None when it is something else."""
        match = _NUMBER.fullmatch(line.strip())
        number = int(match[1]) if match else 0
        return self.choices[number - 1] if 0 < number <= len(self.choices) else None

    def card(self, card: Card) -> Card:
        """The card with a number in each button's label."""
        return replace(card, blocks=tuple(self._block(block) for block in card.blocks))

    def _block(self, block: Block) -> Block:
        match block:
            case Actions():
                return Actions(elements=tuple(self._element(element) for element in block.elements))
            case Rows():
                rows = tuple(self._row(row) for row in block.rows)
                previous = self._button(block.previous) if block.previous else None
                return replace(
                    block, rows=rows, previous=previous, next=self._button(block.next) if block.next else None
                )
            case _:
                return block

    def _element(self, element: Element) -> Element:
        match element:
            case Button():
                return self._button(element)
            case Menu():
                return Menu(label=element.label, options=tuple(self._option(option) for option in element.options))
            case _:
                return element

    def _row(self, row: Row) -> Row:
        return replace(row, action=self._button(row.action)) if isinstance(row.action, Button) else row

    def _button(self, button: Button) -> Button:
        return replace(button, label=self._label(Choice(button.label, button.token, button.confirm)))

    def _option(self, option: Option) -> Option:
        return replace(option, label=self._label(Choice(option.label, option.token)))

    def _label(self, choice: Choice) -> str:
        self.choices.append(choice)
        return f"#{len(self.choices)} {choice.label}"
