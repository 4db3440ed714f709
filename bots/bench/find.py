"""``kith bench find``: who is meant, among a million names, beside rapidfuzz over everything and PostgreSQL's pg_trgm.

Every query means one record and no other (see ``crowd``), drawn with a fixed seed; the same are put to all three.
"""

import asyncio
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bots.bench import find_peers
from bots.bench.crowd import Crowd
from bots.bench.figures import Bench, Figures, percentile
from bots.bench.memory import resident_mb
from bots.bench.names import Made, NameMaker
from bots.bench.queries import QueryMaker, Wanted
from bots.clock import SystemClock
from core.actor import Role, Scope
from core.contacts.model import Contact
from core.customers.model import Customer
from core.ids import ContactId, CustomerId, WorkspaceId
from core.members.service import add_member, create_workspace
from core.work import Database, Work
from storage.database import open_database
from storage.migrating import upgrade
from storage.name_index.holding import NameIndexes

_NAMES, _QUERIES, _PEERS = 1_000_000, 60, 3
_SEED = 20_26
_BATCH = 4_000
_WRITES_PER_S = 100
_WRITTEN = 6.0  # seconds
_HITS = 5


@dataclass(slots=True)
class Score:
    """How often the one meant came first, or among five."""

    asked: int = 0
    first: int = 0
    among: int = 0
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def add(self, wanted: str, hits: list[str], taken: tuple[float, float]) -> None:
        """One more answer, with the seconds that passed and those the processor spent."""
        seconds, cpu = taken
        self.asked += 1
        self.first += hits[:1] == [wanted]
        self.among += wanted in hits[:_HITS]
        self.seconds.append(seconds)
        self.cpu.append(cpu)

    def told(self) -> dict[str, Any]:
        """In per cent and milliseconds."""
        return {
            "n": self.asked,
            "recall_at_1": round(100 * self.first / max(self.asked, 1), 2),
            "recall_at_5": round(100 * self.among / max(self.asked, 1), 2),
            "p50_ms": percentile(self.seconds, 0.5) if self.seconds else None,
            "p99_ms": percentile(self.seconds, 0.99) if self.seconds else None,
            "cpu_p99_ms": percentile(self.cpu, 0.99) if self.cpu else None,
        }


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--names", type=int, default=_NAMES, help=f"names to look among ({_NAMES:,})")
    parser.add_argument("--queries", type=int, default=_QUERIES, help=f"queries of each kind ({_QUERIES})")
    parser.add_argument("--peers", type=int, default=_PEERS, help=f"of each kind, put to the peers too ({_PEERS})")
    parser.add_argument("--seed", type=int, default=_SEED, help=f"what decides names and queries ({_SEED})")
    parser.add_argument(
        "--database", default="", help="a PostgreSQL database to measure pg_trgm on, emptied afterwards"
    )


def _run(options: Namespace) -> Figures:
    made = list(NameMaker(options.seed).make(options.names))
    queries = list(_unambiguous(made, options.queries, options.seed))
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        figures = asyncio.run(_measure(f"sqlite:///{Path(folder) / 'bench.db'}", made, queries))
    sample = [wanted for number, wanted in enumerate(queries) if number % options.queries < options.peers]
    if sample:
        figures["rapidfuzz"] = find_peers.rapidfuzz(made, sample)
        figures["pg_trgm"] = asyncio.run(find_peers.pg_trgm(options.database, made, sample))
    overall = figures.pop("overall")
    return Figures(
        name="find",
        n=overall.pop("n"),
        p50_ms=overall.pop("p50_ms"),
        p99_ms=overall.pop("p99_ms"),
        counted="queries",
        more={"names": sum(one.names for one in made), **overall, **figures},
    )


def _unambiguous(made: list[Made], most: int, seed: int) -> Iterator[Wanted]:
    crowd, maker = Crowd(made), QueryMaker(made, seed + 1)
    for kind in maker.kinds:
        drawn = maker.make(kind, most * 40)
        alone = (wanted for wanted in drawn if crowd.is_alone(kind, wanted.text, wanted.number))
        yield from islice(alone, most)


async def _measure(database_url: str, made: list[Made], queries: list[Wanted]) -> dict[str, Any]:
    await asyncio.to_thread(upgrade, database_url)
    indexes = NameIndexes(database_url)
    database = open_database(database_url, SystemClock(), indexes)
    try:
        workspace_id, ids = await _fill(database, made)
        before, started = resident_mb(), time.perf_counter()
        await indexes.hold(database, workspace_id)
        built = time.perf_counter() - started
        scope = Scope(workspace_id, everything=True)
        by_kind = await _ask_all(database, scope, ids, queries)
        told: dict[str, Any] = {"overall": _sum(by_kind.values()).told()}
        told["index_built_s"], told["memory_mb"] = round(built, 1), round(resident_mb() - before)
        writing = await _ask_while_writing(database, scope, ids, queries)
        told["p99_while_writing_ms"], told["writes_per_s"] = percentile(writing.seconds, 0.99), _WRITES_PER_S
        told["cpu_p99_while_writing_ms"] = percentile(writing.cpu, 0.99)
        told["kinds"] = {kind: score.told() for kind, score in by_kind.items()}
        return told
    finally:
        await database.close()


