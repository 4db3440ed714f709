"""Contacts in the database, their names in step."""

from collections.abc import Iterable

from core.actor import Scope
from core.contacts.model import Contact
from core.events.model import Kind
from core.ids import CustomerId
from storage.called import keys_of_names
from storage.connections import Connection
from storage.filing import file_names, log_names, refile
from storage.naming import contact_names, rows_of_contact
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by
from storage.statements import Query

_STATEMENTS = RecordStatements("contacts", Contact)
_STORED = Query("contacts.STORED", Contact)
_NAMED = Query("contacts.NAMED", Contact)
_OF_CUSTOMER = Query("contacts.OF_CUSTOMER", Contact)


class SqlContacts(SqlRecords[Contact]):
    """``core.contacts.ports.ContactRepository``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, _STATEMENTS)

    def add(self, record: Contact) -> None:
        """Keeps a new contact, to be found by name at once."""
        super().add(record)
        file_names(self._connection, rows_of_contact(record))
        log_names(self._connection, Kind.CONTACT, (record,))

    def add_many(self, records: Iterable[Contact]) -> None:
        """Keeps many new contacts and their names."""
        records = list(records)
        super().add_many(records)
        file_names(self._connection, (row for record in records for row in rows_of_contact(record)))
        log_names(self._connection, Kind.CONTACT, records)

    def save(self, record: Contact) -> None:
        """Keeps a contact's new state, and files it anew where the names changed."""
        before = _STORED.first(self._connection, workspace_id=record.workspace_id, id=record.id)
        super().save(record)
        if before is not None and contact_names(before) != contact_names(record):
            refile(self._connection, rows_of_contact(before), rows_of_contact(record))
            log_names(self._connection, Kind.CONTACT, (record,))

    def list_named(self, scope: Scope, names: Iterable[str]) -> list[Contact]:
        """Those that bear one of the names, as far as the index tells names apart."""
        return _NAMED.all(self._connection, keys=keys_of_names(names), **seen_by(scope))

    def list_of_customer(self, scope: Scope, customer_id: CustomerId, *, limit: int) -> list[Contact]:
        """A customer's contacts, deciders first, then as they were added."""
        return _OF_CUSTOMER.all(self._connection, customer_id=customer_id, limit=limit, **seen_by(scope))
