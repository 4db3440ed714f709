"""``kith bench jobs``: what it costs to keep a job and to do one, how soon it is begun, and what waiting costs.

On PostgreSQL two workers do them, each a process of its own; on SQLite the process that keeps them does.
"""

import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bots.bench.figures import Bench, Figures, percentile
from bots.bench.plain_jobs import commits_per_second
from bots.clock import SystemClock
from bots.compose import wire
from bots.logs import configure_logs
from bots.worker import Worker
from commands.sealing import Sealer
from core.jobs.model import Job, JobKind
from core.work import Database, Work
from storage.database import open_database
from storage.migrating import upgrade

_JOBS = 20_000
_TASKS = 50  # that keep jobs side by side, each in a transaction of its own
_BEGUN = 200  # jobs kept one by one while nothing else is to be done
_GAP = 0.02  # seconds between these
_IDLE = 4.0  # seconds of doing nothing
_WORKERS = 2
_OURS = (JobKind.NOTHING,)


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=_JOBS, help=f"jobs to do ({_JOBS:,})")
    parser.add_argument("--idle", type=float, default=_IDLE, help=f"seconds of doing nothing ({_IDLE:g})")
    parser.add_argument("--database", default="", help="an empty database; else a new SQLite file")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        configure_logs("warning")
        return asyncio.run(_measure(url, options.jobs, options.idle))


async def _measure(url: str, count: int, idle: float) -> Figures:
    database = open_database(url, SystemClock())
    try:
        floor = await commits_per_second(url, max(count // 20, 10))
        kept = await _keep_one_by_one(database, max(count // 4, 10))
        async with _working(url, database) as workers:
            await _all_done(database)
            started = time.perf_counter()
            await database.write(lambda work: work.jobs.add_many([_job(work) for _ in range(count)]))
            await _all_done(database)
            drained = count / (time.perf_counter() - started)
            begun = await _begin_one_by_one(database, min(_BEGUN, count))
            busy = await _busy_share(workers, idle)
    finally:
        await database.close()
    return Figures(
        name="jobs",
        n=count,
        counted="jobs",
        p50_ms=percentile(begun, 0.5),
        p99_ms=percentile(begun, 0.99),
        per_s=round(drained),
        ratio=round(kept / floor, 2),
        more={
            "kept_per_s": round(kept),
            "floor_per_s": round(floor),
            "idle_cpu_percent": round(busy * 100, 2),
            "workers": len(workers) or 1,
            "database": url.partition(":")[0],
        },
    )


def _job(work: Work) -> Job:
    return Job(id=work.new_id(), kind=JobKind.NOTHING, payload="{}", run_at=work.now, created_at=work.now)


async def _keep_one_by_one(database: Database, count: int) -> float:
    """Jobs a second, each in a transaction of its own, several of these at once."""

    async def some(number: int) -> None:
        for _ in range(number):
            await database.write(lambda work: work.jobs.add(_job(work)))

    started = time.perf_counter()
    await asyncio.gather(*(some(count // _TASKS or 1) for _ in range(_TASKS)))
    return (count // _TASKS or 1) * _TASKS / (time.perf_counter() - started)


async def _begin_one_by_one(database: Database, count: int) -> list[float]:
    """Seconds from keeping a job to beginning it, with nothing else to do."""
    ids = []
    for _ in range(count):
        ids.append(await database.write(_add_one))
        await asyncio.sleep(_GAP)
    await _all_done(database)
    waits: list[timedelta] = []
    for job_id in ids:
        record = await database.read(lambda work, job_id=job_id: work.jobs.by_id(job_id))  # type: ignore[misc]
        if record is not None and record.done_at is not None:
            waits.append(record.done_at - record.job.created_at)
    return [wait.total_seconds() for wait in waits]


def _add_one(work: Work) -> str:
    job = _job(work)
    work.jobs.add(job)
    return job.id


async def _all_done(database: Database) -> None:
    while await database.read(_is_work_left):  # noqa: ASYNC110 - others do the work, in processes of their own
        await asyncio.sleep(0.005)


def _is_work_left(work: Work) -> bool:
    """Whether any of the jobs of this trial is not done; others, such as a nightly search, are for later."""
    return any(found.waiting + found.running for found in work.jobs.backlog(work.now) if found.kind in _OURS)


@asynccontextmanager
async def _working(url: str, database: Database) -> AsyncIterator[list[int]]:
    """Workers, as process ids; none where this process does the work itself."""
    if url.startswith("postgresql:"):
        environment = {**os.environ, "KITH_DATABASE_URL": url, "KITH_SECRET_KEY": "bench-secret-key-of-no-importance"}
        command = [sys.executable, "-m", "bots", "worker"]
        workers = [
            subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: ASYNC220, S603 - our own module
            for _ in range(_WORKERS)
        ]
        try:
            yield [worker.pid for worker in workers]
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                await asyncio.to_thread(worker.wait)
        return
    worker_here = Worker(database, wire(database, Sealer("bench"), {}).carrier, SystemClock())
    working = asyncio.get_running_loop().create_task(worker_here.run())
    try:
        yield []
    finally:
        worker_here.stop()
        await working


async def _busy_share(workers: list[int], idle: float) -> float:
    """What share of one processor doing nothing takes, of the busiest worker."""
    before = [_used(worker) for worker in workers or [0]]
    await asyncio.sleep(idle)
    after = [_used(worker) for worker in workers or [0]]
    return max(later - earlier for earlier, later in zip(before, after, strict=True)) / idle


def _used(process: int) -> float:
    """Processor seconds of a process; of this one for 0."""
    if not process:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


BENCH = Bench("jobs", "jobs kept and done a second, and how soon one is begun", _declare, _run)
