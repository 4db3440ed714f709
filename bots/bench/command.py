"""``kith bench command``: a signed Slack slash command over HTTP to the rendered card, beside the floor under it.

Both servers run at once and are asked in turns, so that what else the machine does falls on both alike.
"""

import asyncio
import hashlib
import hmac
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode

import asyncpg

from bots.bench import client, data
from bots.bench.client import Answer
from bots.bench.data import IDENTITY, name_of, with_history
from bots.bench.figures import Bench, Figures, percentile
from bots.bench.servers import HOST, SIGNING_SECRET, running
from bots.clock import SystemClock
from storage.database import open_database
from storage.migrating import upgrade

_CUSTOMERS, _REQUESTS = 100_000, 5_000
_ROUNDS = 10
_WARM_UP = 200
_RESPONSE_URL = "https://hooks.slack.com/commands/T0BENCH/1/x"


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=_CUSTOMERS, help=f"rows to look in ({_CUSTOMERS:,})")
    parser.add_argument("--requests", type=int, default=_REQUESTS, help=f"requests to make ({_REQUESTS:,})")
    parser.add_argument(
        "--database",
        default="",
        help="an empty database to fill, or one that an earlier run filled; else a new SQLite file",
    )


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        database_url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        return asyncio.run(_fill_and_measure(database_url, options.customers, options.requests))


async def _fill_and_measure(database_url: str, customers: int, requests: int) -> Figures:
    await asyncio.to_thread(upgrade, database_url)
    database = open_database(database_url, SystemClock())
    try:
        await data.fill(database, customers)
    finally:
        await database.close()
    if database_url.startswith("postgresql:"):
        await _analyze(database_url)
    return await _measure(database_url, customers, requests)


async def _analyze(database_url: str) -> None:
    """What autovacuum does within minutes of such a fill; without it the plans of the first minutes are measured."""
    connection = await asyncpg.connect(database_url)
    await connection.execute("ANALYZE")
    await connection.close()


def slash_command(text: str, trigger: str, response_url: str = _RESPONSE_URL) -> bytes:
    """A whole HTTP request for ``/crm TEXT``, signed now as Slack signs it."""
    form = {
        "command": "/crm",
        "text": text,
        "team_id": IDENTITY.tenant,
        "user_id": IDENTITY.user_id,
        "user_name": "bench",
        "channel_id": "D0BENCH",
        "channel_name": "directmessage",
        "response_url": response_url,
        "trigger_id": trigger,
    }
    body = urlencode(form).encode()
    stamp = str(int(time.time()))
    signed = hmac.new(SIGNING_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signed}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _maker(customers: int, seed: int) -> Callable[[int], bytes]:
    random = Random(seed)  # noqa: S311 - which names are looked up, the same every time
    names = [name_of(random.randrange(with_history(customers))) for _ in range(4_000)]
    return lambda number: slash_command(names[number % len(names)], f"{seed}.{number}.{time.monotonic_ns()}")


def _check(answers: list[Answer], wanted: bytes) -> list[float]:
    """The timings, after making sure that every answer is one."""
    for answer in answers:
        if answer.status != 200 or wanted not in answer.body:
            raise RuntimeError(f"an answer is none: {answer.status} {answer.body[:300]!r}")
    return [answer.seconds for answer in answers]


async def _measure(database_url: str, customers: int, requests: int) -> Figures:
    """Medians of the rounds for Kith and for the floor, at one client, and requests a second at ten."""
    with running("floor", database_url) as floor, running("kith", database_url) as kith:
        ports = {"floor": (floor, b'"deals"'), "kith": (kith, b'"blocks"')}
        for port, wanted in ports.values():
            _check(await client.one_by_one(HOST, port, _WARM_UP, _maker(customers, 1)), wanted)
        taken: dict[str, list[float]] = {"floor": [], "kith": []}
        ratios = []
        for number in range(_ROUNDS):
            medians = {}
            for name, (port, wanted) in ports.items():
                answers = await client.one_by_one(HOST, port, requests // _ROUNDS, _maker(customers, number + 2))
                seconds = _check(answers, wanted)
                taken[name] += seconds
                medians[name] = median(seconds)
            ratios.append(medians["kith"] / medians["floor"])
        rates = {
            name: round(await client.per_second(HOST, port, requests, _maker(customers, 99)))
            for name, (port, _) in ports.items()
        }
    return Figures(
        name="command",
        n=requests,
        p50_ms=percentile(taken["kith"], 0.5),
        p99_ms=percentile(taken["kith"], 0.99),
        per_s=rates["kith"],
        floor_p50_ms=percentile(taken["floor"], 0.5),
        ratio=round(median(ratios), 2),
        more={
            "floor_p99_ms": percentile(taken["floor"], 0.99),
            "floor_per_s": rates["floor"],
            "customers": customers,
            "database": database_url.partition(":")[0],
        },
    )


BENCH = Bench("command", "a signed Slack command over HTTP to its card, beside hand-written SQL", _declare, _run)
