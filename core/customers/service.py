"""The rules of customers: adding, editing and handing them over."""

from typing import Any

from core import records, text
from core.actor import Actor, Role
from core.addresses import READERS, read_address
from core.customers.model import Customer, Lifecycle
from core.errors import DuplicateError, InvalidInputError, NotFoundError
from core.events.model import EventType
from core.ids import CustomerId
from core.members.model import Member
from core.tasks.model import Task
from core.tasks.ports import Snoozed, TaskFilter
from core.work import Work

_LINES = frozenset({"name", "industry", "size", "region", "address", "external_id"})
_LISTS = frozenset({"aliases", "tags"})
_LIST_LIMIT = 20
_MOST_TASKS = 200  # that go along with one customer


def clean(values: dict[str, Any]) -> dict[str, Any]:
    """Field values made fit to keep. Raises InvalidInputError for one that is too long, unknown or no address."""
    return {name: _clean(name, value) for name, value in values.items()}


def _clean(name: str, value: Any) -> Any:
    if name in _LINES:
        return text.required_line(name, value) if name == "name" else text.line(name, value)
    if name in READERS:
        return read_address(name, value)
    if name in _LISTS:
        return tuple(dict.fromkeys(filter(None, (text.line(name, item) for item in value))))[:_LIST_LIMIT]
    if name == "stage":
        return stage(value)
    return value


def stage(value: str) -> Lifecycle:
    """The lifecycle stage of that name. Raises InvalidInputError for another word."""
    try:
        return Lifecycle(value)
    except ValueError:
        raise InvalidInputError("stage", "unknown_choice", value=value, choices=tuple(Lifecycle)) from None


def get_customer(work: Work, actor: Actor, customer_id: str) -> Customer:
    """The customer. Raises NotFoundError when there is none that this member may see."""
    customer = work.customers.by_id(actor.scope, customer_id)
    if customer is None:
        raise NotFoundError("customer", customer_id)
    return customer


def add_customer(work: Work, actor: Actor, *, name: str, even_if_known: bool = False, **values: Any) -> Customer:
    """Adds a customer that belongs to the member and their team unless ``values`` say otherwise.

    Raises DuplicateError when a customer of that name is known, unless ``even_if_known``.
    """
    actor.require(Role.REP, "add_customer")
    cleaned = clean({"name": name, **values})
    known = work.names.exact(actor.scope, (cleaned["name"],)).get(cleaned["name"])
    if known and not even_if_known:
        raise DuplicateError("customer", known[0].customer_id, known[0].name)
    customer = Customer(
        id=CustomerId(work.new_id()),
        workspace_id=actor.workspace_id,
        created_at=work.now,
        updated_at=work.now,
        **{"owner_id": actor.member_id, "team_id": actor.team_id, **cleaned},
    )
    return records.add(work, actor, customer, EventType.CUSTOMER_ADDED)


def edit_customer(work: Work, actor: Actor, customer_id: str, **values: Any) -> Customer:
    """Changes the named fields. Raises NotFoundError, InvalidInputError, NotAllowedError."""
    actor.require(Role.REP, "edit_customer")
    customer = get_customer(work, actor, customer_id)
    if values.get("owner_id", customer.owner_id) != customer.owner_id:
        _check_may_hand_over(actor, customer)
    # A form brings every field: what an earlier release let in does not stand in the way of mending another one.
    typed = {name: value for name, value in values.items() if value != getattr(customer, name)}
    return records.change(work, actor, customer, EventType.CUSTOMER_CHANGED, **clean(typed))


def _check_may_hand_over(actor: Actor, customer: Customer) -> None:
    """Owners and managers may, and anybody may take a free one. Raises NotAllowedError."""
    if customer.owner_id not in (actor.member_id, None):
        actor.require(Role.MANAGER, "assign_customer")


def assign_customer(work: Work, actor: Actor, customer_id: str, owner: Member) -> Customer:
    """Hands a customer over; it moves to the new owner's team. Raises NotFoundError, NotAllowedError.

    Moving to another team it takes the old owner's open tasks along, which would be hidden from them.
    """
    actor.require(Role.REP, "assign_customer")
    customer = get_customer(work, actor, customer_id)
    _check_may_hand_over(actor, customer)
    tasks = _open_tasks(work, actor, customer) if owner.team_id != customer.team_id else ()
    moved = records.change(work, actor, customer, EventType.CUSTOMER_ASSIGNED, owner_id=owner.id, team_id=owner.team_id)
    for task in tasks:
        records.change(work, actor, task, EventType.TASK_ASSIGNED, assignee_id=owner.id)
    return moved


def _open_tasks(work: Work, actor: Actor, customer: Customer) -> tuple[Task, ...]:
    """The owner's open tasks about a customer, snoozed ones included."""
    owners = TaskFilter(customer_id=customer.id, assignee_id=customer.owner_id, snoozed=Snoozed.SHOWN)
    found = work.tasks.list_open(actor.scope, owners, now=work.now, today=work.now.date(), limit=_MOST_TASKS)
    return tuple(line.task for line in found.lines)
