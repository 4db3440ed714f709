"""A dry run: the same plans, and nothing kept. What a real run would find in the store later on is remembered here."""

from collections.abc import Hashable, Sequence

from core.actor import Actor
from core.events.values import first_values
from core.importing.known import Made
from core.importing.model import ImportRow, Outcome, Tally
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
        self._added: dict[Hashable, int] = {}

    def try_batch(self, work: Work, rows: Sequence[ImportRow]) -> Outcome:
        """What would become of the rows after those before."""
        before = len(self._made.customers), len(self._made.contacts)
        plan = Planner(work, self._actor, self._run, self._progress, rows, self._made).plan()
        tally = plan.tally
        tally.customers -= before[0]
        tally.contacts -= before[1]
        for record in plan.added:
            self._count_again(record, tally)
        return Outcome(tally, tuple(plan.rejected), tuple(plan.alike))

    def _count_again(self, record: Record, tally: Tally) -> None:
        """A record that an earlier batch would have added is changed by now, unless the row says the same."""
        shape = self._run.shape
        identity = record.external_id or shape.name_of(record)
        if identity is None:
            return
        said = hash(repr(first_values(record)))
        before = self._added.get(identity)
        self._added[identity] = said
        if before is None:
            return
        tally.added -= 1
        if before == said:
            tally.unchanged += 1
        else:
            tally.changed += 1
