"""``kith bench digest``: what it takes to put together the digests of many teams over many tasks.

Beside the tasks there are a fifth as many customers, deals and visits. Every digest is a weekly one with
all its parts and charts, read as the worker reads it, one after another on one process.
"""

import asyncio
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bots.bench.data import name_of
from bots.bench.figures import Bench, Figures, percentile
from core.activities.model import Activity, ActivityKind
from core.actor import Scope
from core.customers.model import Customer, Lifecycle
from core.deals.model import Deal, DealStage
from core.digests.model import EVERY_DAY, About, Digest, DigestId, Frequency
from core.digests.reading import read
from core.events.model import Change, Event, EventType
from core.ids import ActivityId, CustomerId, DealId, EventId, MemberId, TaskId, TeamId
from core.members.model import Workspace
from core.members.service import add_member, create_team, create_workspace
from core.money import Money
from core.records import ref
from core.search.filing import Filing
from core.tasks.model import Task
from core.work import Database, Work
from storage.database import open_database
from storage.migrating import upgrade

_NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)  # a Monday, nine in Shanghai
_TEAMS, _TASKS = 1_000, 1_000_000
_MEMBERS = 8  # of a team
_BATCH = 5_000
_TASKS_PER_CUSTOMER = 5
_UNFILED: Filing = {"bench": 0}  # nobody looks these customers up by name
_HANDED = 100  # of so many customers one has changed hands
_DUE_WITHIN = 60  # days around today; most are still to come


class _Clock:
    def now(self) -> datetime:
        return _NOW


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--teams", type=int, default=_TEAMS, help=f"teams, each with a digest ({_TEAMS:,})")
    parser.add_argument("--tasks", type=int, default=_TASKS, help=f"open tasks of all teams together ({_TASKS:,})")
    parser.add_argument("--database", default="", help="an empty database; else a new SQLite file")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        return asyncio.run(_measure(url, options.teams, options.tasks))


async def _measure(url: str, teams: int, tasks: int) -> Figures:
    database = open_database(url, _Clock())
    try:
        digests = await database.write(lambda work: _people(work, teams))
        await _fill(database, digests, tasks)
        timings, lines = [], 0
        for digest, _ in digests:
            started = time.perf_counter()
            scope = Scope(digest.workspace_id, team_id=digest.team_id)
            found = await database.read_long(lambda work, digest=digest, scope=scope: read(work, digest, scope, _NOW))  # type: ignore[misc]
            timings.append(time.perf_counter() - started)
            lines += sum(found.total(part) for part in found.parts)
    finally:
        await database.close()
    return Figures(
        name="digest",
        n=teams,
        counted="teams",
        p50_ms=percentile(timings, 0.5),
        p99_ms=percentile(timings, 0.99),
        per_s=round(teams / sum(timings), 1),
        more={
            "tasks": tasks,
            "seconds": round(sum(timings), 2),
            "lines_counted": lines,
            "database": url.partition(":")[0],
        },
    )


def _people(work: Work, teams: int) -> list[tuple[Digest, list[MemberId]]]:
    """Each team's digest, and its members."""
    workspace = create_workspace(work, "Bench", language="en", zone="Asia/Shanghai")
    return [_team(work, workspace, number) for number in range(teams)]


def _team(work: Work, workspace: Workspace, number: int) -> tuple[Digest, list[MemberId]]:
    team = create_team(work, workspace.id, f"Team {number}")
    members = [
        add_member(work, workspace.id, handle=f"m{number}-{each}", name=f"Member {number}-{each}", team_id=team.id).id
        for each in range(_MEMBERS)
    ]
    digest = Digest(
        id=DigestId(work.new_id()),
        workspace_id=workspace.id,
        holder=team.id,
        frequency=Frequency.WEEKLY,
        about=About.TEAM,
        member_id=members[0],
        team_id=team.id,
        days=EVERY_DAY[:1],
        zone="Asia/Shanghai",
        next_at=_NOW,
        created_at=_NOW,
        updated_at=_NOW,
    )
    work.digests.put(workspace.id, digest)
    return digest, members


