"""Keeps the index of names in step with the records it finds."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Protocol

from core.events.model import Kind
from storage.connections import Connection
from storage.naming import NameRow
from storage.statements import Command

_FILE = Command("names.FILE")
_FILE_AGAIN = Command("names.FILE_AGAIN")
_LOG = Command("names.LOG")
_DROP = Command("names.DROP")
# What of a row is its key in the table.
_KEY = len(("workspace_id", "key", "key_kind", "record_id"))
_BY_KEY = itemgetter(1)


class NamedRecord(Protocol):
    """A customer or a contact."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def workspace_id(self) -> str:
        """Its workspace's id."""
        ...


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


def log_names(connection: Connection, kind: Kind, records: Sequence[NamedRecord]) -> None:
    """Tells those who hold the index in memory that the names of some records of one workspace changed.

    One row for many: the ids of records that are added together follow each other.
    """
    if not records:
        return
    ids = [record.id for record in records]
    _LOG.run(
        connection,
        workspace_id=records[0].workspace_id,
        record_kind=kind.value,
        first_id=min(ids),
        last_id=max(ids),
    )
