"""Customers in the database, their names in step."""

from collections.abc import Iterable, Mapping

from core.actor import Scope
from core.customers.model import Customer
from core.duplicates.model import Merge
from core.events.model import Kind
from core.ids import WorkspaceId
from core.search.filing import Filing
from storage.called import keys_of_names
from storage.connections import Connection
from storage.duplicates import survivor_of
from storage.filing import file_names, log_names, refile
from storage.naming import customer_names, rows_of_customer
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by
from storage.statements import Query

_STATEMENTS = RecordStatements("customers", Customer)
_STORED = Query("customers.STORED", Customer)
_MERGED = Query("duplicates.OF_EXTERNAL_IDS", Merge)
_NAMED = Query("customers.NAMED", Customer)
_RECENT = Query("customers.RECENT", Customer)
_COUNT = Query("customers.COUNT.all", tuple)
_COUNT_SEEING_ALL = Query("customers.COUNT.seeing_all", tuple)


class SqlCustomers(SqlRecords[Customer]):
    """``core.customers.ports.CustomerRepository``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, _STATEMENTS)

    def add(self, record: Customer) -> None:
        """Keeps a new customer, to be found by its names at once."""
        super().add(record)
        file_names(self._connection, rows_of_customer(record))
        log_names(self._connection, Kind.CUSTOMER, (record,))

    def add_many(self, records: Iterable[Customer], filings: Mapping[str, Filing] | None = None) -> None:
        """Keeps many new customers and their names. ``filings`` are theirs by id, where they are known already."""
        records, known = list(records), filings or {}
        super().add_many(records)
        rows = (row for record in records for row in rows_of_customer(record, known.get(record.id)))
        file_names(self._connection, rows)
        log_names(self._connection, Kind.CUSTOMER, records)

    def save(self, record: Customer) -> None:
        """Keeps a customer's new state, and files it anew where its names changed."""
        before = _STORED.first(self._connection, workspace_id=record.workspace_id, id=record.id)
        super().save(record)
        if before is not None and customer_names(before) != customer_names(record):
            refile(self._connection, rows_of_customer(before), rows_of_customer(record))
            log_names(self._connection, Kind.CUSTOMER, (record,))

    def by_id(self, scope: Scope, record_id: str) -> Customer | None:
        """The customer; of one that was merged, the one it went into."""
        found = super().by_id(scope, record_id)
        if found is not None:
            return found
        survivor = survivor_of(self._connection, scope.workspace_id, record_id)
        return super().by_id(scope, survivor) if survivor else None

    def by_external_ids(self, scope: Scope, external_ids: Iterable[str]) -> dict[str, Customer]:
        """Those there are, by the id they came under; a merged one's id stands for the one it went into."""
        wanted = list(external_ids)
        found = super().by_external_ids(scope, wanted)
        missing = [each for each in wanted if each not in found]
        if not missing:
            return found
        merges = _MERGED.all(self._connection, workspace_id=scope.workspace_id, external_ids=missing)
        survivors = {merge.external_id: self.by_id(scope, merge.survivor_id) for merge in merges}
        return found | {key: each for key, each in survivors.items() if key is not None and each is not None}

    def stored(self, workspace_id: WorkspaceId, customer_id: str) -> Customer | None:
        """The customer as it is kept, removed or not."""
        return _STORED.first(self._connection, workspace_id=workspace_id, id=customer_id)

    def list_named(self, scope: Scope, names: Iterable[str]) -> list[Customer]:
        """Those that bear one of the names, as far as the index tells names apart."""
        return _NAMED.all(self._connection, keys=keys_of_names(names), **seen_by(scope))

    def list_recent(self, scope: Scope, *, limit: int, offset: int = 0) -> list[Customer]:
        """Customers, the last touched first."""
        return _RECENT.all(self._connection, limit=limit, offset=offset, **seen_by(scope))

    def count(self, scope: Scope) -> int:
        """How many customers the scope may see."""
        count = _COUNT_SEEING_ALL if scope.everything else _COUNT
        counted = count.first(self._connection, **seen_by(scope))
        return int(counted[0]) if counted else 0
