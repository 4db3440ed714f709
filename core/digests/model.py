"""A digest: to whom, about what, and when it comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from core.conversations.model import Place
from core.ids import MemberId, TeamId, WorkspaceId

DigestId = NewType("DigestId", str)

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WORKDAYS = (1, 2, 3, 4, 5)


class Frequency(StrEnum):
    """How often it comes; of each there is one in a conversation."""

    DAILY = "daily"
    WEEKLY = "weekly"


class About(StrEnum):
    """Whose work it tells of."""

    MINE = "mine"
    TEAM = "team"


class Part(StrEnum):
    """What may be in it, in the order in which it is said."""

    TASKS = "tasks"  # overdue and due
    DEALS = "deals"  # past their close date, or silent
    CUSTOMERS = "customers"  # with no next step
    DONE = "done"  # visits and wins since the last one
    HANDED = "handed"  # what changed hands since the last one


class Empty(StrEnum):
    """What is said when there is nothing to say."""

    SKIP = "skip"
    SAY = "say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A digest that was set up by a member, for themselves or, with a ``place``, for their team in a conversation.

    ``holder`` is the member's id or the conversation's key. ``days`` count from Monday, 1; ``at`` is the clock time
    (HH:MM) in ``zone``. A deal is silent when nothing happened for ``silent_days``. ``user`` is what the platform
    calls the member. ``next_at`` is when it is due, ``last_on`` the local date of the one that was sent last. With
    ``off_at`` it is switched off, and remembered, so that no date is sent twice.
    """

    id: DigestId
    workspace_id: WorkspaceId
    holder: str
    frequency: Frequency
    about: About = About.MINE
    member_id: MemberId
    team_id: TeamId | None = None
    place: Place | None = None
    user: str = ""
    days: tuple[int, ...] = EVERY_DAY
    at: str = "09:00"
    zone: str
    parts: tuple[Part, ...] = tuple(Part)
    empty: Empty = Empty.SKIP
    silent_days: int = 14
    next_at: datetime
    last_on: date | None = None
    off_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
