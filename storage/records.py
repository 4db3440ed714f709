"""What the repositories of all kinds of records share."""

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

from core.actor import Scope
from storage.connections import Connection
from storage.scopes import seen_by
from storage.statements import Query, RecordCommand


class _Record(Protocol):
    @property
    def external_id(self) -> str | None: ...


R = TypeVar("R", bound=_Record)


class RecordStatements(Generic[R]):
    """The statements that a module of ``storage/queries/`` has for one kind of record."""

    def __init__(self, module: str, record_type: type[R]) -> None:
        self.add: RecordCommand[R] = RecordCommand(f"{module}.ADD", record_type)
        self.save: RecordCommand[R] = RecordCommand(f"{module}.SAVE", record_type)
        self.by_id: Query[R] = Query(f"{module}.BY_ID", record_type)
        self.by_external_ids: Query[R] = Query(f"{module}.BY_EXTERNAL_IDS", record_type)
        self.after: Query[R] = Query(f"{module}.AFTER", record_type)


class SqlRecords(Generic[R]):
    """Records of one kind; ``core.ports.Records`` in SQL."""

    def __init__(self, connection: Connection, statements: RecordStatements[R]) -> None:
        self._connection = connection
        self._statements = statements

    def by_id(self, scope: Scope, record_id: str) -> R | None:
        """The record, or None when there is none that this scope may see."""
        return self._statements.by_id.first(self._connection, id=record_id, **seen_by(scope))

    def by_external_id(self, scope: Scope, external_id: str) -> R | None:
        """The record that came from another system under this id."""
        return self.by_external_ids(scope, (external_id,)).get(external_id)

    def by_external_ids(self, scope: Scope, external_ids: Iterable[str]) -> dict[str, R]:
        """Those of the records that there are, by the id they came under."""
        wanted: dict[str, Any] = {"external_ids": list(external_ids), **seen_by(scope)}
        found = self._statements.by_external_ids.all(self._connection, **wanted)
        return {record.external_id: record for record in found if record.external_id is not None}

    def list_after(self, scope: Scope, *, after: str = "", limit: int) -> list[R]:
        """The next records in the order they were added, beginning behind the id ``after``."""
        return self._statements.after.all(self._connection, after=after, limit=limit, **seen_by(scope))

    def add(self, record: R) -> None:
        """Keeps a new record."""
        self._statements.add.run(self._connection, record)

    def add_many(self, records: Iterable[R]) -> None:
        """Keeps many new records at a time."""
        self._statements.add.run_many(self._connection, records)

    def save(self, record: R) -> None:
        """Keeps a record's new state."""
        self._statements.save.run(self._connection, record)