async def _fill(database: Database, digests: list[tuple[Digest, list[MemberId]]], tasks: int) -> None:
    numbers = iter(range(max(tasks // _TASKS_PER_CUSTOMER, 1)))
    while batch := list(islice(numbers, _BATCH // _TASKS_PER_CUSTOMER)):
        await database.write(lambda work, batch=batch: _customers(work, digests, batch))  # type: ignore[misc]


def _customers(work: Work, digests: list[tuple[Digest, list[MemberId]]], numbers: list[int]) -> None:
    random = Random(numbers[0])  # noqa: S311 - the same data every time, nothing secret
    made = [_customer(work, *digests[number % len(digests)], number) for number in numbers]
    work.customers.add_many(made, {customer.id: _UNFILED for customer in made})
    work.tasks.add_many([task for each in made for task in _tasks(work, each, random)])
    work.deals.add_many([_deal(work, each, random) for each in made])
    work.activities.add_many([_visit(work, each, random) for each in made])
    handed = [each for each, number in zip(made, numbers, strict=True) if number % _HANDED == 0]
    work.events.append_many([_handover(work, each) for each in handed])


def _stamps(days: int) -> dict[str, Any]:
    return {"created_at": _NOW - timedelta(days=days), "updated_at": _NOW - timedelta(days=days)}


def _customer(work: Work, digest: Digest, members: list[MemberId], number: int) -> Customer:
    return Customer(
        id=CustomerId(work.new_id()),
        workspace_id=digest.workspace_id,
        name=name_of(number),
        owner_id=members[number // 7 % _MEMBERS],
        team_id=TeamId(digest.team_id or ""),
        stage=tuple(Lifecycle)[number % 5],
        **_stamps(90),
    )


def _tasks(work: Work, customer: Customer, random: Random) -> Iterator[Task]:
    for _ in range(_TASKS_PER_CUSTOMER):
        day = _NOW.date() + timedelta(days=random.randint(-5, _DUE_WITHIN))
        yield Task(
            id=TaskId(work.new_id()),
            workspace_id=customer.workspace_id,
            title="Call back",
            due_on=day,
            assignee_id=MemberId(customer.owner_id or ""),
            customer_id=customer.id,
            done_at=_NOW - timedelta(days=1) if random.random() < 0.1 else None,
            **_stamps(10),
        )


def _deal(work: Work, customer: Customer, random: Random) -> Deal:
    return Deal(
        id=DealId(work.new_id()),
        workspace_id=customer.workspace_id,
        customer_id=customer.id,
        name="Order",
        amount=Money(random.randint(1, 90) * 100_000, "CNY"),
        stage=tuple(DealStage)[random.randint(0, 3)],
        close_on=_NOW.date() + timedelta(days=random.randint(-10, 90)),
        owner_id=customer.owner_id,
        **_stamps(random.randint(0, 30)),
    )


def _visit(work: Work, customer: Customer, random: Random) -> Activity:
    return Activity(
        id=ActivityId(work.new_id()),
        workspace_id=customer.workspace_id,
        customer_id=customer.id,
        kind=ActivityKind.VISIT,
        text="Saw them",
        author_id=customer.owner_id,
        happened_at=_NOW - timedelta(days=random.randint(0, 40), hours=12),
        **_stamps(1),
    )


def _handover(work: Work, customer: Customer) -> Event:
    at = _NOW - timedelta(days=2)
    return Event(
        id=EventId(work.new_id()),
        workspace_id=customer.workspace_id,
        type=EventType.CUSTOMER_ASSIGNED,
        record=ref(customer),
        changes=(Change("owner_id", None, customer.owner_id),),
        happened_at=at,
        recorded_at=at,
        receipt_id=work.receipt_id,
    )


BENCH = Bench("digest", "digests of many teams over many tasks, put together", _declare, _run)
