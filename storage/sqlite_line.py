"""Units of work in line before the one writer: those that somebody waits for go first, without starving the others."""

from collections import deque
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")

# Committed together at most: more would only make the first one wait.
MOST_TOGETHER = 256
# Of those that nobody waits for: a request that comes meanwhile waits until they are committed.
BACKGROUND_TOGETHER = 16
# After so many batches that went first, one of the others has its turn.
_TURNS = 8


class Line(Generic[T]):
    """Filled by any thread, emptied by one."""

    def __init__(self) -> None:
        self._urgent: deque[T] = deque()
        self._background: deque[T] = deque()
        self._changed = Condition()
        self._ended = False
        self._in_a_row = 0

    def put(self, unit: T, *, urgent: bool) -> None:
        """Takes a unit; each of its kind keeps its order."""
        with self._changed:
            (self._urgent if urgent else self._background).append(unit)
            self._changed.notify()

    def end(self) -> None:
        """Lets whoever takes know that nothing more is to be waited for."""
        with self._changed:
            self._ended = True
            self._changed.notify()

    def take(self) -> list[T]:
        """Waits for a unit, and takes those of its kind that wait with it; none when it was ended and is empty."""
        with self._changed:
            while not (self._urgent or self._background or self._ended):
                self._changed.wait()
            if self._urgent and not (self._background and self._in_a_row >= _TURNS):
                self._in_a_row += 1
                return _first(self._urgent, MOST_TOGETHER)
            self._in_a_row = 0
            return _first(self._background, BACKGROUND_TOGETHER)


def _first(line: deque[T], most: int) -> list[T]:
    return [line.popleft() for _ in range(min(most, len(line)))]
