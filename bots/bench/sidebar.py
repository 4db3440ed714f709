"""``kith bench sidebar``: the page beside a conversation over HTTP, beside the floor under it.

Both servers run at once and are asked in turns, so that what else the machine does falls on both alike.
"""

import asyncio
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median

from adapters.hosts.model import Seat
from adapters.web.sidebar.seats import Sitting, sit_down
from adapters.web.static_files import static_files
from bots.bench import client, data
from bots.bench.client import Answer
from bots.bench.data import IDENTITY, name_of, with_history
from bots.bench.figures import Bench, Figures, percentile
from bots.bench.servers import HOST, running
from bots.clock import SystemClock
from core.actor import Scope
from core.work import Work
from storage.database import open_database
from storage.migrating import upgrade

_CUSTOMERS, _REQUESTS = 100_000, 3_000
_ROUNDS = 10
_WARM_UP = 200
_LOOKED_AT = 500  # different customers
_SCRIPT = "side.js"
_P99_BUDGET = 25  # milliseconds, for the server


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=_CUSTOMERS, help=f"rows to look in ({_CUSTOMERS:,})")
    parser.add_argument("--requests", type=int, default=_REQUESTS, help=f"requests to make ({_REQUESTS:,})")
    parser.add_argument("--database", default="", help="an empty database to fill, or one that an earlier run filled")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        database_url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        return asyncio.run(_fill_and_measure(database_url, options.customers, options.requests))


async def _fill_and_measure(database_url: str, customers: int, requests: int) -> Figures:
    await asyncio.to_thread(upgrade, database_url)
    database = open_database(database_url, SystemClock())
    try:
        await data.fill(database, customers)
        session = await database.write(_seated)
        ids = await database.read(lambda work: _some_ids(work, customers))
    finally:
        await database.close()
    return await _measure(database_url, customers, requests, _maker(session, ids))


def _seated(work: Work) -> str:
    membership = work.members.by_identity(IDENTITY)
    assert membership is not None  # noqa: S101 - the benchmark's own member
    return sit_down(work, Sitting(membership=membership, seat=Seat(identity=IDENTITY), host="slack"))


def _some_ids(work: Work, customers: int) -> list[str]:
    membership = work.members.by_identity(IDENTITY)
    assert membership is not None  # noqa: S101 - see above
    scope = Scope(membership.workspace.id, everything=True)
    random = Random(7)  # noqa: S311 - which customers are looked at, the same every time
    names = {name_of(random.randrange(with_history(customers))) for _ in range(_LOOKED_AT)}
    found = work.names.exact(scope, tuple(sorted(names)))
    return [hits[0].customer_id for hits in found.values() if hits]


def _maker(session: str, ids: list[str]) -> Callable[[int], bytes]:
    def make(number: int) -> bytes:
        path = f"/sidebar/c/{ids[number % len(ids)]}"
        return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: kith-side={session}\r\n\r\n".encode()

    return make


def _check(answers: list[Answer], wanted: bytes) -> list[float]:
    """The timings, after making sure that every answer is one."""
    for answer in answers:
        if answer.status != 200 or wanted not in answer.body:
            raise RuntimeError(f"an answer is none: {answer.status} {answer.body[:300]!r}")
    return [answer.seconds for answer in answers]


async def _measure(database_url: str, customers: int, requests: int, make: Callable[[int], bytes]) -> Figures:
    with running("floor", database_url) as floor, running("kith", database_url) as kith:
        ports = {"floor": (floor, b'"timeline"'), "kith": (kith, b'id="timeline"')}
        for port, wanted in ports.values():
            _check(await client.one_by_one(HOST, port, _WARM_UP, make), wanted)
        taken: dict[str, list[float]] = {"floor": [], "kith": []}
        ratios, largest = [], 0
        for _ in range(_ROUNDS):
            medians = {}
            for name, (port, wanted) in ports.items():
                answers = await client.one_by_one(HOST, port, max(1, requests // _ROUNDS), make)
                seconds = _check(answers, wanted)
                taken[name] += seconds
                medians[name] = median(seconds)
                largest = max(largest, *(len(answer.body) for answer in answers)) if name == "kith" else largest
            ratios.append(medians["kith"] / medians["floor"])
        rate = round(await client.per_second(HOST, kith, requests, make))
    return Figures(
        name="sidebar",
        n=requests,
        p50_ms=percentile(taken["kith"], 0.5),
        p99_ms=percentile(taken["kith"], 0.99),
        per_s=rate,
        floor_p50_ms=percentile(taken["floor"], 0.5),
        ratio=round(median(ratios), 2),
        more={
            "floor_p99_ms": percentile(taken["floor"], 0.99),
            "p99_budget_ms": _P99_BUDGET,
            "within_budget": percentile(taken["kith"], 0.99) < _P99_BUDGET,
            "customers": customers,
            "page_bytes": largest,
            "script_bytes": len(static_files().files[_SCRIPT].content),
            "database": database_url.partition(":")[0],
        },
    )


BENCH = Bench("sidebar", "the page beside a conversation over HTTP, beside hand-written SQL", _declare, _run)
