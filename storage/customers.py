"""Customers in the database, their names in step."""

from collections.abc import Iterable, Mapping

from core.actor import Scope
from core.customers.model import Customer
from core.events.model import Kind
from core.search.filing import Filing
from storage.called import keys_of_names
from storage.connections import Connection
from storage.filing import file_names, log_names, refile
from storage.naming import customer_names, rows_of_customer
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by
from storage.statements import Query

_STATEMENTS = RecordStatements("customers", Customer)
_STORED = Query("customers.STORED", Customer)
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
