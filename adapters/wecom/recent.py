"""Deliveries taken a moment ago, so that a second copy of what only reads is not answered twice.

What writes is known by its delivery's id in the database, whichever process it comes to; this is for the rest.
"""

from collections import OrderedDict

_MOST = 10_000


class Recent:
    """The last deliveries, by their keys."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._keys: OrderedDict[str, None] = OrderedDict()

    def has(self, key: str) -> bool:
        """Whether it was taken."""
        return key in self._keys

    def add(self, key: str) -> None:
        """Remembers it, and forgets the oldest."""
        self._keys[key] = None
        if len(self._keys) > self._most:
            self._keys.popitem(last=False)
