"""Who waits for an answer just now, and when there is room for what nobody waits for.

One process answers requests and does what goes on behind them. A platform gives up on an acknowledgement after three
seconds; what goes on behind it may come a moment later.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable

# What goes on behind an answer lets those who come after it pass for so many seconds at most.
_PATIENCE = 10.0
# While somebody waits, how long until it is looked whether it is for us that they wait, and how late that look may come
# where the loop had nothing else to do, in seconds.
_LOOK, _LATE = 0.005, 0.003


class Traffic:
    """The requests of one event loop that are not answered yet. ``patience`` and ``look`` are in seconds, ``now`` tells
    them.
    """

    def __init__(
        self, *, patience: float = _PATIENCE, look: float = _LOOK, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._patience = patience
        self._look = look
        self._now = now
        self._asking = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._called = self._looking = False

    def enter(self) -> None:
        """Somebody begins to wait for an answer."""
        self._asking += 1

    def leave(self) -> None:
        """They have it."""
        self._asking -= 1
        self._call()

    async def lull(self) -> None:
        """Returns when nobody waits for us to answer, for one caller at a time; when patience ends in any case.

        Who is asked to wait because somebody else, such as a platform, has not answered us holds nobody up: where the
        loop is idle there is a lull.
        """
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
        if not self._waiting or self._called:
            return
        if not self._asking:
            self._called = True
            asyncio.get_running_loop().call_soon(self._call_one)
        elif not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_later(self._look, self._look_around, self._now() + self._look)

    def _call_one(self) -> None:
        self._called = False
        if self._waiting and not self._asking:
            self._give_turn()
        else:
            self._call()

    def _look_around(self, due: float) -> None:
        self._looking = False
        if self._waiting and not self._called and self._now() - due < _LATE:
            self._give_turn()
        else:
            self._call()

    def _give_turn(self) -> None:
        self._called = True
        self._waiting.popleft().set_result(None)
