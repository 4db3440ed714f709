"""Keeps the index of names in step with the records it finds."""

from collections.abc import Iterable
from operator import itemgetter

from storage.connections import Connection
from storage.naming import NameRow
from storage.statements import Command

_FILE = Command("names.FILE")
_FILE_AGAIN = Command("names.FILE_AGAIN")
_DROP = Command("names.DROP")
# What of a row is its key in the table.
_KEY = len(("workspace_id", "key", "key_kind", "record_id"))
_BY_KEY = itemgetter(1)


def file_names(connection: Connection, rows: Iterable[NameRow]) -> None:
    """Adds the rows of new records, in the index's own order: in any other they would touch most of its pages."""
    _FILE.run_rows(connection, sorted(rows, key=_BY_KEY))


def refile(connection: Connection, before: Iterable[NameRow], after: Iterable[NameRow]) -> None:
    """Replaces a record's rows, touching only those that differ."""
    old, new = set(before), set(after)
    if gone := old - new:
        _DROP.run_rows(connection, [row[:_KEY] for row in gone])
    if come := new - old:
        _FILE_AGAIN.run_rows(connection, list(come))
