"""Those in this process who want to hear of what was committed."""

import asyncio
from collections.abc import Callable, Iterable

Callback = Callable[[str], None]


class Subscribers:
    """Callbacks by topic, each called in the event loop it was added from. May be told from any thread."""

    def __init__(self) -> None:
        self._callbacks: dict[str, list[tuple[asyncio.AbstractEventLoop, Callback]]] = {}

    def add(self, topic: str, callback: Callback) -> Callable[[], None]:
        """Calls ``callback`` with every payload from now on; returns what ends it."""
        entry = (asyncio.get_running_loop(), callback)
        self._callbacks.setdefault(topic, []).append(entry)

        def remove() -> None:
            if entry in self._callbacks.get(topic, ()):
                self._callbacks[topic].remove(entry)

        return remove

    def tell(self, signals: Iterable[tuple[str, str]]) -> None:
        """Hands each signal to its topic's subscribers; the same signal once, however often it was given."""
        for topic, payload in dict.fromkeys(signals):
            for loop, callback in tuple(self._callbacks.get(topic, ())):
                if not loop.is_closed():
                    loop.call_soon_threadsafe(callback, payload)

    def tell_everybody(self) -> None:
        """Calls every callback with an empty payload: something may have been missed."""
        self.tell((topic, "") for topic in tuple(self._callbacks))
