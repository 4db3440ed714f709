"""The event log: appended to and read. There is no statement here that changes an event, and there must be none."""

from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from core.events.model import Kind
from storage.queries.dialects import one_of
from storage.queries.records import adding
from storage.queries.scoping import WORKSPACE
from storage.tables import event_subjects, events

_FILED = event_subjects.join(
    events,
    and_(events.c.workspace_id == event_subjects.c.workspace_id, events.c.id == event_subjects.c.event_id),
)


def _of_subjects(*, kinds: bool = False) -> Select[Any]:
    """The timeline of several customers as one; an event that is about two of them stands in it once."""
    source = _FILED if kinds else event_subjects
    only = (one_of(events.c.record_kind, "kinds"),) if kinds else ()
    latest = (event_subjects.c.happened_at.desc(), event_subjects.c.event_id.desc())
    found = (
        select(event_subjects.c.workspace_id, event_subjects.c.happened_at, event_subjects.c.event_id)
        .select_from(source)
        .where(
            event_subjects.c.workspace_id == WORKSPACE,
            event_subjects.c.kind == Kind.CUSTOMER.value,
            one_of(event_subjects.c.subject_id, "ids"),
            *only,
        )
        .distinct()
        .order_by(*latest)
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
        .subquery("found")
    )
    same = and_(events.c.workspace_id == found.c.workspace_id, events.c.id == found.c.event_id)
    in_order = (found.c.happened_at.desc(), found.c.event_id.desc())
    return select(events).select_from(found.join(events, same)).order_by(*in_order)


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
OF_SUBJECTS = _of_subjects()
OF_SUBJECT_KINDS = OF_SUBJECT.where(one_of(events.c.record_kind, "kinds"))
OF_SUBJECTS_KINDS = _of_subjects(kinds=True)
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
