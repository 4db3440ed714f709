"""Receipts."""

from sqlalchemy import Update, and_, bindparam, insert, select, update

from storage.queries.dialects import PerDialect
from storage.queries.records import adding
from storage.queries.scoping import MEMBER, WORKSPACE
from storage.tables import members, receipts

_OF_MEMBER = (
    select(receipts)
    .where(receipts.c.workspace_id == WORKSPACE, receipts.c.member_id == MEMBER, receipts.c.undone_at.is_(None))
    .order_by(receipts.c.created_at.desc(), receipts.c.id.desc())
    .limit(1)
)


def _adding_in_turn() -> Update:
    """Keeps a receipt and touches its member, so that of two commands of one member at once the later begins again.

    It then finds the receipt of the other, which is how a command sent twice is told from two.
    """
    kept = insert(receipts).returning(receipts.c.workspace_id, receipts.c.member_id).cte("kept")
    same = and_(members.c.workspace_id == kept.c.workspace_id, members.c.id == kept.c.member_id)
    return update(members).values(updated_at=members.c.updated_at).where(same)


# SQLite's one writer lets nobody come at once.
ADD = PerDialect({"sqlite": adding(receipts), "postgresql": _adding_in_turn()})
BY_ID = select(receipts).where(receipts.c.workspace_id == WORKSPACE, receipts.c.id == bindparam("id"))
LATEST_OF = _OF_MEMBER.where(receipts.c.verb != "undo")
REPEAT_OF = _OF_MEMBER.where(receipts.c.digest == bindparam("digest"), receipts.c.created_at >= bindparam("since"))
MARK_UNDONE = (
    update(receipts)
    .values(undone_at=bindparam("now"))
    .where(receipts.c.workspace_id == WORKSPACE, receipts.c.id == bindparam("id"), receipts.c.undone_at.is_(None))
)
