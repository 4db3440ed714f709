"""The rows that could not be imported, beside the file they came from, ready to be mended and imported again."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from adapters.files.writing import SheetWriter
from core.sheets import Cell
from core.sheets.model import REJECT_HEADERS


class Rejects:
    """``customers.errors.csv`` for ``customers.xlsx``: line, field and reason, then the row as it was.

    There is no such file when no row was rejected; one from an earlier run is replaced.
    """

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        """``path`` is the file that is imported, ``headers`` its headers."""
        self.path = path.with_name(f"{path.stem}.errors.csv")
        self._headers = [*REJECT_HEADERS, *headers]
        self._writer: SheetWriter | None = None

    @property
    def count(self) -> int:
        """How many rows were rejected."""
        return self._writer.rows if self._writer else 0

    def add(self, line: int, field: str, reason: str, row: Sequence[Cell]) -> None:
        """Adds a row of the file; ``field`` and ``reason`` are for people."""
        if self._writer is None:
            self._writer = SheetWriter(self.path, self._headers)
        self._writer.write([line, field, reason, *row])

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # What was rejected before an interruption is worth as much as what was rejected after.
        if self._writer is not None:
            self._writer.__exit__(None, None, None)
