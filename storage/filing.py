"""Keeps the index of names in step with the records it finds."""

from collections.abc import Iterable

from storage.connections import Connection
from storage.naming import NameRow
from storage.statements import Command

_FILE = Command("names.FILE")
_FILE_AGAIN = Command("names.FILE_AGAIN")
_DROP = Command("names.DROP")
# What of a row is its key in the table.
_KEY = len(("workspace_id", "key", "key_kind", "record_id"))


def file_names(connection: Connection, rows: Iterable[NameRow]) -> None:
    """Adds the rows of new records, in the index's own order: in any other they would touch most of its pages."""
    _FILE.run_rows(connection, sorted(rows))


def refile(connection: Connection, before: set[NameRow], after: set[NameRow]) -> None:
    """Replaces a record's rows, touching only those that differ."""
    if gone := before - after:
        _DROP.run_rows(connection, [row[:_KEY] for row in gone])
    if new := after - before:
        _FILE_AGAIN.run_rows(connection, list(new))
