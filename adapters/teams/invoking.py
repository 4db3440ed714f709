"""Invokes that wait for their answer: what is carried out meanwhile rides on it, if it is ready in time."""

import asyncio
from collections import OrderedDict

from adapters.teams.api import Json
from commands.model import Incoming, Reply

# Teams waits five seconds and then sends the same invoke again, twice:
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
PATIENCE_SECONDS = 2.5  # beside what is asked of Teams before (see people.py)
_MOST_REMEMBERED = 500


class Invokes:
    """The invokes of this process by their deliveries' keys, and the answers of the last ones."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._waiting: dict[str, asyncio.Future[Reply]] = {}
        self._answered: OrderedDict[str, Json] = OrderedDict()

    def expect(self, incoming: Incoming) -> "asyncio.Future[Reply]":
        """What the answer to a delivery will be set on."""
        future = asyncio.get_running_loop().create_future()
        self._waiting[incoming.key] = future
        return future

    def running(self, incoming: Incoming) -> "asyncio.Future[Reply] | None":
        """What the same delivery waits for already: Teams asked again before it was answered."""
        return self._waiting.get(incoming.key)

    def forget(self, incoming: Incoming) -> None:
        """Nobody waits for the answer any more: it goes out as a message."""
        self._waiting.pop(incoming.key, None)

    def tell(self, incoming: Incoming, reply: Reply) -> bool:
        """Gives the answer to the invoke that waits for it; whether there is one."""
        future = self._waiting.pop(incoming.key, None)
        if future is None or future.done():
            return False
        future.set_result(reply)
        return True

    async def outcome(self, incoming: Incoming, future: "asyncio.Future[Reply]") -> Reply | None:
        """The answer; None when it is not there in time."""
        await asyncio.wait({future}, timeout=self._patience)
        self.forget(incoming)
        return future.result() if future.done() else None

    def remember(self, incoming: Incoming, body: Json) -> Json:
        """Keeps what was answered, for when Teams asks once more."""
        self._answered[incoming.key] = body
        while len(self._answered) > _MOST_REMEMBERED:
            self._answered.popitem(last=False)
        return body

    def remembered(self, incoming: Incoming) -> Json | None:
        """What was answered to the same delivery before."""
        return self._answered.get(incoming.key)
