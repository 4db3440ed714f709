"""What a batch of rows comes to: what is to be added, what changes, what stays, and what cannot be taken."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.actor import Actor
from core.errors import InvalidInputError
from core.events.model import EventType
from core.importing.known import Known, Made
from core.importing.matching import Found
from core.importing.model import Alike, ImportRow, Options, Outcome, Rejected, Resembling, Taken, Tally
from core.importing.progress import Progress, TakenLines
from core.importing.shape import Shape, Values
from core.records import Record
from core.search.filing import Filing
from core.sheets.model import FieldError
from core.work import Work


@dataclass(frozen=True, slots=True)
class Run:
    """What is the same for every batch of one import. ``headers`` are those of the columns by field."""

    shape: Shape[Any]
    options: Options
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A record before and after a row."""

    before: Record
    after: Record
    type: EventType


@dataclass(slots=True)
class Plan:
    """What is to be written, and the rows that are not taken."""

    made: Made
    added: list[Record] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    filings: dict[str, Filing] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    alike: list[Resembling] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    unknown_people: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def tally(self) -> Tally:
        """In numbers."""
        return Tally(
            added=len(self.added),
            changed=len(self.changed),
            unchanged=self.unchanged,
            rejected=len(self.rejected),
            customers=len(self.made.customers),
            contacts=len(self.made.contacts),
            alike=len(self.alike),
        )

    def outcome(self, tally: Tally) -> Outcome:
        """What is told of it, with the numbers as they are counted in the end."""
        return Outcome(tally, tuple(self.rejected), tuple(self.alike), tuple(self.taken), tuple(self.unknown_people))


class Planner:
    """Plans one batch, row by row: what a row says counts for those after it."""

    def __init__(
        self, work: Work, actor: Actor, run: Run, progress: Progress, rows: Sequence[ImportRow], made: Made
    ) -> None:
        good = [row for row in rows if not row.errors]
        self._run = run
        self._now = work.now
        self._rows = rows
        self._known = Known(work, actor, run.options, good, made)
        self._found = Found(run.shape, work, actor.scope, good, only_external=progress.only_external)
        # An import into an empty store, or one of external ids alone, has nothing to resemble.
        only_external = progress.only_external and all("external_id" in row.values for row in good)
        self._twin = run.shape.twins(work, actor.scope, () if only_external else good)
        self._earlier = TakenLines(progress.earlier)
        self._plan = Plan(made)

    def plan(self) -> Plan:
        """The plan. Reads only."""
        for row in self._rows:
            if row.errors:
                self._plan.rejected.append(Rejected(row, row.errors))
                continue
            try:
                self._take(row)
            except InvalidInputError as wrong:
                self._plan.rejected.append(Rejected(row, (self._error(wrong),)))
        return self._plan

    def _take(self, row: ImportRow) -> None:
        shape = self._run.shape
        values = shape.values(row, self._known)
        record = self._found.find(values)
        if record is not None:
            changed = self._change(record, values)
            self._plan.taken.append(Taken(row.line, record.id, changed))
        elif self._was_taken(row, values):
            self._plan.unchanged += 1
        elif not self._is_settled(row, values):
            record = shape.new(values, self._known)
            self._plan.added.append(record)
            self._plan.taken.append(Taken(row.line, record.id, changed=False))
            if row.filing is not None:
                self._plan.filings[record.id] = row.filing
            self._found.keep(None, record)
        self._plan.unknown_people += shape.unknown_people(row, self._known)

    def _is_settled(self, row: ImportRow, values: Values) -> bool:
        """Whether a row is done with because it resembles a record that there is; it is counted in any case."""
        twin = self._twin(values)
        if twin is None:
            return False
        self._plan.alike.append(Resembling(row.line, values["name"], twin.name))
        match self._run.options.alike:
            case Alike.CHANGE:
                self._plan.taken.append(Taken(row.line, twin.id, self._change(twin, values)))
            case Alike.SKIP:
                self._plan.unchanged += 1
            case Alike.ADD:
                return False
        return True

    def _was_taken(self, row: ImportRow, values: Values) -> bool:
        """Whether this line of this file is in the store already, where nothing else would tell."""
        if row.line not in self._earlier:
            return False
        return "external_id" not in values and self._run.shape.name(values) is None

    def _change(self, record: Any, values: Values) -> bool:
        """Plans the record's change, and says whether there is one."""
        shape, external_id = self._run.shape, values.get("external_id")
        if external_id == record.id:
            del values["external_id"]  # it was told by Kith's own id
        elif external_id is None or external_id != record.external_id:
            del values["name"]  # it was told by its name, which may be spelt otherwise here
            if record.external_id is not None:
                values.pop("external_id", None)  # it was told by that of one that was merged into it, or by likeness
        values = shape.follow(record, values, self._known)
        changes = {name: value for name, value in values.items() if getattr(record, name) != value}
        if not changes:
            self._plan.unchanged += 1
            return False
        after = replace(record, **changes, updated_at=self._now)
        self._plan.changed.append(Changed(record, after, shape.event_type(record, after)))
        self._found.keep(record, after)
        return True

    def _error(self, wrong: InvalidInputError) -> FieldError:
        header = self._run.headers.get(wrong.field, "")
        return FieldError(wrong.field, wrong.reason, header, wrong.limit, wrong.value)
