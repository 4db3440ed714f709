"""What a digest says: the records that somebody can act on, of each kind the first few and how many there are."""

from dataclasses import dataclass, field
from datetime import date, datetime

from core.actor import Scope
from core.deals.ports import DealLine, StageSum
from core.digests.model import Part
from core.ids import CustomerId, MemberId, TeamId
from core.tasks.ports import TaskLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for, on behalf of ``scope``: one member's work, a team's, or with neither everybody's.

    ``today`` is the reader's day. What was done counts from ``since`` up to ``until``; a deal is silent when nothing
    has happened after ``silent_since``; a customer without a deal counts as long as it was seen after ``seen_since``.
    """

    scope: Scope
    member_id: MemberId | None = None
    team_id: TeamId | None = None
    now: datetime
    today: date
    since: datetime
    until: datetime
    silent_since: datetime
    seen_since: datetime


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task that is overdue or due; ``total`` is how many there are of its kind, as in those below."""

    line: TaskLine
    total: int


@dataclass(frozen=True, slots=True)
class StuckDeal:
    """A deal past its close date, or silent."""

    line: DealLine
    total: int


@dataclass(frozen=True, slots=True)
class IdleCustomer:
    """A customer with no next step."""

    customer_id: CustomerId
    name: str
    owner_name: str
    total: int


@dataclass(frozen=True, slots=True)
class Achievement:
    """A visit or a meeting that was held, or a deal that was won (its name, and its ``deal_id``)."""

    customer_id: CustomerId
    customer_name: str
    kind: str  # an ActivityKind, or "won"
    text: str
    member_name: str
    happened_at: datetime
    deal_id: str | None
    total: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A customer (``task_id`` None) or a task that got a new owner, ``to_name``; ``by_name`` saw to it."""

    customer_id: CustomerId | None
    task_id: str | None
    name: str
    to_name: str
    by_name: str
    happened_at: datetime
    total: int


@dataclass(frozen=True, slots=True)
class VisitCount:
    """How often a member was with customers."""

    member_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A customer of whom a member hears in the digest, and how often something happened that they follow."""

    customer_id: CustomerId
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All of it. ``since`` is the first local date that counts as news; charts are there in weekly ones.

    ``followed`` is in members' own digests alone.
    """

    since: date
    tasks: tuple[DueTask, ...] = ()
    deals: tuple[StuckDeal, ...] = ()
    customers: tuple[IdleCustomer, ...] = ()
    done: tuple[Achievement, ...] = ()
    handed: tuple[HandedOver, ...] = ()
    followed: tuple[Followed, ...] = ()
    pipeline: tuple[StageSum, ...] = ()
    visits: tuple[VisitCount, ...] = ()
    parts: tuple[Part, ...] = field(default=tuple(Part))

    def total(self, part: Part) -> int:
        """How many there are of a part, the ones left out of it included."""
        lines: tuple[DueTask | StuckDeal | IdleCustomer | Achievement | HandedOver, ...] = getattr(self, part.value)
        return lines[0].total if lines else 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that anybody could act on; a chart alone is nothing."""
        return not self.followed and not any(self.total(part) for part in self.parts)
