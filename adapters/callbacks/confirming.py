"""Buttons that ask before they run, where a platform has no dialog for it: the question is a message of its own."""

import hashlib
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from cards.model import Actions, Block, Button, Card, Row, Rows
from commands.sealing import LIFE
from core.drafts import Draft
from core.work import Database, Work

NO = "cancel"  # what the other button of a question carries
_ASK, _YES = "?", "!"


class Question(msgspec.Struct, frozen=True):
    """What is asked before ``button`` runs, and in which language."""

    button: Button
    language: str


class Confirming:
    """The questions behind buttons, kept as drafts; a button that asks carries its question's name, not its token."""

    def __init__(self, database: Database, platform: str) -> None:
        self._database = database
        self._platform = platform

    def _key(self, name: str) -> str:
        return f"confirm:{self._platform}:{name}"

    async def prepared(self, card: Card) -> Card:
        """The card with each button that asks carrying its question."""
        questions: dict[str, Question] = {}
        made = replace(card, blocks=tuple(_block(block, card.language, questions) for block in card.blocks))
        if questions:
            await self._database.write(lambda work: self._keep(work, questions))
        return made

    async def question(self, token: str) -> Question | None:
        """What to ask, its button carrying the answer yes; the other answer is ``NO``.

        None when the pressed button is none that asks, or the question is forgotten.
        """
        found = await self._find(token, _ASK)
        return Question(replace(found.button, token=_YES + token[1:]), found.language) if found else None

    async def confirmed(self, token: str) -> str:
        """The token of the button that was meant, where its question was answered with yes; empty otherwise."""
        found = await self._find(token, _YES)
        return found.button.token if found else ""

    async def _find(self, token: str, mark: str) -> Question | None:
        if not token.startswith(mark):
            return None
        data = await self._database.read(lambda work: work.drafts.get(self._key(token[1:])))
        return msgspec.json.decode(data, type=Question) if data else None

    def _keep(self, work: Work, questions: dict[str, Question]) -> None:
        for name, question in questions.items():
            work.drafts.put(Draft(self._key(name), msgspec.json.encode(question).decode(), work.now + LIFE))


def asks(token: str) -> bool:
    """Whether a press is about a question: its button, or its answer."""
    return token.startswith((_ASK, _YES)) or token == NO


def _block(block: Block, language: str, questions: dict[str, Question]) -> Block:
    def asking(button: Button) -> Button:
        if not button.confirm:
            return button
        name = hashlib.sha256(button.token.encode()).hexdigest()[:32]
        questions[name] = Question(button, language)
        return replace(button, token=_ASK + name)

    match block:
        case Actions():
            elements = (asking(one) if isinstance(one, Button) else one for one in block.elements)
            return Actions(elements=tuple(elements))
        case Rows():
            return replace(block, rows=tuple(_row(row, asking) for row in block.rows))
        case _:
            return block


def _row(row: Row, asking: Callable[[Button], Button]) -> Row:
    return replace(row, action=asking(row.action)) if isinstance(row.action, Button) else row
