"""Contacts, seen by whoever sees their customer."""

from sqlalchemy import bindparam, case

from core.events.model import Kind
from storage.queries.bearing import bears_name
from storage.queries.records import adding, after, saving, stored, with_external_ids, with_id
from storage.queries.scoping import of_customers
from storage.tables import contacts

_SEEN = of_customers(contacts)
_DECIDERS_FIRST = case((contacts.c.decision == "decider", 0), else_=1)

ADD = adding(contacts)
SAVE = saving(contacts)
BY_ID = with_id(_SEEN, contacts)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, contacts)
STORED = stored(contacts)
AFTER = after(_SEEN, contacts)
NAMED = _SEEN.where(bears_name(contacts.c.id, Kind.CONTACT))
OF_CUSTOMER = (
    _SEEN.where(contacts.c.customer_id == bindparam("customer_id"))
    .order_by(_DECIDERS_FIRST, contacts.c.id)
    .limit(bindparam("limit"))
)
