"""Excel workbooks: the first sheet that shows and holds something, read row by row."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from adapters.files.sheet import MAX_CELL, MAX_ROWS, Line, Unreadable, find_headers, is_empty, wrong
from core.sheets import Cell, FieldError

if TYPE_CHECKING:
    from openpyxl import Workbook

# A workbook is a zip file; a small one may unpack to fill the disk.
MAX_UNPACKED = 2 * 1024**3
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    KeyError,
    ValueError,
    EOFError,
    OSError,
    AttributeError,
    TypeError,
    IndexError,
)


@dataclass(slots=True)
class WorkbookSheet:
    """A sheet in a workbook. Dates and numbers come as they are, formulas as what they last gave."""

    path: Path
    title: str
    headers: list[str] = field(default_factory=list)
    header_line: int = 0
    last_line: int = 0

    @property
    def about_rows(self) -> int:
        """See ``Sheet``."""
        return max(self.last_line - self.header_line, 0)

    def rows(self) -> Iterator[Line]:
        """See ``Sheet``."""
        return (line for line in self.lines() if line[0] > self.header_line)

    def lines(self) -> Iterator[Line]:
        """Every row that is not empty, the headers among them."""
        with _opened(self.path) as book:
            sheet = book[self.title]
            sheet.reset_dimensions()  # some programs write a size of one cell
            for number, values in enumerate(_careful(self.path, sheet.iter_rows(values_only=True)), start=1):
                row = _trimmed(values)
                if any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in row):
                    row = Unreadable(row, FieldError("", "cell_too_long", value=str(number), limit=MAX_CELL))
                if number > MAX_ROWS:
                    raise wrong("too_many_rows", self.path.name, MAX_ROWS)
                if not is_empty(row):
                    yield number, row


def open_workbook(path: Path) -> WorkbookSheet:
    """The first visible sheet of a workbook that has a row. Raises InvalidInputError when it cannot be read."""
    with _opened(path) as book:
        sizes = [(sheet.title, sheet.max_row or 0) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for title, rows in sizes:
        sheet = WorkbookSheet(path, title)
        if next(sheet.lines(), None) is not None:
            sheet.header_line, sheet.headers = find_headers(sheet.lines())
            sheet.last_line = rows
            return sheet
    raise wrong("empty_file")


@contextmanager
def _opened(path: Path) -> Iterator["Workbook"]:
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.3 s that only workbooks need

    _check_size(path)
    with warnings.catch_warnings():
        # About styles and validations that Kith does not look at.
        warnings.simplefilter("ignore", UserWarning)
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except _DAMAGED:
            raise wrong("damaged_workbook", path.name) from None
    try:
        yield book
    finally:
        book.close()


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise wrong("damaged_workbook", path.name) from None
    if unpacked > MAX_UNPACKED:
        raise wrong("workbook_too_large", path.name, MAX_UNPACKED)


def _careful(path: Path, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """The rows; a workbook whose inside is broken is said to be, whatever the library stumbles over."""
    while True:
        try:
            row = next(rows, None)
        except _DAMAGED:
            raise wrong("damaged_workbook", path.name) from None
        if row is None:
            return
        yield row


def _trimmed(values: tuple[Any, ...]) -> list[Cell]:
    row = list(values)
    while row and row[-1] is None:
        row.pop()
    return row
