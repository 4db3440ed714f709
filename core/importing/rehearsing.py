"""A dry run: the same plans, and nothing kept. What a real run would find in the store later on is remembered here."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple

from core.actor import Actor
from core.events.values import first_values
from core.importing.known import Made
from core.importing.model import ImportRow, Outcome, Taken, Tally
from core.importing.planning import Planner, Run
from core.importing.progress import Progress
from core.records import Record
from core.work import Work


class Rehearsal:
    """One dry run, batch by batch."""

    def __init__(self, actor: Actor, run: Run, progress: Progress) -> None:
        self._actor = actor
        self._run = run
        self._progress = progress
        self._made = Made()
        self._added: dict[Hashable, tuple[int, str]] = {}

    def try_batch(self, work: Work, rows: Sequence[ImportRow]) -> Outcome:
        """What would become of the rows after those before."""
        before = len(self._made.customers), len(self._made.contacts)
        plan = Planner(work, self._actor, self._run, self._progress, rows, self._made).plan()
        tally = plan.tally
        tally.customers -= before[0]
        tally.contacts -= before[1]
        again: dict[str, _First] = {
            record.id: first for record in plan.added if (first := self._count_again(record, tally))
        }
        outcome = plan.outcome(tally)
        return replace(outcome, taken=tuple(_again(taken, again) for taken in outcome.taken)) if again else outcome

    def _count_again(self, record: Record, tally: Tally) -> "_First | None":
        """A record that an earlier batch would have added is changed by now, unless the row says the same.

        Returns the earlier one.
        """
        shape = self._run.shape
        identity = record.external_id or shape.name_of(record)
        if identity is None:
            return None
        said = hash(repr(first_values(record)))
        before, first_id = self._added.get(identity, (None, record.id))
        self._added[identity] = said, first_id
        if before is None:
            return None
        tally.added -= 1
        if before == said:
            tally.unchanged += 1
        else:
            tally.changed += 1
        return _First(first_id, differs=before != said)


class _First(NamedTuple):
    """The record that an earlier batch would have added, and whether a later row says something else."""

    record_id: str
    differs: bool


def _again(taken: Taken, again: dict[str, _First]) -> Taken:
    first = again.get(taken.record_id)
    return taken if first is None else Taken(taken.line, first.record_id, taken.changed or first.differs)
