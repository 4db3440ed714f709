"""Carries the rows of a file into the database, batch by batch, and puts those that cannot be taken beside it."""

from collections import Counter
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.files.batches import Reading, batches
from adapters.files.opening import fingerprint
from adapters.files.rejects import Rejects
from adapters.files.sheet import Sheet
from cards.errors import explain
from cards.labels import field as label
from cards.words import Words
from core.actor import Actor
from core.errors import InvalidInputError
from core.importing import (
    ImportRow,
    Options,
    Outcome,
    Progress,
    Rehearsal,
    Resembling,
    Run,
    Tally,
    begin,
    finish,
    import_batch,
    prepare,
    progress_key,
)
from core.sheets import ColumnMapping, FieldError
from core.work import Database, Work

# Rows that are committed together: others who write wait for them, and each commit has its price.
BATCH = 4_000
_SHOWN = 10  # rows that resemble a customer


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported and how. ``rehearse`` writes nothing but the file of rejected rows."""

    sheet: Sheet
    mapping: ColumnMapping
    words: Words
    options: Options
    rehearse: bool = False
    size: int = BATCH


@dataclass(slots=True)
class Report:
    """What became of the rows in this run.

    ``resumed_after`` is the line after which a broken import went on, or 0, and ``earlier`` what was taken before that.
    ``repeated`` are lines that changed what an earlier line had said of the same record. ``unknown_people`` has how
    many rows name which owners and teams who are not here. ``rejects`` is the file of rejected rows, if there are any;
    ``alike`` the first rows that resemble a customer.
    """

    tally: Tally = field(default_factory=Tally)
    earlier: Tally = field(default_factory=Tally)
    resumed_after: int = 0
    repeated: list[int] = field(default_factory=list)
    unknown_people: Counter[str] = field(default_factory=Counter)
    rejects: Path | None = None
    alike: list[Resembling] = field(default_factory=list)


class Importing:
    """One import. Raises NotAllowedError, InvalidInputError where the file cannot be read on, and ConflictError."""

    def __init__(self, database: Database, actor: Actor, order: Order) -> None:
        content = fingerprint(order.sheet.path)
        self._database = database
        self._order = order
        self._actor = replace(actor, delivery=f"import:{content}")
        self._run: Run = prepare(actor, order.mapping, order.options)
        self._progress = Progress(progress_key(actor, content, order.mapping, order.options))
        self._rehearsal: Rehearsal | None = None
        self._seen: set[int] = set()

    async def run(self, told: Callable[[int], None]) -> Report:
        """Imports; ``told`` hears of every batch how many rows are done with."""
        reading = await self._database.read(self._begin)
        report = Report(earlier=self._progress.tally, resumed_after=self._progress.taken.last)
        with Rejects(self._order.sheet.path, self._order.sheet.headers) as rejects:
            async with aclosing(batches(reading, self._order.sheet.about_rows)) as rows:
                async for batch in rows:
                    outcome = await self._take(batch)
                    self._put(rejects, outcome)
                    self._note(report, outcome)
                    told(len(batch))
            if self._rehearsal is None:
                await self._database.write(lambda work: finish(work, self._progress))
            report.rejects = rejects.path if rejects.count else None
            return report

    def _begin(self, work: Work) -> Reading:
        order, actor = self._order, self._actor
        self._progress = begin(work, actor, self._progress.key, self._run.shape.kind)
        self._rehearsal = Rehearsal(actor, self._run, self._progress) if order.rehearse else None
        return Reading(
            path=order.sheet.path,
            mapping=order.mapping,
            now=work.now.astimezone(ZoneInfo(actor.zone)),
            locale=order.words.language,
            currency=actor.currency,
            taken=self._progress.taken,
            size=order.size,
        )

    async def _take(self, batch: list[ImportRow]) -> Outcome:
        if (rehearsal := self._rehearsal) is not None:
            return await self._database.read(lambda work: rehearsal.try_batch(work, batch))
        self._progress, outcome = await self._database.write(
            lambda work: import_batch(work, self._actor, self._run, self._progress, batch)
        )
        return outcome

    def _note(self, report: Report, outcome: Outcome) -> None:
        report.tally += outcome.tally
        report.alike += outcome.alike[: _SHOWN - len(report.alike)]
        report.unknown_people.update(outcome.unknown_people)
        for taken in outcome.taken:
            record = hash(taken.record_id)  # of a million ids the hashes alone are held
            if record not in self._seen:
                self._seen.add(record)
            elif taken.changed:
                report.repeated.append(taken.line)

    def _put(self, rejects: Rejects, outcome: Outcome) -> None:
        words = self._order.words
        for row, errors in outcome.rejected:
            fields = [error.header or label(error.field, words) for error in errors]
            reasons = [explain_cell(error, words) for error in errors]
            rejects.add(row.line, "; ".join(dict.fromkeys(filter(None, fields))), " ".join(reasons), row.cells)


def explain_cell(error: FieldError, words: Words) -> str:
    """What is wrong with a cell, in a sentence."""
    name = error.field or error.header
    return explain(InvalidInputError(name, error.reason, value=error.value, limit=error.limit), words)
