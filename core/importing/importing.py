"""One batch of rows in one unit of work: planned, kept with its events, and how far the import has come with it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from core.actor import Actor, Role
from core.errors import ConflictError
from core.events.model import Event, EventType, Kind
from core.events.values import changes_between, first_values
from core.ids import ReceiptId
from core.importing import progress as progresses
from core.importing.known import Made
from core.importing.model import ImportRow, Options, Outcome
from core.importing.planning import Changed, Plan, Planner, Run
from core.importing.progress import Lines, Progress
from core.importing.shapes import shape_of
from core.receipts.model import Receipt
from core.records import Record, event_of, ref, related
from core.reminders.following import follow_import
from core.search.filing import Filing
from core.sheets.model import ColumnMapping
from core.work import Work

VERB = "import"


def prepare(actor: Actor, mapping: ColumnMapping, options: Options) -> Run:
    """How a sheet is imported. Raises NotAllowedError: who imports must see everything that a row may be about."""
    actor.require(Role.MANAGER, VERB)
    headers = {column.field: column.header for column in reversed(mapping.columns)}
    return Run(shape_of(mapping.kind, headers), options, headers)


def import_batch(
    work: Work, actor: Actor, run: Run, progress: Progress, rows: Sequence[ImportRow]
) -> tuple[Progress, Outcome]:
    """Adds and changes what the rows say, and returns how far the import has come with them.

    Raises ConflictError when another import of the same file has come further meanwhile.
    """
    kept = progresses.load(work, progress.key)
    if progress.taken != (Lines() if kept.finished else kept.taken):
        raise ConflictError("import_running")
    work.receipt_id = ReceiptId(progress.receipt_id or work.receipt_id)
    plan = Planner(work, actor, run, progress, rows, Made()).plan()
    _keep(work, actor, run, plan)
    if plan.tally.written and not progress.receipt_id:
        _give_receipt(work, actor, progress.key)
        progress = replace(progress, receipt_id=work.receipt_id)
    progress = _advance(progress, rows, plan)
    progresses.save(work, progress)
    return progress, plan.outcome(plan.tally)


def _advance(progress: Progress, rows: Sequence[ImportRow], plan: Plan) -> Progress:
    rejected = [each.row.line for each in plan.rejected]
    named = all(record.external_id is not None for record in plan.added)
    return replace(
        progress,
        taken=progresses.advanced(progress.taken, [row.line for row in rows], rejected),
        tally=progress.tally + plan.tally,
        only_external=progress.only_external and named,
    )


def _give_receipt(work: Work, actor: Actor, digest: str) -> None:
    receipt = Receipt(
        id=work.receipt_id,
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        verb=VERB,
        digest=digest,
        created_at=work.now,
    )
    work.receipts.add(receipt)


def _keep(work: Work, actor: Actor, run: Run, plan: Plan) -> None:
    """Records before those that refer to them, changes after everything that is new."""
    new: tuple[tuple[Kind, EventType, list[Record]], ...] = (
        (Kind.CUSTOMER, EventType.CUSTOMER_ADDED, list(plan.made.customers.values())),
        (Kind.CONTACT, EventType.CONTACT_ADDED, list(plan.made.contacts.values())),
        (run.shape.kind, run.shape.added, plan.added),
    )
    for kind, type_, records in new:
        if records:
            _add(work, kind, records, plan.filings)
            work.events.append_many(_added(work, actor, type_, records))
            follow_import(work, records)
    for change in plan.changed:
        work.records(run.shape.kind).save(change.after)
    work.events.append_many(_changed(work, actor, plan.changed))
    follow_import(work, (change.after for change in plan.changed))


def _add(work: Work, kind: Kind, records: list[Any], filings: dict[str, Filing]) -> None:
    if kind is Kind.CUSTOMER:
        work.customers.add_many(records, filings)
    else:
        work.records(kind).add_many(records)


def _added(work: Work, actor: Actor, type_: EventType, records: list[Record]) -> Iterator[Event]:
    for record in records:
        happened_at = getattr(record, "happened_at", work.now)
        changes = first_values(record)
        yield event_of(
            work, actor, type_, ref(record), related=related(record), changes=changes, happened_at=happened_at
        )


def _changed(work: Work, actor: Actor, changed: list[Changed]) -> Iterator[Event]:
    for change in changed:
        both = tuple(dict.fromkeys(related(change.before) + related(change.after)))
        changes = changes_between(change.before, change.after)
        yield event_of(work, actor, change.type, ref(change.after), related=both, changes=changes)
