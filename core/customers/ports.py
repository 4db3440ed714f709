"""What the customer rules need of a store."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from core.actor import Scope
from core.customers.model import Customer
from core.ids import WorkspaceId
from core.ports import Records
from core.search.filing import Filing


class CustomerRepository(Records[Customer], Protocol):
    """Customers, and the names under which they are found."""

    def add_many(self, records: Iterable[Customer], filings: Mapping[str, Filing] | None = None) -> None:
        """Keeps many new customers. ``filings`` are theirs by id, where somebody has made them already."""
        ...

    def stored(self, workspace_id: WorkspaceId, customer_id: str) -> Customer | None:
        """The customer as it is kept, removed or not, and never another that it was merged into."""
        ...

    def list_named(self, scope: Scope, names: Iterable[str]) -> list[Customer]:
        """Those of which one of the names is the name or an alias, as far as ``normalise`` tells names apart."""
        ...

    def list_recent(self, scope: Scope, *, limit: int, offset: int = 0) -> list[Customer]:
        """Customers, the last touched first."""
        ...

    def count(self, scope: Scope) -> int:
        """How many customers the scope may see."""
        ...
