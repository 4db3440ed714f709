"""From a delivery to its answer: what reads is answered at once, what writes is acknowledged first."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from commands.background import Background
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered, Road
from commands.sending import Sending, Sent

Send = Callable[[Incoming, Reply, str], Awaitable[Sending]]


class Onward:
    """Puts verified deliveries on the road; ``send`` is the platform's own, as in ``commands.sending.Platform``."""

    def __init__(self, road: Road, send: Send) -> None:
        self.road = road
        self._send = send
        self._background = Background(road.traffic)

    async def take(self, incoming: Incoming) -> None:
        """Takes a delivery; on return what it writes is on disk, and the platform can be acknowledged."""
        reply = await self.ready(incoming)
        if reply is not None:
            self.show(incoming, reply)

    async def ready(self, incoming: Incoming) -> Reply | None:
        """As ``take``, with the answer where it is ready by now, to ride on the acknowledgement or to be shown."""
        outcome = await self.road.receive(incoming)
        if isinstance(outcome, Accepted):
            self.road.start(outcome)
        return outcome.reply if isinstance(outcome, Answered) else None

    def show(self, incoming: Incoming, reply: Reply) -> None:
        """Sends an answer behind the acknowledgement; one that cannot be sent now is kept, and goes out later."""
        self._background.start(self._shown(incoming, reply))

    async def keep(self, incoming: Incoming, reply: Reply) -> None:
        """Keeps an answer that must neither be lost nor come twice, and begins to send it."""
        kept = await self.road.keep(incoming, reply)
        if isinstance(kept, Accepted):
            self.road.start(kept)

    async def settle(self) -> None:
        """Waits until everything that was taken is carried out and answered."""
        await self._background.settle()
        await self.road.settle()

    async def _shown(self, incoming: Incoming, reply: Reply) -> None:
        sending = await self._send(incoming, reply, incoming.key)
        if sending.sent is Sent.RETRY:
            await self.keep(incoming, reply)

    def behind(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Does something behind the acknowledgement that need not be kept."""
        self._background.start(coroutine)
