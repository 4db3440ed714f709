"""Activities, seen by whoever sees their customer."""

from sqlalchemy import bindparam, func, select

from storage.queries.records import adding, after, saving, with_external_ids, with_id
from storage.queries.scoping import as_part, of_customers, present, sees_customer, with_customer, with_member
from storage.tables import activities, members

_SEEN = of_customers(activities)
_AUTHOR = func.coalesce(members.c.name, "").label("author_name")
_LATEST = (activities.c.happened_at.desc(), activities.c.id.desc())

ADD = adding(activities)
SAVE = saving(activities)
BY_ID = with_id(_SEEN, activities)
BY_EXTERNAL_IDS = with_external_ids(_SEEN, activities)
AFTER = after(_SEEN, activities)
OF_CUSTOMER = (
    select(*as_part(activities, "activity"), _AUTHOR)
    .select_from(with_member(with_customer(activities), activities.c.author_id))
    .where(present(activities), sees_customer(), activities.c.customer_id == bindparam("customer_id"))
    .order_by(*_LATEST)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
