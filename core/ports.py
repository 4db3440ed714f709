"""What every kind of record asks of its store."""

from collections.abc import Iterable
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

    def add_many(self, records: Iterable[R]) -> None:
        """Keeps many new records at a time, as an import does."""
        ...

    def by_external_ids(self, scope: Scope, external_ids: Iterable[str]) -> dict[str, R]:
        """Those of the records that there are, by the id they came under."""
        ...

    def list_after(self, scope: Scope, *, after: str = "", limit: int) -> list[R]:
        """The next records in the order they were added, beginning behind the id ``after``."""
        ...
