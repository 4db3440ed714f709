"""Sheets written row by row; the file is there under its name only when it is whole."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from adapters.files.formulas import protect
from adapters.files.sheet import wrong
from adapters.files.workbook_writing import WorkbookFormat
from core.sheets import Cell
from core.sheets.cells import as_text


class _Format(Protocol):
    def write(self, row: Sequence[Cell]) -> None: ...

    def close(self) -> None: ...


class SheetWriter:
    """Writes a .csv, .tsv or .xlsx file: ``with SheetWriter(path, headers) as sheet: sheet.write(row)``.

    Raises InvalidInputError for another type of file, and for one in a folder that is not there.
    """

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        """Begins a file beside ``path``, which takes its place at the end."""
        maker = _FORMATS.get(path.suffix.lower())
        if maker is None:
            raise wrong("unknown_file_type", path.name)
        if not path.parent.is_dir():
            raise wrong("no_such_folder", path.parent)
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.unfinished")
        self._format = maker(self._unfinished)
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


class _TabSheet:
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


_FORMATS: dict[str, Callable[[Path], _Format]] = {".csv": _CommaSheet, ".tsv": _TabSheet, ".xlsx": WorkbookFormat}
