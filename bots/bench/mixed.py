"""``kith bench mixed``: one server called by every platform at once, and by some who are not what they say they are.

Requests are sent when their time comes, whether or not the ones before are answered, and each is timed from then on: a
server that stalls is not spared what it kept waiting. One in ten is forged, in each way that the platform's signature
knows, or is one that was sent before, byte for byte.
"""

import asyncio
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path
from random import Random

from aiohttp import web

from bots.bench import data
from bots.bench.client import Connection
from bots.bench.figures import Bench, Figures, percentile
from bots.bench.mixes.model import Mix, Typed
from bots.bench.mixes.outcome import Call, Kind, Outcome, error_lines
from bots.bench.mixes.registry import MIXES
from bots.bench.servers import HOST, free_port, running
from bots.bench.tables import rows_with
from bots.clock import SystemClock
from bots.errors import OperatorError
from core.jobs.model import JobKind
from core.work import Database, Work
from storage.database import open_database
from storage.migrating import upgrade

_RATE, _SECONDS, _CUSTOMERS, _USERS = 200, 30, 10_000, 100
_CLIENTS = 64  # connections: enough that none has to wait for another's answer
_BAD_SHARE = 0.1
_WRITES = 0.5  # of the genuine ones; the others look a customer up
_MARK = "forgedword"  # stands in every forged request and nowhere else
_PATIENCE = 300.0  # seconds until what was taken is carried out
_OURS = (JobKind.DELIVERY, JobKind.MESSAGE)


def _declare(parser: ArgumentParser) -> None:
    names = ",".join(mix.name for mix in MIXES)
    parser.add_argument("--rate", type=int, default=_RATE, help=f"requests a second ({_RATE})")
    parser.add_argument("--seconds", type=int, default=_SECONDS, help=f"for how long ({_SECONDS})")
    parser.add_argument("--customers", type=int, default=_CUSTOMERS, help=f"rows to look in ({_CUSTOMERS:,})")
    parser.add_argument("--platforms", default=names, help=f"which ones ({names})")
    parser.add_argument("--database", default="", help="an empty database; else a new SQLite file")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        trial = _Trial(url, Path(folder) / "server.log", _chosen(options.platforms), options.rate, options.seconds)
        return asyncio.run(trial.run(options.customers))


def _chosen(names: str) -> list[Mix]:
    wanted = names.split(",")
    if unknown := set(wanted) - {mix.name for mix in MIXES}:
        raise OperatorError(f"no such platform: {', '.join(sorted(unknown))}")
    return [mix for mix in MIXES if mix.name in wanted]


