"""What the contact rules need of a store."""

from collections.abc import Iterable
from typing import Protocol

from core.actor import Scope
from core.contacts.model import Contact
from core.ids import CustomerId
from core.ports import Records


class ContactRepository(Records[Contact], Protocol):
    """Contacts, by the customer they are at."""

    def list_named(self, scope: Scope, names: Iterable[str]) -> list[Contact]:
        """Those of one of the names, as far as ``normalise`` tells names apart."""
        ...

    def list_of_customer(self, scope: Scope, customer_id: CustomerId, *, limit: int) -> list[Contact]:
        """A customer's contacts, deciders first, then as they were added."""
        ...
