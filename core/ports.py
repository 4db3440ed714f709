"""What every kind of record asks of its store."""

from typing import Protocol, TypeVar

from core.actor import Scope

R = TypeVar("R")


class Records(Protocol[R]):
    """Records of one kind. Removed ones are not returned, and nothing outside the scope is."""

    def by_id(self, scope: Scope, record_id: str) -> R | None:
        """The record, or None when there is none that this scope may see."""
        ...

    def by_external_id(self, scope: Scope, external_id: str) -> R | None:
        """The record that came from another system under this id."""
        ...

    def add(self, record: R) -> None:
        """Keeps a new record."""
        ...

    def save(self, record: R) -> None:
        """Keeps a record's new state."""
        ...