class _Trial:
    def __init__(self, url: str, log: Path, mixes: list[Mix], rate: int, seconds: int) -> None:
        self._url, self._log, self._mixes = url, log, mixes
        self._rate, self._count = rate, rate * seconds
        self._random = Random(1)  # noqa: S311 - which call is what, the same every time
        self._outcome = Outcome()
        self._notes: set[str] = set()

    async def run(self, customers: int) -> Figures:
        database = open_database(self._url, SystemClock())
        far_port = free_port()
        far = await self._far_side(far_port)
        settings = {"KITH_PUBLIC_URL": "https://crm.bench.example"}
        for mix in self._mixes:
            settings |= mix.environment(f"http://{HOST}:{far_port}")
        try:
            await data.fill(database, customers)
            await database.write(self._hire)
            with self._log.open("wb") as log, running("kith", self._url, settings=settings, log=log) as port:
                await self._until_ready(port)
                taken = await self._bring(port, self._calls(customers))
                await _all_done(database)
            return await self._judged(database, taken)
        finally:
            await far.cleanup()
            await database.close()

    async def _far_side(self, port: int) -> web.AppRunner:
        app = web.Application()
        for mix in self._mixes:
            app.add_routes(mix.routes())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, port).start()
        return runner

    def _hire(self, work: Work) -> None:
        """Everybody on every platform is the one member: what is measured is the road, not who walks it."""
        found = work.members.by_identity(data.IDENTITY)
        assert found is not None  # noqa: S101 - the filled database has them
        for mix in self._mixes:
            for user in range(_USERS):
                work.members.tie(mix.identity(user), found.member, work.now)
            tenant = mix.identity(0).tenant
            if work.members.workspace_of_tenant(mix.name, tenant) is None:
                work.members.tie_tenant(mix.name, tenant, found.workspace.id)

    async def _until_ready(self, port: int) -> None:
        """Each platform has been told by its far side who Kith is, and has answered once."""
        deadline = time.monotonic() + _PATIENCE
        async with Connection(HOST, port) as connection:
            for number, mix in enumerate(self._mixes, self._count):
                call = mix.call(Typed(number, 0, data.name_of(0)))
                while (answer := await connection.send(call)).status != 200:
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"{mix.name} is not ready: {answer.status}")
                    await asyncio.sleep(0.1)

    # -- what is brought ------------------------------------------------------------------------------

    def _calls(self, customers: int) -> list[Call]:
        calls: list[Call] = []
        genuine: list[bytes] = []
        for number in range(self._count):
            mix = self._mixes[number % len(self._mixes)]
            chance = self._random.random()
            if chance < _BAD_SHARE / 2 and genuine:
                calls.append(Call(Kind.REPLAYED, self._random.choice(genuine)))
            elif chance < _BAD_SHARE:
                calls.append(Call(Kind.FORGED, self._forgery(mix, number)))
            else:
                calls.append(Call(Kind.GENUINE, self._genuine(mix, number, customers)))
                genuine.append(calls[-1].request)
        return calls

    def _genuine(self, mix: Mix, number: int, customers: int) -> bytes:
        name = data.name_of(self._random.randrange(customers))
        line = name
        if self._random.random() < _WRITES:
            self._notes.add(f"said {number}.")
            line = f"note {name}: said {number}."
        return mix.call(Typed(number, self._random.randrange(_USERS), line))

    def _forgery(self, mix: Mix, number: int) -> bytes:
        line = f"note {data.name_of(0)}: {_MARK} {number}."
        return self._random.choice(mix.forgeries(Typed(number, self._random.randrange(_USERS), line)))

    async def _bring(self, port: int, calls: list[Call]) -> float:
        """Brings every call when its time has come; how many seconds it took."""
        waiting: asyncio.Queue[tuple[float, Call] | None] = asyncio.Queue()
        clients = [asyncio.create_task(self._client(port, waiting)) for _ in range(_CLIENTS)]
        started = time.perf_counter()
        for number, call in enumerate(calls):
            due = started + number / self._rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            waiting.put_nowait((due, call))
        for _ in clients:
            waiting.put_nowait(None)
        await asyncio.gather(*clients)
        return time.perf_counter() - started

    async def _client(self, port: int, waiting: "asyncio.Queue[tuple[float, Call] | None]") -> None:
        async with Connection(HOST, port) as connection:
            while (next_one := await waiting.get()) is not None:
                due, call = next_one
                answer = await connection.send(call.request)
                self._outcome.answered[call.kind, answer.status] += 1
                if call.kind is Kind.GENUINE:
                    self._outcome.seconds.append(time.perf_counter() - due)

    # -- what came of it ------------------------------------------------------------------------------

    async def _judged(self, database: Database, taken: float) -> Figures:
        outcome, kept = self._outcome, await database.read(_notes)
        errors, unnamed = error_lines(self._log)
        return Figures(
            name="mixed",
            n=self._count,
            p50_ms=percentile(outcome.seconds, 0.5),
            p99_ms=percentile(outcome.seconds, 0.99),
            per_s=round(self._count / taken),
            more={
                "platforms": ",".join(mix.name for mix in self._mixes),
                "genuine": outcome.of_kind(Kind.GENUINE),
                "genuine_not_acknowledged": outcome.not_answered(Kind.GENUINE, 200),
                "forged": outcome.of_kind(Kind.FORGED),
                "forged_not_refused": outcome.not_answered(Kind.FORGED, 401),
                "forged_rows": await rows_with(self._url, _MARK),
                "replayed": outcome.of_kind(Kind.REPLAYED),
                "replayed_not_acknowledged": outcome.not_answered(Kind.REPLAYED, 200),
                "not_done": sum(kept[note] == 0 for note in self._notes),
                "done_twice": sum(count > 1 for count in kept.values()),
                "error_lines": errors,
                "error_lines_without_delivery": unnamed,
                "database": self._url.partition(":")[0],
            },
        )


def _notes(work: Work) -> Counter[str]:
    """How often each text was noted by what this benchmark brought."""
    found = work.members.by_identity(data.IDENTITY)
    assert found is not None  # noqa: S101 - the filled database has them
    scope, count, after = found.actor(platform="bench").scope, Counter[str](), ""
    while page := work.activities.list_after(scope, after=after, limit=500):
        count.update(activity.text for activity in page if activity.text.startswith(("said", _MARK)))
        after = page[-1].id
    return count


async def _all_done(database: Database) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if not await database.read(_is_work_left):
            return
        await asyncio.sleep(0.2)


def _is_work_left(work: Work) -> bool:
    return any(found.waiting + found.running for found in work.jobs.backlog(work.now) if found.kind in _OURS)


BENCH = Bench("mixed", "a server called by every platform at once, some of it forged or replayed", _declare, _run)
