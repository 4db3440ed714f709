"""Leases while work goes on: a name for each, and longer for as long as the work takes."""

import asyncio
import secrets
import traceback
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

from core.errors import StoreUnavailableError
from core.jobs.model import LEASE, Job
from core.work import Database

log = structlog.get_logger()
T = TypeVar("T")

EXTEND_EVERY = LEASE.total_seconds() / 3


def new_lease(holder: str) -> str:
    """A name that no other lease of the holder has: who lost one cannot pass for the next holder."""
    return f"{holder}/{secrets.token_hex(4)}"


async def holding(database: Database, job: Job, doing: Coroutine[Any, Any, T], every: float) -> T:
    """What ``doing`` returns, the job's lease extended every so many seconds: nobody else does it meanwhile."""
    task = asyncio.ensure_future(doing)
    try:
        while not (await asyncio.wait({task}, timeout=every))[0]:
            await _extend(database, job)
        return task.result()
    finally:
        task.cancel()


async def _extend(database: Database, job: Job) -> None:
    try:
        await database.write(lambda work: work.jobs.extend([job.id], job.lease, work.now + LEASE))
    except StoreUnavailableError:
        # What is being done is not broken off for it; the next time may be soon enough.
        log.warning("lease_not_extended", job=job.id)


def tell_interrupted(fault: BaseException | None) -> None:
    """Logs it. Nothing is lost by it: the lease ends, and whoever is there then takes the job up again."""
    if fault is not None:
        where = "".join(traceback.format_tb(fault.__traceback__))
        log.error("job_interrupted", error=type(fault).__name__, where=where)
