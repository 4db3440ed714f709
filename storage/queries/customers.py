"""Customers."""

from sqlalchemy import bindparam, func, select

from core.events.model import Kind
from storage.queries.bearing import bears_name
from storage.queries.records import adding, after, saving, stored, with_external_ids, with_id
from storage.queries.scoping import present, sees_customer
from storage.tables import customers

_SEEN = select(customers).where(present(customers), sees_customer())
_LATEST = (customers.c.updated_at.desc(), customers.c.id.desc())

ADD = adding(customers)
SAVE = saving(customers)
BY_ID = with_id(_SEEN, customers)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, customers)
STORED = stored(customers)
AFTER = after(_SEEN, customers)
NAMED = _SEEN.where(bears_name(customers.c.id, Kind.CUSTOMER))
RECENT = _SEEN.order_by(*_LATEST).limit(bindparam("limit")).offset(bindparam("offset"))
COUNT = {
    "all": select(func.count()).select_from(customers).where(present(customers), sees_customer()),
    "seeing_all": select(func.count()).select_from(customers).where(present(customers)),
}
