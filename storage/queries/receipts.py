"""Receipts."""

from sqlalchemy import bindparam, select, update

from storage.queries.records import adding
from storage.queries.scoping import MEMBER, WORKSPACE
from storage.tables import receipts

_OF_MEMBER = (
    select(receipts)
    .where(receipts.c.workspace_id == WORKSPACE, receipts.c.member_id == MEMBER, receipts.c.undone_at.is_(None))
    .order_by(receipts.c.created_at.desc(), receipts.c.id.desc())
    .limit(1)
)

ADD = adding(receipts)
BY_ID = select(receipts).where(receipts.c.workspace_id == WORKSPACE, receipts.c.id == bindparam("id"))
LATEST_OF = _OF_MEMBER.where(receipts.c.verb != "undo")
REPEAT_OF = _OF_MEMBER.where(receipts.c.digest == bindparam("digest"), receipts.c.created_at >= bindparam("since"))
MARK_UNDONE = (
    update(receipts)
    .values(undone_at=bindparam("now"))
    .where(receipts.c.workspace_id == WORKSPACE, receipts.c.id == bindparam("id"), receipts.c.undone_at.is_(None))
)
