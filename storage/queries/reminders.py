"""Reminders, by when they are due, by whose they are, and by the message that said them."""

from sqlalchemy import ColumnElement, and_, bindparam, select, update

from storage.queries.dialects import put
from storage.queries.scoping import MEMBER, WORKSPACE
from storage.tables import reminders, tasks

_HERE = reminders.c.workspace_id == WORKSPACE
_OPEN = and_(_HERE, reminders.c.stage != "closed")
_NOW: ColumnElement[object] = bindparam("now")

DUE = (
    select(reminders)
    .where(_HERE, reminders.c.run_at <= _NOW)
    .order_by(reminders.c.run_at, reminders.c.task_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
OF_POST = (
    select(reminders)
    .where(_HERE, reminders.c.post == bindparam("post"), reminders.c.post != "")
    .order_by(reminders.c.task_id)
)
SAVE = put(reminders)
TOUCH = put(reminders, keep=("said", "said_at", "post", "reader_id"))
OF_MEMBER = update(reminders).values(stage="replan", run_at=_NOW).where(_OPEN, reminders.c.member_id == MEMBER)
OF_CUSTOMER = (
    update(reminders)
    .values(stage="changed", run_at=_NOW)
    .where(
        _OPEN,
        reminders.c.task_id.in_(
            select(tasks.c.id).where(
                tasks.c.workspace_id == WORKSPACE,
                tasks.c.customer_id == bindparam("customer"),
                tasks.c.done_at.is_(None),
                tasks.c.removed_at.is_(None),
            )
        ),
    )
)
