"""A merge of two customers, a pair that may be the same, and how often somebody asked about what they may not see."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.ids import CustomerId, EventId, MemberId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """``loser_id`` went into ``survivor_id``; ``id`` is that of the event.

    ``external_id`` is the loser's, under which an import goes on finding the survivor. ``survivor_updated_at`` is
    when the survivor had been changed last, for an undo that leaves every row as it was.
    """

    id: EventId
    workspace_id: WorkspaceId
    loser_id: CustomerId
    survivor_id: CustomerId
    external_id: str | None = None
    survivor_updated_at: datetime
    merged_at: datetime


class Decision(StrEnum):
    """What was decided on a pair; nothing yet while it waits."""

    NONE = ""
    MERGED = "merged"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """Two customers that may be the same, ``first_id`` the smaller id, and how likely that is (0 to 1)."""

    workspace_id: WorkspaceId
    first_id: CustomerId
    second_id: CustomerId
    score: float
    found_at: datetime
    decision: Decision = Decision.NONE
    decided_by: MemberId | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProbeCount:
    """How often a member met, on a day of theirs, a customer that they may not see by adding one like it."""

    member_id: MemberId
    day: date
    count: int


def in_order(one: CustomerId, other: CustomerId) -> tuple[CustomerId, CustomerId]:
    """A pair's ids as they are kept."""
    return (one, other) if one < other else (other, one)
