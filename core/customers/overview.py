"""A customer at a glance: who owns it, what is open, what happened last, whom to talk to."""

from dataclasses import dataclass
from datetime import date

from core.activities.ports import ActivityLine
from core.actor import Actor
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.ports import DealFilter, DealPage
from core.tasks.ports import Snoozed, TaskFilter, TaskPage
from core.work import Work

_OPEN_SHOWN = 5
_ACTIVITIES_SHOWN = 3
_CONTACTS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the 360 card shows. Lists are cut; the pages know how many there are in all."""

    customer: Customer
    owner_name: str
    tasks: TaskPage
    deals: DealPage
    activities: tuple[ActivityLine, ...]
    contacts: tuple[Contact, ...]


def overview(
    work: Work,
    actor: Actor,
    customer: Customer,
    today: date,
    *,
    open_shown: int = _OPEN_SHOWN,
    contacts_shown: int = _CONTACTS_SHOWN,
) -> Overview:
    """The overview of a customer that the member has been found to see; ``today`` is the member's day."""
    scope = actor.scope
    owner = work.members.by_id(actor.workspace_id, customer.owner_id) if customer.owner_id else None
    return Overview(
        customer=customer,
        owner_name=owner.name if owner else "",
        tasks=work.tasks.list_open(
            scope,
            TaskFilter(customer_id=customer.id, snoozed=Snoozed.SHOWN),
            now=work.now,
            today=today,
            limit=open_shown,
        ),
        deals=work.deals.list_some(scope, DealFilter(customer_id=customer.id), limit=open_shown),
        activities=tuple(work.activities.list_of_customer(scope, customer.id, limit=_ACTIVITIES_SHOWN)),
        contacts=tuple(work.contacts.list_of_customer(scope, customer.id, limit=contacts_shown)),
    )