async def _fill(database: Database, made: list[Made]) -> tuple[WorkspaceId, list[str]]:
    """Keeps customers and contacts; the workspace, and the ids by number."""
    workspace_id = await database.write(_workspace)
    ids: list[str] = []
    numbered = iter(made)
    while batch := list(islice(numbered, _BATCH)):
        ids += await database.write(partial(_keep, workspace_id=workspace_id, batch=batch, ids=ids))
    return workspace_id, ids


def _workspace(work: Work) -> WorkspaceId:
    workspace = create_workspace(work, "Bench", language="en", zone="UTC")
    add_member(work, workspace.id, handle="bench", name="Bench", role=Role.ADMIN)
    return workspace.id


def _keep(work: Work, workspace_id: WorkspaceId, batch: list[Made], ids: list[str]) -> list[str]:
    new = [work.new_id() for _ in batch]
    known = dict(enumerate(ids[-_BATCH:], len(ids[:-_BATCH]))) | dict(enumerate(new, len(ids)))
    base = {"workspace_id": workspace_id, "created_at": work.now, "updated_at": work.now}
    customers, contacts = [], []
    for id_, one in zip(new, batch, strict=True):
        if one.customer is None:
            told = {"name": one.name, "aliases": one.aliases, "phone": one.phone, "website": one.website}
            customers.append(Customer(id=CustomerId(id_), **told, **base))  # type: ignore[arg-type]
        else:
            of = CustomerId(known[one.customer])
            told = {"name": one.name, "phone": one.phone, "email": one.email}
            contacts.append(Contact(id=ContactId(id_), customer_id=of, **told, **base))  # type: ignore[arg-type]
    work.customers.add_many(customers)
    work.contacts.add_many(contacts)
    return new


async def _ask(database: Database, scope: Scope, text: str) -> tuple[list[str], tuple[float, float]]:
    started, spent = time.perf_counter(), time.thread_time()
    hits = await database.read(lambda work: work.names.find(scope, text, wide=True))
    return [hit.id for hit in hits], (time.perf_counter() - started, time.thread_time() - spent)


async def _ask_all(database: Database, scope: Scope, ids: list[str], queries: list[Wanted]) -> dict[str, Score]:
    for wanted in queries[:: max(1, len(queries) // 50)]:
        await _ask(database, scope, wanted.text)  # warm
    by_kind: dict[str, Score] = {}
    for wanted in queries:
        hits, taken = await _ask(database, scope, wanted.text)
        by_kind.setdefault(wanted.kind, Score()).add(ids[wanted.number], hits, taken)
    return by_kind


async def _ask_while_writing(database: Database, scope: Scope, ids: list[str], queries: list[Wanted]) -> Score:
    """The same queries, in any order, while new names come in."""
    maker, score = NameMaker(_SEED + 2), Score()
    mixed = Random(_SEED).sample(queries, len(queries))  # noqa: S311 - the same order every time
    names = maker.make(10**6)
    ends = time.perf_counter() + _WRITTEN
    writer = asyncio.create_task(_write_names(database, scope.workspace_id, names, ends))
    while time.perf_counter() < ends:
        for wanted in mixed:
            hits, taken = await _ask(database, scope, wanted.text)
            score.add(ids[wanted.number], hits, taken)
            await asyncio.sleep(0)
            if time.perf_counter() >= ends:
                break
    await writer
    return score


async def _write_names(database: Database, workspace_id: WorkspaceId, names: Iterator[Made], ends: float) -> None:
    due = time.perf_counter()
    while due < ends:
        one = next(names)
        await database.write(lambda work, one=one: work.customers.add(_new(work, workspace_id, one)))  # type: ignore[misc]
        due += 1 / _WRITES_PER_S
        await asyncio.sleep(max(0.0, due - time.perf_counter()))


def _new(work: Work, workspace_id: WorkspaceId, one: Made) -> Customer:
    id_ = CustomerId(work.new_id())
    now = work.now
    return Customer(id=id_, workspace_id=workspace_id, name=one.name, created_at=now, updated_at=now)


def _sum(scores: Any) -> Score:
    whole = Score()
    for score in scores:
        whole.asked += score.asked
        whole.first += score.first
        whole.among += score.among
        whole.seconds += score.seconds
        whole.cpu += score.cpu
    return whole


BENCH = Bench("find", "who is meant among a million names, beside rapidfuzz and pg_trgm", _declare, _run)
