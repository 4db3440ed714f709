"""Merges, what they moved, suspects and probes.

A merge is a few statements however many children there are: what is about to move is noted, then moved.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from storage.queries.dialects import for_each, one_of, put, put_once
from storage.queries.records import adding
from storage.queries.scoping import WORKSPACE, sees_customer
from storage.tables import (
    activities,
    bindings,
    contacts,
    customers,
    deals,
    merges,
    moved,
    names,
    probes,
    suspects,
    tasks,
)

_MERGE: ColumnElement[Any] = bindparam("merge_id", type_=Text)
_LOSER: ColumnElement[Any] = bindparam("loser_id", type_=Text)
_SURVIVOR: ColumnElement[Any] = bindparam("survivor_id", type_=Text)
# Written out, for a planner proves by it that the index of contacts alone will do.
_CONTACT: ColumnElement[str] = literal_column("'contact'")
_PLACE = bindings.c.place_platform + ":" + bindings.c.place_tenant + ":" + bindings.c.place_conversation
_CHILDREN: dict[str, tuple[Table, ColumnElement[Any]]] = {
    "contacts": (contacts, contacts.c.id),
    "activities": (activities, activities.c.id),
    "tasks": (tasks, tasks.c.id),
    "deals": (deals, deals.c.id),
    "bindings": (bindings, _PLACE),
}


def _note(found: Select[Any]) -> Executable:
    noted: Executable = insert(moved).from_select(["workspace_id", "merge_id", "kind", "record_id"], found)
    return noted


def _is_losers(table: Table) -> ColumnElement[bool]:
    """Removed children stay where they are: nobody sees them, and the indexes do not know them."""
    removed = [table.c.removed_at.is_(None)] if "removed_at" in table.c else []
    return and_(table.c.workspace_id == WORKSPACE, table.c.customer_id == _LOSER, *removed)


def _of_loser(kind: str) -> Executable:
    table, identity = _CHILDREN[kind]
    found = select(table.c.workspace_id, _MERGE, literal(kind, Text), identity)
    return _note(found.where(_is_losers(table)))


def _move(kind: str) -> Executable:
    table, _ = _CHILDREN[kind]
    return update(table).values(customer_id=_SURVIVOR).where(_is_losers(table))


def _move_back(kind: str) -> Executable:
    """What is still the survivor's: a child that went elsewhere since stays there."""
    table, identity = _CHILDREN[kind]
    return (
        update(table)
        .values(customer_id=_LOSER)
        .where(table.c.workspace_id == WORKSPACE, table.c.customer_id == _SURVIVOR, one_of(identity, "ids"))
    )


def _move_names(target: ColumnElement[Any]) -> Executable:
    """The rows of the index that are some contacts'."""
    return (
        update(names)
        .values(customer_id=target)
        .where(names.c.workspace_id == WORKSPACE, names.c.record_kind == _CONTACT, one_of(names.c.record_id, "ids"))
    )


_NAMED = and_(customers.c.workspace_id == names.c.workspace_id, customers.c.id == names.c.record_id)


def _decide() -> Any:
    return put(suspects, keep=("score", "found_at"))


def _count_probe() -> Any:
    def build(insert_: Any) -> Executable:
        statement = insert_(probes).values(
            workspace_id=bindparam("workspace_id"), member_id=bindparam("member_id"), day=bindparam("day"), count=1
        )
        counted: Executable = statement.on_conflict_do_update(
            index_elements=["workspace_id", "member_id", "day"], set_={"count": probes.c.count + 1}
        ).returning(probes.c.count)
        return counted

    return for_each(build)


def _seen(*selected: Any) -> Select[Any]:
    first, second = customers.alias("first"), customers.alias("second")
    source = suspects.join(
        first, and_(first.c.workspace_id == suspects.c.workspace_id, first.c.id == suspects.c.first_id)
    ).join(second, and_(second.c.workspace_id == suspects.c.workspace_id, second.c.id == suspects.c.second_id))
    return (
        select(*selected)
        .select_from(source)
        .where(
            suspects.c.workspace_id == WORKSPACE,
            suspects.c.decision == "",
            first.c.removed_at.is_(None),
            second.c.removed_at.is_(None),
            sees_customer(first),
            sees_customer(second),
        )
    )


ADD_MERGE = adding(merges)
NOTE = {kind: _of_loser(kind) for kind in _CHILDREN}
MOVE = {kind: _move(kind) for kind in _CHILDREN}
MOVE_BACK = {kind: _move_back(kind) for kind in _CHILDREN}
MOVE_NAMES = _move_names(_SURVIVOR)
MOVE_NAMES_BACK = _move_names(_LOSER)
# As a list and not as a part of the other statements: a planner that takes what was just noted for a row or two would
# go through all of it for every child.
NOTED = select(moved.c.record_id).where(
    moved.c.workspace_id == WORKSPACE, moved.c.merge_id == _MERGE, moved.c.kind == bindparam("kind", type_=Text)
)
FORGET_MOVED = delete(moved).where(moved.c.workspace_id == WORKSPACE, moved.c.merge_id == _MERGE)
FORGET_MERGE = delete(merges).where(merges.c.workspace_id == WORKSPACE, merges.c.id == _MERGE)
MERGE_OF = select(merges).where(merges.c.workspace_id == WORKSPACE, merges.c.id == _MERGE)
MOVED = (
    select(moved.c.kind, func.count())
    .where(moved.c.workspace_id == WORKSPACE, moved.c.merge_id == _MERGE)
    .group_by(moved.c.kind)
)
OF_LOSER = select(merges).where(merges.c.workspace_id == WORKSPACE, merges.c.loser_id == _LOSER)
INTO = select(merges.c.loser_id).where(merges.c.workspace_id == WORKSPACE, one_of(merges.c.survivor_id, "ids"))
OF_EXTERNAL_IDS = select(merges).where(merges.c.workspace_id == WORKSPACE, one_of(merges.c.external_id, "external_ids"))

BEARING = (
    select(names.c.key, names.c.record_id)
    .select_from(
        names.join(
            customers, and_(customers.c.workspace_id == names.c.workspace_id, customers.c.id == names.c.record_id)
        )
    )
    .where(
        names.c.workspace_id == WORKSPACE,
        one_of(names.c.key, "keys"),
        names.c.record_kind == "customer",
        customers.c.removed_at.is_(None),
        sees_customer(),
    )
    .order_by(names.c.key, names.c.key_kind, names.c.record_id)
)

SUSPECT = put_once(suspects)
DECIDE = _decide()
DECIDED = select(suspects).where(
    suspects.c.workspace_id == WORKSPACE,
    suspects.c.first_id == bindparam("first_id"),
    suspects.c.second_id == bindparam("second_id"),
)
OPEN = (
    _seen(suspects)
    .order_by(suspects.c.score.desc(), suspects.c.first_id, suspects.c.second_id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
COUNT_OPEN = _seen(func.count())

COUNT_PROBE = _count_probe()
PROBES = (
    select(probes.c.member_id, probes.c.day, probes.c.count)
    .where(probes.c.workspace_id == WORKSPACE, probes.c.day >= bindparam("since"))
    .order_by(probes.c.day.desc(), probes.c.count.desc(), probes.c.member_id)
)
