"""The rows of a sheet in batches; another process reads those of a long sheet while this one keeps the last ones."""

import asyncio
import gc
import multiprocessing
import os
import signal
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from adapters.files.opening import open_sheet
from adapters.files.sheet import Unreadable
from core.errors import InvalidInputError
from core.importing import ImportRow, TakenLines
from core.importing.progress import Lines
from core.search.filing import filing_of_customer
from core.sheets import ColumnMapping, RowReader, SheetKind

# Below this another process takes longer to start than the rows to read.
_LONG = 5_000
_END = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read; ``taken`` are the lines that need not be read again. ``now`` has the zone of its times."""

    path: Path
    mapping: ColumnMapping
    now: datetime
    locale: str
    currency: str
    taken: Lines
    size: int


def read_here(reading: Reading, *, ahead: bool = False) -> Iterator[list[ImportRow]]:
    """The rows, ``size`` at a time. Raises InvalidInputError where the file cannot be read on.

    ``ahead`` tells to do all that can be done before the database is asked.
    """
    rows = map(_filed, _rows(reading)) if ahead and reading.mapping.kind is SheetKind.CUSTOMERS else _rows(reading)
    while batch := list(islice(rows, reading.size)):
        yield batch


def _rows(reading: Reading) -> Iterator[ImportRow]:
    read = RowReader(reading.mapping, reading.now, reading.locale, currency=reading.currency)
    taken = TakenLines(reading.taken)
    for line, cells in open_sheet(reading.path).rows():
        if line in taken:
            continue
        if isinstance(cells, Unreadable):
            yield ImportRow(line, list(cells), {}, {}, (cells.error,))
            continue
        row = read(cells)
        yield ImportRow(line, cells, row.values, row.extra, row.errors)


def _filed(row: ImportRow) -> ImportRow:
    """A customer's row with the filing, which takes longer to make than the row to read."""
    if row.errors:
        return row
    said = row.values.get
    return row._replace(
        filing=filing_of_customer(said("name", ""), said("aliases", ()), said("phone", ""), said("website", ""))
    )


async def batches(reading: Reading, about_rows: int) -> AsyncGenerator[list[ImportRow], None]:
    """``read_here`` for a short sheet, and for a long one the same from another process."""
    if about_rows < _LONG or (os.cpu_count() or 1) < 2:
        for batch in read_here(reading):
            yield batch
        return
    async with aclosing(read_apart(reading)) as apart:
        async for batch in apart:
            yield batch


async def read_apart(reading: Reading) -> AsyncGenerator[list[ImportRow], None]:
    """``read_here`` in a process of its own, which is one batch ahead and ends with this one."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    reader = context.Process(target=_send, args=(reading, its), name="kith-reading", daemon=True)
    reader.start()
    its.close()
    try:
        while (batch := await asyncio.to_thread(mine.recv)) is not _END:
            if isinstance(batch, InvalidInputError):
                raise batch
            yield batch
    except EOFError:
        raise ChildProcessError("the process that reads the file has ended") from None
    finally:
        mine.close()
        reader.join()


def _send(reading: Reading, its: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever reads along
    gc.disable()  # rows leave no cycles behind
    with suppress(BrokenPipeError):  # who wanted the rows is gone
        try:
            for batch in read_here(reading, ahead=True):
                its.send(batch)
        except InvalidInputError as wrong:
            its.send(wrong)
        its.send(_END)
