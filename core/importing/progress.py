"""How far the import of a file has come, kept with each batch, so that it goes on where it was broken off.

A row without an external id may have nothing that tells it from another. That it was taken is then known by its line
in this very file, for as long as this is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import blake2b

import msgspec

from core.actor import Actor
from core.drafts import Draft
from core.events.model import Kind
from core.importing.model import Options, Tally
from core.sheets.model import ColumnMapping
from core.work import Work

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file: all up to ``last`` but the ``rejected``, which are first and last of runs of lines."""

    last: int = 0
    rejected: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been taken in this run, and what in earlier, finished ones of the same file.

    ``only_external`` tells that the workspace had no records of the kind before, and this run has added none without an
    external id.
    """

    key: str
    taken: Lines = Lines()
    earlier: Lines = Lines()
    tally: Tally = field(default_factory=Tally)
    receipt_id: str = ""
    only_external: bool = False
    finished: bool = False

    def to_json(self) -> str:
        """As a draft keeps it."""
        return msgspec.json.encode(self).decode()


class TakenLines:
    """Whether a line was taken."""

    def __init__(self, lines: Lines) -> None:
        self.last = lines.last
        self._rejected = set(_expanded(lines.rejected))

    def __contains__(self, line: int) -> bool:
        return line <= self.last and line not in self._rejected


def progress_key(actor: Actor, fingerprint: str, mapping: ColumnMapping, options: Options) -> str:
    """The same for the same content, imported in the same way into the same workspace."""
    way = repr((mapping.kind, [(column.index, column.field) for column in mapping.columns], options))
    return f"import:{actor.workspace_id}:{fingerprint}:{blake2b(way.encode(), digest_size=8).hexdigest()}"


def load(work: Work, key: str) -> Progress:
    """The progress that is kept under ``key``, or none."""
    data = work.drafts.get(key)
    return Progress(key) if data is None else msgspec.json.decode(data, type=Progress)


def save(work: Work, progress: Progress) -> None:
    """Keeps it for a month."""
    work.drafts.put(Draft(progress.key, progress.to_json(), work.now + KEPT_FOR))


def begin(work: Work, actor: Actor, key: str, kind: Kind) -> Progress:
    """Where the import stands: in the middle when it was broken off, at its beginning otherwise."""
    progress = load(work, key)
    if progress.finished:
        progress = Progress(key, earlier=progress.taken)
    blank = not work.records(kind).list_after(actor.scope, limit=1)
    # Rejected rows are read again, for what they lacked may be there by now.
    tally = replace(progress.tally, rejected=0)
    return replace(progress, tally=tally, only_external=blank and not progress.taken.last)


def advanced(lines: Lines, seen: Iterable[int], rejected: Iterable[int]) -> Lines:
    """``lines`` after a batch: the lines that were ``seen``, and those of them that were rejected."""
    seen = set(seen)
    still = (set(_expanded(lines.rejected)) - seen) | set(rejected)
    return Lines(max(lines.last, *seen), tuple(_runs(still)))


def finish(work: Work, progress: Progress) -> None:
    """Marks it finished. What any run has taken is taken."""
    rejected = set(_expanded(progress.taken.rejected))
    if progress.earlier.last:
        rejected &= set(_expanded(progress.earlier.rejected))
    taken = Lines(progress.taken.last, tuple(_runs(rejected)))
    save(work, replace(progress, taken=taken, earlier=Lines(), finished=True))


def _expanded(runs: Iterable[tuple[int, int]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(first, last + 1)


def _runs(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for line in sorted(lines):
        if line != last + 1 or not first:
            if first:
                yield first, last
            first = line
        last = line
    if first:
        yield first, last
