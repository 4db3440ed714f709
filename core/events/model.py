"""An event: what happened to which record, field by field, by whom, when, and through which delivery."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.ids import EventId, MemberId, ReceiptId, WorkspaceId


class Kind(StrEnum):
    """The nouns that events are about."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    ACTIVITY = "activity"
    TASK = "task"
    DEAL = "deal"
    MEMBER = "member"
    CONVERSATION = "conversation"
    FOLLOWING = "following"
    DIGEST = "digest"


class EventType(StrEnum):
    """What happened. The word before the dot is the record's kind."""

    CUSTOMER_ADDED = "customer.added"
    CUSTOMER_CHANGED = "customer.changed"
    CUSTOMER_ASSIGNED = "customer.assigned"
    CUSTOMER_MERGED = "customer.merged"
    CUSTOMER_KEPT_APART = "customer.kept_apart"
    CONTACT_ADDED = "contact.added"
    CONTACT_CHANGED = "contact.changed"
    ACTIVITY_LOGGED = "activity.logged"
    ACTIVITY_CHANGED = "activity.changed"
    TASK_ADDED = "task.added"
    TASK_CHANGED = "task.changed"
    TASK_DONE = "task.done"
    TASK_SNOOZED = "task.snoozed"
    TASK_ASSIGNED = "task.assigned"
    TASK_DROPPED = "task.dropped"
    DEAL_ADDED = "deal.added"
    DEAL_CHANGED = "deal.changed"
    DEAL_WON = "deal.won"
    DEAL_LOST = "deal.lost"
    MEMBER_CHANGED = "member.changed"
    CONVERSATION_BOUND = "conversation.bound"
    FOLLOWING_CHANGED = "following.changed"
    DIGEST_CHANGED = "digest.changed"
    UNDONE = "record.undone"


ADDING = frozenset(
    {
        EventType.CUSTOMER_ADDED,
        EventType.CONTACT_ADDED,
        EventType.ACTIVITY_LOGGED,
        EventType.TASK_ADDED,
        EventType.DEAL_ADDED,
    },
)


@dataclass(frozen=True, slots=True)
class Ref:
    """A record by its kind and id."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as JSON values (see ``core/events/values.py``)."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to ``record``.

    ``related`` are the other records whose timeline shows it (a visit's customer, a task's deal). ``happened_at`` is
    when
    it happened in the world, ``recorded_at`` when Kith was told. All events of one command carry its ``receipt_id``.
    """

    id: EventId
    workspace_id: WorkspaceId
    type: EventType
    record: Ref
    related: tuple[Ref, ...] = ()
    changes: tuple[Change, ...] = ()
    actor_id: MemberId | None = None
    happened_at: datetime
    recorded_at: datetime
    platform: str = ""
    delivery: str = ""
    receipt_id: ReceiptId
    undoes: EventId | None = None

    @property
    def subjects(self) -> tuple[Ref, ...]:
        """Every record whose timeline shows this event, each once."""
        return tuple(dict.fromkeys((self.record, *self.related)))
