"""The nightly sweep: a workspace's customers as a sheet, and when the next night's is due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.actor import Scope
from core.contacts.model import Contact
from core.customers.model import Customer
from core.duplicates.model import Suspect, in_order
from core.ids import CustomerId, WorkspaceId
from core.jobs.model import Job, JobKind, Urgency
from core.members.model import Workspace
from core.ports import Records
from core.work import Work

R = TypeVar("R", Customer, Contact)

# When offices are empty and the clocks are not being changed.
_NIGHT = time(3, 30)
_BATCH = 2000
_HEADERS = ("name", "alias", "phone", "email", "website", "address", "contact")


@dataclass(frozen=True, slots=True)
class Customers:
    """The customers of a workspace as a sheet, their ids by row."""

    ids: tuple[CustomerId, ...]
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def customers_of(work: Work, workspace_id: WorkspaceId) -> Customers:
    """Every customer, with how its first contact is reached."""
    scope = Scope(workspace_id, everything=True)
    contacts = {each.customer_id: each for each in _every(work.contacts, scope)}
    known: list[Customer] = list(_every(work.customers, scope))
    rows = [_row(each, contacts.get(each.id)) for each in known]
    return Customers(tuple(each.id for each in known), _HEADERS, rows)


def _every(records: Records[R], scope: Scope) -> Iterator[R]:
    after = ""
    while batch := records.list_after(scope, after=after, limit=_BATCH):
        yield from batch
        after = batch[-1].id


def _row(customer: Customer, contact: Contact | None) -> tuple[str, ...]:
    phone = customer.phone or (contact.phone if contact else "")
    return (
        customer.name,
        customer.aliases[0] if customer.aliases else "",
        phone,
        contact.email if contact else "",
        customer.website,
        customer.address,
        contact.name if contact else "",
    )


def suspects(customers: Customers, workspace_id: WorkspaceId, now: datetime) -> list[Suspect]:
    """Pairs of customers that are judged the same. Takes seconds, and reads nothing."""
    from core.duplicates.finding import Sheet, find_duplicates  # noqa: PLC0415 - numpy, for this alone

    found = find_duplicates(Sheet(customers.headers, customers.rows))
    pairs = ((in_order(customers.ids[pair.first], customers.ids[pair.second]), pair.score) for pair in found)
    return [
        Suspect(workspace_id=workspace_id, first_id=first, second_id=second, score=round(score, 4), found_at=now)
        for (first, second), score in pairs
    ]


def next_night(now: datetime, zone: str) -> datetime:
    """The next half past three in a zone, as an instant in UTC."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() < _NIGHT else local.date() + timedelta(days=1)
    return datetime.combine(day, _NIGHT, local.tzinfo).astimezone(UTC)


def plan_all(work: Work) -> None:
    """Plans the next sweep of every workspace that has none."""
    for workspace in work.members.list_workspaces():
        if not work.jobs.is_waiting(lane_of(workspace.id)):
            plan(work, workspace)


def plan(work: Work, workspace: Workspace) -> None:
    """Plans a workspace's next sweep."""
    job = Job(
        id=work.new_id(),
        kind=JobKind.SWEEP,
        lane=lane_of(workspace.id),
        payload=f'{{"workspace_id":"{workspace.id}"}}',
        urgency=Urgency.SWEEP,
        run_at=next_night(work.now, workspace.zone),
        created_at=work.now,
    )
    work.jobs.add(job)


def lane_of(workspace_id: WorkspaceId) -> str:
    """One sweep of a workspace at a time."""
    return f"sweep:{workspace_id}"


def conclude(work: Work, workspace_id: WorkspaceId, found: Sequence[Suspect]) -> None:
    """Keeps what was found, but for pairs that are gone meanwhile."""
    whole = Scope(workspace_id, everything=True)
    there = (each for each in found if _is_there(work, whole, each.first_id) and _is_there(work, whole, each.second_id))
    work.duplicates.note(there)


def _is_there(work: Work, scope: Scope, customer_id: CustomerId) -> bool:
    customer = work.customers.by_id(scope, customer_id)
    return customer is not None and customer.id == customer_id
