"""What the event log needs of a store."""

from collections.abc import Iterable
from typing import Protocol

from core.events.model import Event, Kind, Ref
from core.ids import ReceiptId, WorkspaceId


class EventLog(Protocol):
    """Appended to and read, never changed."""

    @property
    def recorded(self) -> tuple[Event, ...]:
        """The events of this unit of work, in order."""
        ...

    def append(self, event: Event) -> None:
        """Keeps an event and files it under each of its subjects."""
        ...

    def append_many(self, events: Iterable[Event]) -> None:
        """Keeps many events at a time, as an import does."""
        ...

    def of_subject(
        self, workspace_id: WorkspaceId, subject: Ref, *, limit: int, offset: int = 0, kinds: tuple[Kind, ...] = ()
    ) -> list[Event]:
        """A record's timeline, the latest first; with ``kinds`` only what happened to records of these."""
        ...

    def of_receipt(self, workspace_id: WorkspaceId, receipt_id: ReceiptId) -> list[Event]:
        """What one command did, in order."""
        ...

    def latest_of(self, workspace_id: WorkspaceId, record: Ref) -> Event | None:
        """The last event about this record itself."""
        ...
