"""A merge of a customer with thousands of children, and its undo, timed."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from bots.clock import SystemClock
from bots.workspaces import administrator, make_workspace
from core.activities.model import Activity, ActivityKind
from core.actor import Actor
from core.contacts.model import Contact
from core.customers.model import Customer
from core.customers.service import add_customer
from core.duplicates.service import merge
from core.ids import ActivityId, ContactId, TaskId
from core.receipts.service import keep_receipt, undo
from core.tasks.model import Task
from core.work import Database, Work
from storage.database import open_database
from storage.migrating import upgrade

T = TypeVar("T")
_ROUNDS = 3


async def measure_merge(url: str, children: int) -> dict[str, float]:
    """Merges and takes back a few times; the middle one of each, in milliseconds."""
    await asyncio.to_thread(upgrade, url)
    database = open_database(url, SystemClock())
    try:
        actor, loser, survivor = await database.write(lambda work: _begin(work, children))
        rounds = [await _round(database, actor, loser, survivor) for _ in range(_ROUNDS)]
    finally:
        await database.close()
    merged, undone = (sorted(times)[_ROUNDS // 2] for times in zip(*rounds, strict=True))
    return {"children": children, "merge_ms": merged, "undo_ms": undone}


def _begin(work: Work, children: int) -> tuple[Actor, Customer, Customer]:
    """A workspace with two customers; the first has the children: half activities, a quarter contacts and tasks."""
    actor = administrator(work, make_workspace(work, "Bench", language="en", zone="UTC"), platform="bench")
    loser, survivor = (add_customer(work, actor, name=name, even_if_known=True) for name in ("Acme Inc", "Acme Ltd"))
    common: dict[str, Any] = {"workspace_id": actor.workspace_id, "created_at": work.now, "updated_at": work.now}
    about: dict[str, Any] = {**common, "customer_id": loser.id}
    work.activities.add_many(
        Activity(id=ActivityId(work.new_id()), kind=ActivityKind.NOTE, text="a note", happened_at=work.now, **about)
        for _ in range(children // 2)
    )
    work.contacts.add_many(
        Contact(id=ContactId(work.new_id()), name=f"Person {number}", email=f"p{number}@acme.example", **about)
        for number in range(children // 4)
    )
    work.tasks.add_many(
        Task(id=TaskId(work.new_id()), title="call back", assignee_id=actor.member_id, **about)
        for _ in range(children - children // 2 - children // 4)
    )
    return actor, loser, survivor


async def _round(database: Database, actor: Actor, loser: Customer, survivor: Customer) -> tuple[float, float]:
    receipt, merged = await _timed(database, lambda work: _merge(work, actor, loser, survivor))
    _, undone = await _timed(database, lambda work: undo(work, actor, receipt))
    return merged, undone


def _merge(work: Work, actor: Actor, loser: Customer, survivor: Customer) -> str:
    merge(work, actor, loser, survivor)
    receipt = keep_receipt(work, actor, "merge", "bench")
    return receipt.id if receipt else ""


async def _timed(database: Database, function: Callable[[Work], T]) -> tuple[T, float]:
    started = time.perf_counter()
    result = await database.write(function)
    return result, round((time.perf_counter() - started) * 1000, 1)
