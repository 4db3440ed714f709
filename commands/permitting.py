"""What a card offers to who may not do it is left out: whoever only reads is shown no button that writes."""

from collections.abc import Iterable
from contextlib import suppress

import msgspec

from cards.model import Actions, Block, Button, Card, Element, Menu, Row, Rows
from commands.model import Audience, Reply
from commands.parsing import Verbs
from core.actor import Actor, Role
from core.errors import CrmError


def permitted(reply: Reply, actor: Actor, verbs: Verbs) -> Reply:
    """The reply without the buttons and menus that ``actor`` would be refused; what a room is shown stays whole."""
    if actor.at_least(Role.REP) or reply.audience is Audience.ROOM:
        return reply
    cards = _Permitting(actor, verbs)
    return msgspec.structs.replace(reply, cards=tuple(map(cards.card, reply.cards)))


class _Permitting:
    def __init__(self, actor: Actor, verbs: Verbs) -> None:
        self._actor = actor
        self._verbs = verbs

    def card(self, card: Card) -> Card:
        return msgspec.structs.replace(card, blocks=tuple(self._blocks(card.blocks)))

    def _blocks(self, blocks: Iterable[Block]) -> Iterable[Block]:
        for block in blocks:
            match block:
                case Actions():
                    elements = tuple(left for each in block.elements if (left := self._element(each)) is not None)
                    if elements:
                        yield Actions(elements=elements)
                case Rows():
                    yield msgspec.structs.replace(block, rows=tuple(map(self._row, block.rows)))
                case _:
                    yield block

    def _element(self, element: Element) -> Element | None:
        match element:
            case Button():
                return element if self._may(element.command) else None
            case Menu():
                options = tuple(option for option in element.options if self._may(option.value))
                return Menu(label=element.label, options=options) if options else None
            case _:
                return element

    def _row(self, row: Row) -> Row:
        if isinstance(row.action, Button) and not self._may(row.action.command):
            return msgspec.structs.replace(row, action=None)
        return row

    def _may(self, line: str) -> bool:
        read = self._verbs.read(line)
        command = read.command
        if command is None or not self._actor.at_least(command.role):
            return command is None
        with suppress(CrmError):
            if command.writes(command.parse(read.text, read.fields)):
                return self._actor.at_least(command.writing_role)
        return True
