"""Small things kept for a while: a form half filled in, a long command behind a button, a browser session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Draft:
    """``data`` is JSON text; after ``expires_at`` it counts as gone."""

    key: str
    data: str
    expires_at: datetime


class DraftRepository(Protocol):
    """Drafts by key. Keys of different uses differ by their first word: ``form:…``, ``press:…``, ``session:…``."""

    def put(self, draft: Draft) -> None:
        """Keeps a draft in place of what the key held."""
        ...

    def get(self, key: str) -> str | None:
        """A draft's data, or None when there is none or it has expired."""
        ...

    def forget_expired(self) -> None:
        """Forgets every draft whose time is over."""
        ...

    def drop(self, key: str) -> None:
        """Forgets a draft."""
        ...
