"""What every kind of sheet can do, and the limits on what it may hold."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Protocol

from core.errors import InvalidInputError
from core.sheets import Cell, FieldError, Row

# Four times what a cell may hold in Excel (32,767), and Python's own limit for CSV.
MAX_CELL = 131_072
# A line longer than this is no line of a sheet, and is not taken into memory.
MAX_LINE = 4 * 1024 * 1024
# Excel's own limit on rows; a file that claims more is damaged or means harm.
MAX_ROWS = 1_048_576
# What may stand above the headers: a title, a note on how to fill in the sheet.
HEADER_WITHIN = 10

Line = tuple[int, list[Cell]]


class Unreadable(list[Cell]):
    """The cells of a row that cannot be taken, as far as they can be told apart, and why."""

    def __init__(self, cells: list[Cell], error: FieldError) -> None:
        super().__init__(cells)
        self.error = error


class Sheet(Protocol):
    """A table with headers, on some line of a file."""

    path: Path
    headers: list[str]
    header_line: int

    @property
    def about_rows(self) -> int:
        """For a progress bar: right but for line breaks inside cells and empty lines."""
        ...

    def rows(self) -> Iterator[Line]:
        """Each row that is not empty, from the first after the headers, with its line in the file (from 1).

        Reads the file anew each time, row by row. One that cannot be taken is ``Unreadable``. Raises InvalidInputError
        where the file cannot be read on.
        """
        ...


def sample(sheet: Sheet, count: int) -> list[Row]:
    """The first rows, without those that cannot be taken."""
    return [row for _, row in islice(sheet.rows(), count) if not isinstance(row, Unreadable)]


def wrong(reason: str, value: object = "", limit: int = 0) -> InvalidInputError:
    """Why a file cannot be used; ``value`` is the line, or the file's name."""
    return InvalidInputError("file", reason, value=str(value), limit=limit)


def is_empty(row: list[Cell]) -> bool:
    """Whether there is nothing in a row."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def find_headers(lines: Iterator[Line]) -> tuple[int, list[str]]:
    """The line of the headers and the headers: the first row with several cells filled in, else the first at all.

    Raises InvalidInputError when there is no row, or when one that cannot be read may be that of the headers.
    """
    first: Line | None = None
    for number, row in lines:
        if isinstance(row, Unreadable) and (first is None or len(row) > 1):
            raise wrong(row.error.reason, row.error.value, row.error.limit)
        first = first or (number, row)
        if sum(not is_empty([cell]) for cell in row) > 1:
            return number, _texts(row)
        if number >= HEADER_WITHIN:
            break
    if first is None:
        raise wrong("empty_file")
    return first[0], _texts(first[1])


def _texts(row: list[Cell]) -> list[str]:
    texts = ["" if cell is None else str(cell).strip() for cell in row]
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return texts
