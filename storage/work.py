"""The unit of work over SQL: every repository on one connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from core.activities.ports import ActivityRepository
from core.contacts.ports import ContactRepository
from core.conversations.ports import BindingRepository
from core.customers.ports import CustomerRepository
from core.deals.ports import DealRepository
from core.drafts import DraftRepository
from core.events.model import Kind
from core.events.ports import EventLog
from core.ids import ReceiptId, new_id
from core.jobs.ports import JobRepository
from core.members.ports import MemberRepository
from core.ports import Records
from core.receipts.ports import ReceiptRepository
from core.rooms.ports import RoomRepository
from core.search.ports import NameIndex
from core.tasks.ports import TaskRepository
from core.work import SIGNAL_LIMIT
from storage.activities import SqlActivities
from storage.bindings import SqlBindings
from storage.connections import Connection
from storage.contacts import SqlContacts
from storage.customers import SqlCustomers
from storage.deals import SqlDeals
from storage.drafts import SqlDrafts
from storage.events import SqlEvents
from storage.jobs import SqlJobs
from storage.members import SqlMembers
from storage.names import SqlNames
from storage.receipts import SqlReceipts
from storage.rooms import SqlRooms
from storage.tasks import SqlTasks

_REPOSITORIES = {
    Kind.CUSTOMER: "customers",
    Kind.CONTACT: "contacts",
    Kind.ACTIVITY: "activities",
    Kind.TASK: "tasks",
    Kind.DEAL: "deals",
}


class SqlWork:
    """``core.work.Work``. What begins and commits the transaction is whoever made the connection."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.now = now
        self.receipt_id = ReceiptId(new_id(now))
        self.signals: list[tuple[str, str]] = []
        self._connection = connection
        self._events = SqlEvents(connection)
        self.members: MemberRepository = SqlMembers(connection, now)
        self.customers: CustomerRepository = SqlCustomers(connection)
        self.contacts: ContactRepository = SqlContacts(connection)
        self.activities: ActivityRepository = SqlActivities(connection)
        self.tasks: TaskRepository = SqlTasks(connection)
        self.deals: DealRepository = SqlDeals(connection)
        self.events: EventLog = self._events
        self.receipts: ReceiptRepository = SqlReceipts(connection)
        self.bindings: BindingRepository = SqlBindings(connection)
        self.names: NameIndex = SqlNames(connection)
        self.drafts: DraftRepository = SqlDrafts(connection, now)
        self.jobs: JobRepository = SqlJobs(connection)
        self.rooms: RoomRepository = SqlRooms(connection)

    def records(self, kind: Kind) -> Records[Any]:
        """The repository of one kind of record; KeyError for what is no record."""
        repository: Records[Any] = getattr(self, _REPOSITORIES[kind])
        return repository

    def new_id(self) -> str:
        """A fresh id for this instant."""
        return new_id(self.now)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """A part that can fail alone: what it wrote, recorded and signalled is taken back when it raises."""
        events, signals = len(self._events.recorded), len(self.signals)
        try:
            with self._connection.savepoint():
                yield
        except BaseException:
            self._events.take_back(events)
            del self.signals[signals:]
            raise

    def signal(self, topic: str, payload: str = "") -> None:
        """Tells those who subscribed to ``topic`` as soon as this is committed."""
        if len(topic) + len(payload) >= SIGNAL_LIMIT or " " in topic:
            raise ValueError("a signal is one word and a short payload")
        self.signals.append((topic, payload))
