"""The event log: appended to and read. There is no statement here that changes an event, and there must be none."""

from sqlalchemy import and_, bindparam, select

from storage.queries.records import adding
from storage.queries.scoping import WORKSPACE
from storage.tables import event_subjects, events

_FILED = event_subjects.join(
    events,
    and_(events.c.workspace_id == event_subjects.c.workspace_id, events.c.id == event_subjects.c.event_id),
)

APPEND = adding(events)
FILE = adding(event_subjects)
OF_SUBJECT = (
    select(events)
    .select_from(_FILED)
    .where(
        event_subjects.c.workspace_id == WORKSPACE,
        event_subjects.c.kind == bindparam("kind"),
        event_subjects.c.subject_id == bindparam("subject_id"),
    )
    .order_by(event_subjects.c.happened_at.desc(), event_subjects.c.event_id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
OF_RECEIPT = (
    select(events)
    .where(events.c.workspace_id == WORKSPACE, events.c.receipt_id == bindparam("receipt_id"))
    .order_by(events.c.id)
)
LATEST_OF = (
    select(events)
    .where(
        events.c.workspace_id == WORKSPACE,
        events.c.record_id == bindparam("record_id"),
        events.c.record_kind == bindparam("kind"),
    )
    .order_by(events.c.id.desc())
    .limit(1)
)
