"""What the customer rules need of a store."""

from typing import Protocol

from core.actor import Scope
from core.customers.model import Customer
from core.ports import Records


class CustomerRepository(Records[Customer], Protocol):
    """Customers, and the names under which they are found."""

    def list_recent(self, scope: Scope, *, limit: int, offset: int = 0) -> list[Customer]:
        """Customers, the last touched first."""
        ...

    def count(self, scope: Scope) -> int:
        """How many customers the scope may see."""
        ...
