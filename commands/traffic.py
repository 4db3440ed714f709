"""Who waits for an answer just now, and when there is room for what nobody waits for.

One process answers requests and does what goes on behind them. A platform gives up on an acknowledgement after three
seconds; what goes on behind it may come a moment later.
"""

import asyncio
from collections import deque

# What goes on behind an answer lets those who come after it pass for so many seconds at most.
_PATIENCE = 10.0


class Traffic:
    """The requests of one event loop that are not answered yet. ``patience`` is in seconds."""

    def __init__(self, *, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._asking = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._called = False

    def enter(self) -> None:
        """Somebody begins to wait for an answer."""
        self._asking += 1

    def leave(self) -> None:
        """They have it."""
        self._asking -= 1
        self._call()

    async def lull(self) -> None:
        """Returns when nobody waits for an answer, for one caller at a time; when patience ends in any case."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._call()
        try:
            await asyncio.wait({turn}, timeout=self._patience)
        finally:
            if turn.done():
                self._called = False
                self._call()
            else:
                self._waiting.remove(turn)

    def _call(self) -> None:
        """Calls the next one in the loop's next round: between two of them whoever came meanwhile is seen."""
        if self._waiting and not self._asking and not self._called:
            self._called = True
            asyncio.get_running_loop().call_soon(self._call_one)

    def _call_one(self) -> None:
        if self._waiting and not self._asking:
            self._waiting.popleft().set_result(None)
        else:
            self._called = False
