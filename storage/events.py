"""The event log in the database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain

from core.events.model import Event, Kind, Ref
from core.ids import ReceiptId, WorkspaceId
from storage.connections import Connection
from storage.duplicates import merged_into
from storage.statements import Command, Query, RecordCommand

_APPEND = RecordCommand("events.APPEND", Event)
_FILE = Command("events.FILE")
_OF_SUBJECT = Query("events.OF_SUBJECT", Event)
_OF_SUBJECTS = Query("events.OF_SUBJECTS", Event)
_OF_SUBJECT_KINDS = Query("events.OF_SUBJECT_KINDS", Event)
_OF_SUBJECTS_KINDS = Query("events.OF_SUBJECTS_KINDS", Event)
_OF_RECEIPT = Query("events.OF_RECEIPT", Event)
_LATEST_OF = Query("events.LATEST_OF", Event)


def _filed(event: Event) -> list[tuple[str, Kind, str, datetime, str]]:
    """The event under each of its subjects, as the table has it."""
    workspace_id, happened_at, id_ = event.workspace_id, event.happened_at, event.id
    return [(workspace_id, subject.kind, subject.id, happened_at, id_) for subject in event.subjects]


class SqlEvents:
    """``core.events.ports.EventLog``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._recorded: list[Event] = []

    @property
    def recorded(self) -> tuple[Event, ...]:
        """The events of this unit of work, in order."""
        return tuple(self._recorded)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Forgets the events that were recorded inside when it raises."""
        kept = len(self._recorded)
        try:
            yield
        except BaseException:
            del self._recorded[kept:]
            raise

    def append(self, event: Event) -> None:
        """Keeps an event and files it under each of its subjects."""
        self._recorded.append(event)
        _APPEND.run(self._connection, event)
        _FILE.run_many(self._connection, _filed(event))

    def append_many(self, events: Iterable[Event]) -> None:
        """Keeps many events at a time."""
        events = list(events)
        self._recorded += events
        _APPEND.run_many(self._connection, events)
        _FILE.run_many(self._connection, chain.from_iterable(map(_filed, events)))

    def of_subject(
        self, workspace_id: WorkspaceId, subject: Ref, *, limit: int, offset: int = 0, kinds: tuple[Kind, ...] = ()
    ) -> list[Event]:
        """A record's timeline, the latest first; a customer's with that of those that were merged into it."""
        page = {"workspace_id": workspace_id, "limit": limit, "offset": offset}
        kinds_wanted = {"kinds": [kind.value for kind in kinds]} if kinds else {}
        if subject.kind is Kind.CUSTOMER and (merged := merged_into(self._connection, workspace_id, subject.id)):
            several = _OF_SUBJECTS_KINDS if kinds else _OF_SUBJECTS
            return several.all(self._connection, **page, **kinds_wanted, ids=[subject.id, *merged])
        one = _OF_SUBJECT_KINDS if kinds else _OF_SUBJECT
        return one.all(self._connection, **page, **kinds_wanted, kind=subject.kind, subject_id=subject.id)

    def of_receipt(self, workspace_id: WorkspaceId, receipt_id: ReceiptId) -> list[Event]:
        """What one command did, in order."""
        return _OF_RECEIPT.all(self._connection, workspace_id=workspace_id, receipt_id=receipt_id)

    def latest_of(self, workspace_id: WorkspaceId, record: Ref) -> Event | None:
        """The last event about this record itself."""
        return _LATEST_OF.first(self._connection, workspace_id=workspace_id, kind=record.kind, record_id=record.id)
