"""Buttons that ask before they run. DingTalk's templates know no question of their own, so it is a card of its own."""

import hashlib
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from adapters.dingtalk.incoming import NAME
from adapters.dingtalk.notices import NO, question
from cards.model import Actions, Block, Button, Card, Row, Rows
from cards.words import Words
from commands.sealing import LIFE
from core.drafts import Draft
from core.work import Database, Work

_ASK, _YES = "?", "!"


class _Asking(msgspec.Struct, frozen=True):
    button: Button
    language: str


class Confirming:
    """The questions behind buttons, kept as drafts; such a button carries its question's name, not its token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def prepared(self, card: Card) -> Card:
        """The card with each button that asks carrying its question."""
        found: dict[str, _Asking] = {}

        def asking(button: Button) -> Button:
            if not button.confirm:
                return button
            name = hashlib.sha256(button.token.encode()).hexdigest()[:32]
            found[name] = _Asking(button, card.language)
            return replace(button, token=_ASK + name)

        made = replace(card, blocks=tuple(_block(block, asking) for block in card.blocks))
        if found:
            await self._database.write(lambda work: _keep(work, found))
        return made

    async def question(self, token: str) -> Card | None:
        """The card that asks; None when the question is forgotten."""
        kept = await self._find(token)
        return question(kept.button, _YES + token[1:], Words(kept.language)) if kept else None

    async def meant(self, token: str) -> str:
        """The token of the button that was meant, behind a question that was answered with yes; empty if forgotten."""
        kept = await self._find(token)
        return kept.button.token if kept else ""

    async def _find(self, token: str) -> _Asking | None:
        data = await self._database.read(lambda work: work.drafts.get(_key(token[1:])))
        return msgspec.json.decode(data, type=_Asking) if data else None


def asks(token: str) -> bool:
    """Whether a press is on a button that asks first."""
    return token.startswith(_ASK)


def agrees(token: str) -> bool:
    """Whether a press answers a question with yes."""
    return token.startswith(_YES)


def declines(token: str) -> bool:
    """Whether a press answers a question with no."""
    return token == NO


def _key(name: str) -> str:
    return f"confirm:{NAME}:{name}"


def _keep(work: Work, found: dict[str, _Asking]) -> None:
    for name, asking in found.items():
        work.drafts.put(Draft(_key(name), msgspec.json.encode(asking).decode(), work.now + LIFE))


def _block(block: Block, asking: Callable[[Button], Button]) -> Block:
    match block:
        case Actions():
            return Actions(elements=tuple(asking(one) if isinstance(one, Button) else one for one in block.elements))
        case Rows():
            return replace(block, rows=tuple(_row(row, asking) for row in block.rows))
        case _:
            return block


def _row(row: Row, asking: Callable[[Button], Button]) -> Row:
    return replace(row, action=asking(row.action)) if isinstance(row.action, Button) else row
