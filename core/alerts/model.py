"""What a member follows, how much they want to hear, and what they were told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import CustomerId, EventId, MemberId, WorkspaceId
from core.money import Money


class RuleKind(StrEnum):
    """What is followed, from the most particular to the least."""

    DEAL = "deal"
    CUSTOMER = "customer"
    AMOUNT = "amount"  # deals over an amount
    STAGE = "stage"  # deals that come to a stage
    OWNER = "owner"  # what becomes of a member's customers and deals


class Way(StrEnum):
    """How a member hears of it."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"
    OFF = "off"  # not followed any more; kept so that it can be taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A member follows something. ``target`` is an id, a stage, or ``MINOR CURRENCY`` for an amount.

    ``offered_at`` is when Kith last offered to put it into the digest.
    """

    id: str
    workspace_id: WorkspaceId
    member_id: MemberId
    kind: RuleKind
    target: str
    way: Way = Way.NOW
    muted_until: datetime | None = None
    offered_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def amount(self) -> Money:
        """The amount of an ``AMOUNT`` rule."""
        minor, _, currency = self.target.partition(" ")
        return Money(int(minor), currency)

    def is_muted(self, now: datetime) -> bool:
        """Whether nothing is to be heard of it for a while, or ever."""
        return self.way is Way.NEVER or (self.muted_until is not None and now < self.muted_until)

    def is_kept(self, now: datetime) -> bool:
        """Whether it says anything: it is followed, or muted."""
        return self.way is not Way.OFF or self.is_muted(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How much a member wants to be told. Quiet hours are in minutes after the member's midnight.

    Quiet hours that begin when they end are none; ``ceiling`` is how many messages a day are told at once.
    """

    workspace_id: WorkspaceId
    member_id: MemberId
    quiet_from: int = 20 * 60
    quiet_until: int = 8 * 60
    ceiling: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What is said about one customer in one message, which grows while it is news.

    ``due_at`` is when it may be told first, ``told_at`` when it was, ``acted_at`` when a button of it was pressed.
    """

    id: str
    workspace_id: WorkspaceId
    member_id: MemberId
    rule_id: str
    customer_id: CustomerId
    due_at: datetime
    told_at: datetime | None = None
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that happened, for one member, by one of their rules. What is for the digest may have no burst."""

    id: str
    workspace_id: WorkspaceId
    member_id: MemberId
    rule_id: str
    event_id: EventId
    customer_id: CustomerId
    burst_id: str | None = None
    way: Way
    created_at: datetime
