"""The unit of work: every repository on one transaction, and the present instant it happens at."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

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
from core.ids import ReceiptId
from core.jobs.ports import JobRepository
from core.members.ports import MemberRepository
from core.ports import Records
from core.posts.ports import PostRepository
from core.receipts.ports import ReceiptRepository
from core.reminders.ports import ReminderRepository
from core.rooms.ports import RoomRepository
from core.search.ports import NameIndex
from core.tasks.ports import TaskRepository

T = TypeVar("T")

# Characters of a signal's topic and payload; PostgreSQL takes 8,000 bytes.
SIGNAL_LIMIT = 2000


class Work(Protocol):
    """What one command does, kept as a whole or not at all. All events in it carry its ``receipt_id``."""

    now: datetime
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

    def records(self, kind: Kind) -> Records[Any]:
        """The repository of one kind of record: customers, contacts, activities, tasks or deals."""
        ...

    def new_id(self) -> str:
        """A fresh id for this instant."""
        ...

    def nested(self) -> AbstractContextManager[None]:
        """A part that can fail alone: what it wrote is taken back when it raises, the rest stays."""
        ...

    def signal(self, topic: str, payload: str = "") -> None:
        """Tells those who subscribed to ``topic`` as soon as this is committed; never when it is not.

        ``payload`` is short, such as an id, and who hears it reads the rest; ValueError beyond ``SIGNAL_LIMIT``.
        """
        ...


class Database(Protocol):
    """Runs plain functions, each inside one unit of work."""

    async def read(self, function: Callable[[Work], T]) -> T:
        """Runs ``function``, which only reads."""
        ...

    async def write(self, function: Callable[[Work], T], *, contended: bool = False, urgent: bool = False) -> T:
        """Runs ``function`` and commits; when it raises, nothing of it is kept. Returns after the commit.

        ``contended`` is for taking what others reach for at the same moment: each statement then sees what has been
        committed by then, rather than all of them the state at the beginning, and does not have to begin again.
        ``urgent`` is for what somebody waits for at the other end of a request: it goes before what is done behind.
        On PostgreSQL ``function`` may be run again when another process got in its way, so it must do nothing outside.
        """
        ...

    async def read_long(self, function: Callable[[Work], T]) -> T:
        """Runs a ``function`` that reads for long (a digest, an export) without holding up the others."""
        ...

    def subscribe(self, topic: str, callback: Callable[[str], None]) -> Callable[[], None]:
        """Calls ``callback`` with the payload of every signal on ``topic``, from any process where the database allows.

        It is called in the event loop that subscribed and must not block. A signal may be missed while a connection is
        made anew, after which every callback is called with an empty payload: look for yourself. Returns what ends it.
        """
        ...

    async def close(self) -> None:
        """Lets what has begun end, and closes every connection."""
        ...
