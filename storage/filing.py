"""Keeps the index of names in step with the records it finds."""

from collections.abc import Iterable

from storage.connections import Connection
from storage.naming import NameRow
from storage.statements import RecordCommand

_FILE = RecordCommand("names.FILE", NameRow)
_DROP = RecordCommand("names.DROP", NameRow)


def file_names(connection: Connection, rows: Iterable[NameRow]) -> None:
    """Adds rows to the index."""
    _FILE.run_many(connection, rows)


def refile(connection: Connection, before: set[NameRow], after: set[NameRow]) -> None:
    """Replaces a record's rows, touching only those that differ."""
    if gone := before - after:
        _DROP.run_many(connection, gone)
    if new := after - before:
        _FILE.run_many(connection, new)
