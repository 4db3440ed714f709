"""Sheets written row by row; the file is there under its name only when it is whole."""

import csv
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from adapters.files.formulas import protect
from adapters.files.sheet import wrong
from core.sheets import Cell
from core.sheets.cells import as_text


class SheetWriter:
    """Writes a .csv, .tsv or .xlsx file: ``with SheetWriter(path, headers) as sheet: sheet.write(row)``.

    Raises InvalidInputError for another type of file.
    """

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        """Begins a file beside ``path``, which takes its place at the end."""
        makers = {".csv": _CommaSheet, ".tsv": _TabSheet, ".xlsx": _Workbook}
        maker = makers.get(path.suffix.lower())
        if maker is None:
            raise wrong("unknown_file_type", path.name)
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.unfinished")
        self._format: _Format = maker(self._unfinished)
        self._format.write(headers)
        self.rows = 0

    def write(self, row: Sequence[Cell]) -> None:
        """Adds a row. Text is kept to the letter, and never becomes a formula."""
        self._format.write(row)
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._format.close()
        if error is None:
            self._unfinished.replace(self._path)
        else:
            self._unfinished.unlink(missing_ok=True)


class _Format(ABC):
    @abstractmethod
    def write(self, row: Sequence[Cell]) -> None: ...

    @abstractmethod
    def close(self) -> None: ...


class _TabSheet(_Format):
    encoding, delimiter = "utf-8", "\t"

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding=self.encoding, newline="")
        self._writer = csv.writer(self._file, delimiter=self.delimiter)

    def write(self, row: Sequence[Cell]) -> None:
        self._writer.writerow([protect(cell) if isinstance(cell, str) else as_text(cell) for cell in row])

    def close(self) -> None:
        self._file.close()


class _CommaSheet(_TabSheet):
    # Excel takes a CSV file for its country's code page unless it begins with the mark.
    encoding, delimiter = "utf-8-sig", ","


class _Workbook(_Format):
    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - 0.3 s that only workbooks need
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        self._path = path
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet()
        self._cell = WriteOnlyCell

    def write(self, row: Sequence[Cell]) -> None:
        self._sheet.append([self._written(cell) for cell in row])

    def _written(self, cell: Cell) -> Any:
        if isinstance(cell, datetime) and cell.tzinfo is not None:
            return as_text(cell)  # a spreadsheet knows no zones
        if not isinstance(cell, str):
            return as_text(cell) if isinstance(cell, bool) else cell
        written = self._cell(self._sheet, cell)
        # Else the library takes "=…" for a formula, and "1e5" or "2026-01-01" stays what it is: text.
        written.data_type = "s"
        written.quotePrefix = True
        return written

    def close(self) -> None:
        self._book.save(self._path)
        self._book.close()
