"""Statements as repositories use them: named, compiled once for each database, run close to the driver.

The SQLAlchemy expression behind ``customers.BY_ID`` is ``BY_ID`` in ``storage/queries/customers.py``.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from storage import compiled
from storage.connections import Connection
from storage.values import binder, record_writer, row_reader

R = TypeVar("R")


class _Ready(NamedTuple):
    """A statement's text for one database, its parameters in order, and the way into and out of the driver."""

    sql: str
    parameters: tuple[str, ...]
    constants: dict[str, Any]
    columns: tuple[str, ...]
    fills: str
    bind: Callable[[Iterable[Any]], list[Any]]

    def arguments(self, values: dict[str, Any]) -> list[Any]:
        """The driver's arguments for values by name; KeyError when one is missing."""
        if self.constants:
            values = {**self.constants, **values}
        return self.bind([values[name] for name in self.parameters])

    def run_many(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """Runs it for every row of the driver's arguments."""
        if self.fills:
            connection.fill(self.fills, self.parameters, self.sql, rows)
        else:
            connection.execute_many(self.sql, rows)


class _Statement:
    def __init__(self, name: str) -> None:
        self._name = name
        self._ready: dict[str, _Ready] = {}

    def ready(self, dialect: str) -> _Ready:
        """The statement for one database, compiled at the first use."""
        found = self._ready.get(dialect)
        if found is None:
            found = _Ready(*compiled.find(dialect, self._name), binder(dialect))
            self._ready[dialect] = found
        return found


class Query(_Statement, Generic[R]):
    """A statement whose rows are read as ``into``, a dataclass; as plain tuples when that is ``tuple``."""

    def __init__(self, name: str, into: type[R]) -> None:
        super().__init__(name)
        self._into = into
        self._readers: dict[str, Callable[[Sequence[Any]], R]] = {}

    def all(self, connection: Connection, **values: Any) -> list[R]:
        """Every row."""
        ready = self.ready(connection.dialect)
        rows = connection.fetch(ready.sql, ready.arguments(values))
        return list(map(self._reader(connection.dialect, ready), rows)) if rows else []

    def first(self, connection: Connection, **values: Any) -> R | None:
        """The first row, or None."""
        ready = self.ready(connection.dialect)
        rows = connection.fetch(ready.sql, ready.arguments(values))
        return self._reader(connection.dialect, ready)(rows[0]) if rows else None

    def _reader(self, dialect: str, ready: _Ready) -> Callable[[Sequence[Any]], R]:
        reader = self._readers.get(dialect)
        if reader is None:
            reader = self._into if self._into is tuple else row_reader(self._into, ready.columns)
            self._readers[dialect] = reader
        return reader


class Command(_Statement):
    """A statement that writes and returns nothing."""

    def run(self, connection: Connection, **values: Any) -> int:
        """Runs it with values by name; the number of rows it touched."""
        ready = self.ready(connection.dialect)
        return connection.execute(ready.sql, ready.arguments(values))

    def run_many(self, connection: Connection, rows: Iterable[Iterable[Any]]) -> None:
        """Runs it once for each row of values, which are in the order of its parameters."""
        ready = self.ready(connection.dialect)
        ready.run_many(connection, list(map(ready.bind, rows)))

    def run_rows(self, connection: Connection, rows: Iterable[Sequence[Any]]) -> None:
        """``run_many`` for rows of texts and numbers, which need no conversion."""
        self.ready(connection.dialect).run_many(connection, rows)


class RecordCommand(_Statement, Generic[R]):
    """A statement that writes a record of one kind, its parameters named like the record's columns."""

    def __init__(self, name: str, record_type: type[R]) -> None:
        super().__init__(name)
        self._record_type = record_type
        self._writers: dict[str, Callable[[R], list[Any]]] = {}

    def run(self, connection: Connection, record: R) -> int:
        """Writes one record; the number of rows it touched."""
        ready, write = self._writer(connection.dialect)
        return connection.execute(ready.sql, write(record))

    def run_many(self, connection: Connection, records: Iterable[R]) -> None:
        """Writes many records."""
        ready, write = self._writer(connection.dialect)
        ready.run_many(connection, list(map(write, records)))

    def _writer(self, dialect: str) -> tuple[_Ready, Callable[[R], list[Any]]]:
        ready = self.ready(dialect)
        writer = self._writers.get(dialect)
        if writer is None:
            writer = self._writers[dialect] = record_writer(self._record_type, ready.parameters, dialect)
        return ready, writer
