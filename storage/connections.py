"""What a statement needs of a connection, whichever driver is behind it."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Connection(Protocol):
    """An open connection inside a unit of work. ``dialect`` is ``sqlite`` or ``postgresql``."""

    dialect: str

    def fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """The rows a statement returns."""
        ...

    def execute(self, sql: str, values: Sequence[Any]) -> int:
        """Runs a statement that returns no rows; the number of rows it touched."""
        ...

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement once for each of ``rows``."""
        ...

    def fill(self, table: str, columns: Sequence[str], sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Inserts many rows of values for ``columns`` in the fastest way there is; ``sql`` inserts one."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """A part that is taken back alone when it raises. Raises ConflictError where a value had to be the only one."""
        ...
