"""The cell of each field of a record, as an import reads it back to the letter."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from core.activities.model import Activity
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.model import Deal
from core.ids import ContactId, CustomerId, DealId, MemberId, TeamId
from core.sheets.model import Cell
from core.tasks.model import Task

# Spreadsheets keep numbers to so many digits.
_EXACT_DIGITS = 15


class Labels(Protocol):
    """What records that are referred to are called, so that they are found again."""

    def customer(self, customer_id: CustomerId | None) -> str:
        """A customer's name, or what tells it from its namesakes."""
        ...

    def contact(self, contact_id: ContactId) -> str:
        """A contact's name, or what tells it from its namesakes."""
        ...

    def deal(self, deal_id: DealId | None) -> str:
        """A deal's name, or what tells it from its namesakes."""
        ...

    def member(self, member_id: MemberId | None) -> str:
        """A member's handle, or the name of one who has left."""
        ...

    def team(self, team_id: TeamId | None) -> str:
        """A team's name."""
        ...

    def zone(self, member_id: MemberId | None) -> str:
        """The time zone of a member, or of whoever exports."""
        ...


Read = Callable[[Any, Labels], Cell]


def cells_of(record: Any, fields: tuple[str, ...], labels: Labels) -> list[Cell]:
    """The record's cells in the order of ``fields``."""
    own = _OWN[type(record)]
    return [own[name](record, labels) if name in own else _plain(getattr(record, name)) for name in fields]


def _plain(value: Any) -> Cell:
    """Text, days and numbers as they are, several texts as one."""
    if isinstance(value, tuple):
        return "; ".join(value)
    plain: Cell = str(value) if isinstance(value, StrEnum) else value
    return plain


def _amount(deal: Deal, _: Labels) -> Cell:
    if deal.amount is None:
        return None
    amount: Decimal = deal.amount.amount
    return amount if len(amount.as_tuple().digits) <= _EXACT_DIGITS else f"{amount:f}"


def _currency(deal: Deal, _: Labels) -> Cell:
    return deal.amount.currency if deal.amount else None


def _local(instant: datetime | None, zone: str) -> Cell:
    """An instant in a zone, with its distance from UTC: 2026-03-09 10:00:00+08:00."""
    if instant is None:
        return None
    local = instant.astimezone(ZoneInfo(zone))
    offset = local.utcoffset()
    # Until a hundred years ago zones were not whole minutes from UTC.
    return str(local if offset is not None and not offset.total_seconds() % 60 else local.astimezone(UTC))


def _due(task: Task, labels: Labels) -> Cell:
    return _local(task.due_at, labels.zone(task.assignee_id)) if task.due_at else task.due_on


def _id(record: Any, _: Labels) -> Cell:
    """Where a record did not come from elsewhere, Kith's own id tells it when the sheet comes back."""
    return str(record.external_id or record.id)


_CUSTOMER: Read = lambda record, labels: labels.customer(record.customer_id)  # noqa: E731 - one of a table of many
_DEAL: Read = lambda record, labels: labels.deal(record.deal_id)  # noqa: E731 - see above
_OWNER: Read = lambda record, labels: labels.member(record.owner_id)  # noqa: E731 - see above

_OWN: Mapping[type, Mapping[str, Read]] = {
    Customer: {"external_id": _id, "owner": _OWNER, "team": lambda record, labels: labels.team(record.team_id)},
    Contact: {"external_id": _id, "customer": _CUSTOMER},
    Deal: {
        "external_id": _id,
        "customer": _CUSTOMER,
        "amount": _amount,
        "currency": _currency,
        "closed_at": lambda deal, labels: _local(deal.closed_at, labels.zone(None)),
        "owner": _OWNER,
    },
    Activity: {
        "external_id": _id,
        "customer": _CUSTOMER,
        "happened_at": lambda activity, labels: _local(activity.happened_at, labels.zone(None)),
        "author": lambda activity, labels: labels.member(activity.author_id),
        "contacts": lambda activity, labels: "; ".join(filter(None, map(labels.contact, activity.contact_ids))),
        "deal": _DEAL,
    },
    Task: {
        "external_id": _id,
        "customer": _CUSTOMER,
        "deal": _DEAL,
        "due": _due,
        "assignee": lambda task, labels: labels.member(task.assignee_id),
        "done": lambda task, _: "yes" if task.done_at else "no",
        "done_at": lambda task, labels: _local(task.done_at, labels.zone(None)),
    },
}
