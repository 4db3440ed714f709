"""Keeping a digest together with the jobs that will say it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

import msgspec

from core.digests.model import Digest
from core.digests.schedule import first_after, local_date, occurrences
from core.jobs.model import Job, JobKind, Urgency
from core.work import Work

# Should one be given up, the next one still comes, and sees to those behind it.
_AHEAD = 2


def keep(work: Work, digest: Digest) -> Digest:
    """Keeps a digest that was set up, changed or switched off; it comes next at its first time after now.

    One that is due and not said yet stays due, unless it is its time that was changed.
    """
    before = work.digests.by_id(digest.workspace_id, digest.id)
    if before is None or before.off_at is not None:
        return _arm(work, replace(digest, next_at=first_after(digest, work.now), updated_at=work.now))
    for at in _next(before):
        work.jobs.withdraw(_once(before, at), work.now)
    same = (before.days, before.at, before.zone) == (digest.days, digest.at, digest.zone)
    next_at = before.next_at if same else first_after(digest, work.now)
    return _arm(work, replace(digest, next_at=next_at, updated_at=work.now))


def go_on(work: Work, digest: Digest, due: datetime) -> Digest:
    """Keeps that the one that was ``due`` has been seen to, whatever was due before it."""
    seen = replace(digest, last_on=local_date(digest, due))
    return _arm(work, replace(seen, next_at=first_after(seen, work.now), updated_at=work.now))


def _arm(work: Work, digest: Digest) -> Digest:
    work.digests.put(digest.workspace_id, digest)
    if digest.off_at is None:
        for at in _next(digest):
            work.jobs.add(_job(work, digest, at))
    return digest


def _next(digest: Digest) -> Iterator[datetime]:
    yield digest.next_at
    yield from islice(occurrences(digest, digest.next_at), _AHEAD - 1)


def _once(digest: Digest, at: datetime) -> str:
    return f"digest:{digest.id}:{at:%Y%m%dT%H%M}"


def _job(work: Work, digest: Digest, at: datetime) -> Job:
    return Job(
        id=work.new_id(),
        kind=JobKind.DIGEST,
        payload=msgspec.json.encode({"workspace_id": digest.workspace_id, "digest_id": digest.id}).decode(),
        once=_once(digest, at),
        urgency=Urgency.SWEEP,
        run_at=at,
        created_at=work.now,
    )
