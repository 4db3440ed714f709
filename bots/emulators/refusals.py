"""What a platform says instead of a result, and who may say so besides."""

from collections import deque
from collections.abc import Callable
from typing import Any

Referee = Callable[[Any], str]
"""Why a payload is wrong, in a few words; empty for one that is right. Tests hand in a vendor's own validator."""

_KEPT = 50


class RefusedError(Exception):
    """A call that is refused: with ``status`` of HTTP, and the platform's word for the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class WrongAnswerError(Exception):
    """Kith answered what the platform could not take; whoever typed or pressed is told that it went wrong."""


class Refusals:
    """The newest refusals, as they are shown beside the chat."""

    def __init__(self) -> None:
        self.lines: deque[str] = deque(maxlen=_KEPT)

    def note(self, what: str, reason: str) -> None:
        """Keeps one: what was asked (``POST /api/v4/posts``), and the reason."""
        self.lines.append(f"{what}: {reason}")


def accept(_payload: Any) -> str:
    """The referee where there is none."""
    return ""
