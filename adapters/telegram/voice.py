"""What the adapter says by itself, in the language of whoever it is said to."""

from collections.abc import Callable

from adapters.callbacks.membership import words_of
from adapters.telegram.sender import Sender, Target
from cards.model import Card
from cards.renderers.telegram import message
from cards.renderers.telegram.parts import Payload
from cards.words import Words
from commands.background import Background
from commands.model import Incoming
from core.work import Database


class Voice:
    """Says what need not be kept: when it does not arrive, nothing is lost."""

    def __init__(self, database: Database, sender: Sender, background: Background) -> None:
        self._database = database
        self._sender = sender
        self._background = background

    async def tell(self, incoming: Incoming, notice: Callable[[Words], Card], *, edits: int | None = None) -> None:
        """A message where something was said, or in the place of one of the bot's own."""
        self.put(incoming, message(notice(await self._words(incoming))), edits=edits)

    def put(self, incoming: Incoming, payload: Payload, *, edits: int | None = None) -> None:
        """A message that is made already."""
        place = incoming.reply_to
        self._background.start(
            self._put(Target(place["chat"], place.get("thread"), edits=edits), payload, incoming.key)
        )

    async def _put(self, target: Target, payload: Payload, key: str) -> None:
        await self._sender.deliver(target, (payload,), key)

    async def hint(self, query: str, incoming: Incoming, notice: Callable[[Words], str]) -> None:
        """Words on a press, for the eyes of whoever pressed."""
        self.answer(query, notice(await self._words(incoming)))

    def answer(self, query: str, text: str = "", *, alert: bool = False) -> None:
        """Answers a press, so that its button stops waiting."""
        self._background.start(self._sender.answer(query, text, alert=alert))

    def strip(self, incoming: Incoming) -> None:
        """Takes the buttons from the message that was pressed."""
        place = incoming.reply_to
        self._background.start(self._sender.strip(place["chat"], place["message"]))

    async def _words(self, incoming: Incoming) -> Words:
        return await self._database.read(lambda work: words_of(work, incoming))
