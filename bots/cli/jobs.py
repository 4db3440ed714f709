"""``kith jobs``: what is to be done, is being done, and could not be done.

What a job holds may be what people wrote, so it is told only to who asks for it.
"""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bots.cli.preparing import prepared
from bots.compose import opened
from bots.errors import OperatorError
from core.jobs.model import JobRecord, JobState
from core.work import Work

_SHOWN = 50
_COLUMNS = ("id", "kind", "state", "run_at", "attempts", "lane", "reason")


def declare(_command: str, parser: ArgumentParser) -> None:
    """``list``, ``show``, ``retry`` and ``cancel``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="jobs by state, the latest first, and figures by kind")
    listing.add_argument("--state", choices=tuple(JobState), help="only these (default: all that are not done)")
    listing.add_argument("--limit", type=int, default=_SHOWN, help=f"of each state, at most (default: {_SHOWN})")
    listing.add_argument("--json", action="store_true", help="one JSON object per line")
    show = actions.add_parser("show", help="everything about one job")
    show.add_argument("id", metavar="ID")
    show.add_argument("--payload", action="store_true", help="with what it holds, which may be what people wrote")
    retry = actions.add_parser("retry", help="give a dead job another life")
    retry.add_argument("id", metavar="ID", nargs="?", help="the job; with --all every dead one")
    retry.add_argument("--all", action="store_true", dest="everyone", help="every dead job")
    cancel = actions.add_parser("cancel", help="let a job that is not done be dead")
    cancel.add_argument("id", metavar="ID")


def run(options: Namespace) -> None:
    """Does it. Raises OperatorError for a job that is not there, or not in a state for it."""
    {"list": _list, "show": _show, "retry": _retry, "cancel": _cancel}[options.action](options)


def _in_database(function: Callable[[Work], Any], *, writes: bool = False) -> Any:
    async def go() -> Any:
        async with opened(prepared()) as database:
            return await (database.write(function) if writes else database.read(function))

    return asyncio.run(go())


def _list(options: Namespace) -> None:
    states = [JobState(options.state)] if options.state else [JobState.RUNNING, JobState.WAITING, JobState.DEAD]

    def read(work: Work) -> tuple[datetime, list[JobRecord]]:
        found = [each for state in states for each in work.jobs.list_by_state(state, work.now, limit=options.limit)]
        return work.now, found

    now, records = _in_database(read)
    if options.json:
        for record in records:
            print(json.dumps(_told(record, now)))  # noqa: T201 - its output
        return
    if not records:
        print("No jobs.")  # noqa: T201 - its output
        return
    rows = [_COLUMNS, *(_row(record, now) for record in records)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())  # noqa: T201 - its output


def _row(record: JobRecord, now: datetime) -> tuple[str, ...]:
    told = _told(record, now)
    return tuple(str(told[column] or "") for column in _COLUMNS)


def _show(options: Namespace) -> None:
    now, record = _in_database(lambda work: (work.now, work.jobs.by_id(options.id)))
    if record is None:
        raise OperatorError(f"there is no job {options.id}")
    told = _told(record, now)
    if options.payload:
        told["payload"] = json.loads(record.job.payload) if record.job.payload else None
    print(json.dumps(told, indent=2, ensure_ascii=False))  # noqa: T201 - its output


def _retry(options: Namespace) -> None:
    if not options.everyone and not options.id:
        raise OperatorError("say which job is to be tried again, or --all")

    def revive(work: Work) -> int:
        if not options.everyone:
            return int(work.jobs.revive(options.id, work.now))
        dead = work.jobs.list_by_state(JobState.DEAD, work.now, limit=10_000)
        return sum(work.jobs.revive(record.job.id, work.now) for record in dead)

    count = _in_database(revive, writes=True)
    if options.id and not count:
        raise OperatorError(f"there is no dead job {options.id}")
    print(f"{count} to be tried again.")  # noqa: T201 - its output


def _cancel(options: Namespace) -> None:
    if not _in_database(lambda work: work.jobs.cancel(options.id, work.now), writes=True):
        raise OperatorError(f"there is no job {options.id} that could be cancelled")
    print("Cancelled.")  # noqa: T201 - its output


def _told(record: JobRecord, now: datetime) -> dict[str, Any]:
    job = record.job
    return {
        "id": job.id,
        "kind": str(job.kind),
        "state": str(record.state(now)),
        "lane": job.lane,
        "once": job.once,
        "urgency": int(job.urgency),
        "created_at": _instant(job.created_at),
        "run_at": _instant(job.run_at),
        "leased_until": _instant(job.leased_until),
        "attempts": job.attempts,
        "done_at": _instant(record.done_at),
        "failed_at": _instant(record.failed_at),
        "reason": record.reason,
    }


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).isoformat(timespec="seconds") if instant else None
