"""Every record of a kind that a member may see, as rows of a sheet."""

from collections.abc import Iterator
from itertools import chain

from core.actor import Actor
from core.exporting.cells import cells_of
from core.exporting.columns import Columns, columns_of
from core.exporting.labelling import BatchLabels, People
from core.importing.shapes import shape_of
from core.records import Record
from core.sheets.model import Cell, SheetKind
from core.work import Work

_BATCH = 1_000


def export_columns(work: Work, actor: Actor, kind: SheetKind) -> Columns:
    """The sheet's columns; those that customers have besides in the order in which they are first met."""
    if kind is not SheetKind.CUSTOMERS:
        return columns_of(kind)
    records = chain.from_iterable(_batches(work, actor, kind))
    return columns_of(kind, dict.fromkeys(name for record in records for name in getattr(record, "extra", ())))


def export_rows(work: Work, actor: Actor, columns: Columns) -> Iterator[list[Cell]]:
    """The records in the order they were added. Holds some of them at a time."""
    people = People(work, actor)
    for records in _batches(work, actor, columns.kind):
        labels = BatchLabels(work, actor, people, records)
        for record in records:
            extra = getattr(record, "extra", {})
            yield [*cells_of(record, columns.fields, labels), *(extra.get(name) for name in columns.extra)]


def _batches(work: Work, actor: Actor, kind: SheetKind) -> Iterator[list[Record]]:
    records, after = work.records(shape_of(kind, {}).kind), ""
    while batch := records.list_after(actor.scope, after=after, limit=_BATCH):
        yield batch
        after = batch[-1].id
