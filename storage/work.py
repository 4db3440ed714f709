"""The unit of work over SQL: every repository on one connection."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol, cast

from core.activities.ports import ActivityRepository
from core.alerts.ports import AlertRepository, FollowRepository
from core.contacts.ports import ContactRepository
from core.conversations.ports import BindingRepository
from core.customers.ports import CustomerRepository
from core.deals.ports import DealRepository
from core.digests.ports import DigestRepository
from core.drafts import DraftRepository
from core.duplicates.ports import DuplicateRepository
from core.events.model import Kind
from core.events.ports import EventLog
from core.ids import ReceiptId, new_id
from core.jobs.ports import JobRepository
from core.members.ports import MemberRepository
from core.ports import Records
from core.posts.ports import PostRepository
from core.receipts.ports import ReceiptRepository
from core.reminders.ports import ReminderRepository
from core.rooms.ports import RoomRepository
from core.search.ports import NameIndex
from core.tasks.ports import TaskRepository
from core.work import SIGNAL_LIMIT
from storage.activities import SqlActivities
from storage.alerts import SqlAlerts, SqlFollows
from storage.bindings import SqlBindings
from storage.connections import Connection
from storage.contacts import SqlContacts
from storage.customers import SqlCustomers
from storage.deals import SqlDeals
from storage.digests import SqlDigests
from storage.drafts import SqlDrafts
from storage.duplicates import SqlDuplicates
from storage.events import SqlEvents
from storage.jobs import SqlJobs
from storage.members import SqlMembers
from storage.names import SqlNames
from storage.posts import SqlPosts
from storage.receipts import SqlReceipts
from storage.reminders import SqlReminders
from storage.rooms import SqlRooms
from storage.tasks import SqlTasks

_RECORDS = {
    Kind.CUSTOMER: "customers",
    Kind.CONTACT: "contacts",
    Kind.ACTIVITY: "activities",
    Kind.TASK: "tasks",
    Kind.DEAL: "deals",
}
# A unit of work makes what it is asked for: most ask for three or four of these.
_MADE: dict[str, Callable[[Connection, datetime], Any]] = {
    "receipt_id": lambda _, now: new_id(now),
    "members": SqlMembers,
    "customers": lambda connection, _: SqlCustomers(connection),
    "contacts": lambda connection, _: SqlContacts(connection),
    "activities": lambda connection, _: SqlActivities(connection),
    "tasks": lambda connection, _: SqlTasks(connection),
    "deals": lambda connection, _: SqlDeals(connection),
    "events": lambda connection, _: SqlEvents(connection),
    "receipts": lambda connection, _: SqlReceipts(connection),
    "bindings": lambda connection, _: SqlBindings(connection),
    "names": lambda connection, _: SqlNames(connection),
    "digests": lambda connection, _: SqlDigests(connection),
    "drafts": SqlDrafts,
    "follows": lambda connection, _: SqlFollows(connection),
    "alerts": lambda connection, _: SqlAlerts(connection),
    "posts": lambda connection, _: SqlPosts(connection),
    "duplicates": lambda connection, _: SqlDuplicates(connection),
    "reminders": lambda connection, _: SqlReminders(connection),
    "rooms": lambda connection, _: SqlRooms(connection),
}


class Indexes(Protocol):
    """Indexes of names in memory, see ``storage/name_index/``."""

    def names(self, connection: Connection, *, committed: bool) -> NameIndex:
        """The names of a unit of work; ``committed`` tells that it sees nothing else."""
        ...


class SqlWork:
    """``core.work.Work``. What begins and commits the transaction is whoever made the connection."""

    receipt_id: ReceiptId
    members: MemberRepository
    customers: CustomerRepository
    contacts: ContactRepository
    activities: ActivityRepository
    tasks: TaskRepository
    deals: DealRepository
    events: EventLog
    receipts: ReceiptRepository
    bindings: BindingRepository
    names: NameIndex
    digests: DigestRepository
    drafts: DraftRepository
    duplicates: DuplicateRepository
    jobs: JobRepository
    posts: PostRepository
    reminders: ReminderRepository
    follows: FollowRepository
    alerts: AlertRepository
    rooms: RoomRepository

    def __init__(
        self, connection: Connection, now: datetime, indexes: Indexes | None = None, *, writes: bool = False
    ) -> None:
        """``indexes`` are those of names that the process holds in memory, if it does."""
        self.now = now
        self.signals: list[tuple[str, str]] = []
        self._connection = connection
        self._indexes = indexes
        self._writes = writes

    @property
    def connection(self) -> Connection:
        """What every repository is on."""
        return self._connection

    def __getattr__(self, name: str) -> Any:
        if name == "jobs":
            made: Any = SqlJobs(self._connection, self.signal)
        elif name == "names" and self._indexes is not None:
            made = self._indexes.names(self._connection, committed=not self._writes)
        elif name in _MADE:
            made = _MADE[name](self._connection, self.now)
        else:
            raise AttributeError(name)
        setattr(self, name, made)
        return made

    def records(self, kind: Kind) -> Records[Any]:
        """The repository of one kind of record; KeyError for what is no record."""
        repository: Records[Any] = getattr(self, _RECORDS[kind])
        return repository

    def new_id(self) -> str:
        """A fresh id for this instant."""
        return new_id(self.now)

    @contextmanager
    def nested(self) -> Iterator[None]:
        """A part that can fail alone: what it wrote, recorded and signalled is taken back when it raises."""
        kept = len(self.signals)
        try:
            with cast("SqlEvents", self.events).part(), self._connection.savepoint():
                yield
        except BaseException:
            del self.signals[kept:]
            raise

    def signal(self, topic: str, payload: str = "") -> None:
        """Tells those who subscribed to ``topic`` as soon as this is committed."""
        if len(topic) + len(payload) >= SIGNAL_LIMIT or " " in topic:
            raise ValueError("a signal is one word and a short payload")
        self.signals.append((topic, payload))
