"""What the rows of a batch refer to, looked up together: members, customers, contacts and deals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from core.actor import Actor
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.model import Deal
from core.errors import InvalidInputError
from core.ids import ContactId
from core.importing.lookups import Contacts, Customers, Deals
from core.importing.model import ImportRow, Options
from core.importing.people import People
from core.names.folding import fold
from core.work import Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """Customers, and contacts by customer, that are to be added because rows name them."""

    customers: dict[str, Customer] = field(default_factory=dict)
    contacts: dict[tuple[str, str], Contact] = field(default_factory=dict)


class Known:
    """Names and ids as rows have them, and the records they mean. Each raises InvalidInputError for none or several."""

    def __init__(self, work: Work, actor: Actor, options: Options, rows: Sequence[ImportRow], made: Made) -> None:
        """``made`` takes what ``options`` allow to make where it is named."""
        self.now = work.now
        self.actor = actor
        self.people = People(work, actor.workspace_id)
        self._work = work
        self._options = options
        self._made = made
        self._customers = Customers(work, actor.scope, _named(rows, "customer"))
        self._contacts = Contacts(work, actor.scope, {name for names in _named(rows, "contacts") for name in names})
        self._deals = Deals(work, actor.scope, _named(rows, "deal"))

    def base(self) -> dict[str, Any]:
        """What every new record has: an id, the workspace, and the instants."""
        now = self.now
        return {
            "id": self._work.new_id(),
            "workspace_id": self.actor.workspace_id,
            "created_at": now,
            "updated_at": now,
        }

    def customer(self, text: str) -> Customer:
        """The customer of this external id, name, alias or id."""
        found = self._customers.find(text)
        if found or not self._options.create_customers:
            return _only(found, "customer", text)
        name = fold(text)
        if name not in self._made.customers:
            self._made.customers[name] = Customer(name=text, **self.base())
        return self._made.customers[name]

    def contact(self, customer: Customer, text: str) -> ContactId:
        """The customer's contact of this external id, name or id."""
        found = self._contacts.find(customer.id, text)
        if found or not self._options.create_contacts:
            return _only(found, "contacts", text).id
        key = (customer.id, fold(text))
        if key not in self._made.contacts:
            self._made.contacts[key] = Contact(name=text, customer_id=customer.id, **self.base())
        return self._made.contacts[key].id

    def deal(self, customer: Customer | None, text: str) -> Deal:
        """The deal of this external id or id, or the customer's of this name."""
        return _only(self._deals.find(customer.id if customer else None, text), "deal", text)


def _named(rows: Sequence[ImportRow], name: str) -> set[Any]:
    return {row.values[name] for row in rows if name in row.values}


def _only(found: list[T], name: str, text: str) -> T:
    """The one record. Raises InvalidInputError when there is none, or more than one."""
    if len(found) != 1:
        noun = name.rstrip("s")
        raise InvalidInputError(name, f"several_{noun}s" if found else f"unknown_{noun}", value=text)
    return found[0]
