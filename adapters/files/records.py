"""The records of a text file; one that cannot be read spoils itself alone, and the reading goes on behind it."""

import csv
import re
from collections import deque
from collections.abc import Iterator

from adapters.files.sheet import MAX_CELL
from core.sheets import FieldError

# The line a record begins on, its cells, and why it cannot be taken.
Record = tuple[int, list[str], FieldError | None]


class Records:
    """Reads on where a quotation mark is never closed: behind the line it stands on, as if that were all of the record.

    What is read then may still be the inside of a long cell, and is trusted from the first record that has all cells.
    """

    def __init__(self, file: Iterator[str], delimiter: str, width: int) -> None:
        """``width`` is the number of columns."""
        csv.field_size_limit(MAX_CELL)
        self._lines = _Lines(file)
        # Strict, so that a mark taken for the closing one of an earlier line is noticed where it stands.
        self._strict = csv.reader(self._lines, delimiter=delimiter, strict=True)
        self._delimiter = delimiter
        self._width = width
        self._closed = re.compile(rf'[^"]*(?:""[^"]*)*"(?=[{re.escape(delimiter)}\r\n]|$)')
        self._doubt: FieldError | None = None

    def __iter__(self) -> Iterator[Record]:
        while True:
            start = self._lines.number + 1
            try:
                cells, error = next(self._strict, None), None
            except csv.Error:
                cells, error = self._loosely(start)
            if cells is None:
                return
            self._lines.record.clear()
            yield start, cells, error or (self._doubted(cells) if self._doubt else None)

    def _doubted(self, cells: list[str]) -> FieldError | None:
        if len(cells) >= self._width:
            self._doubt = None
        return self._doubt

    def _loosely(self, start: int) -> tuple[list[str], FieldError | None]:
        """A record that is not written by the rules: taken as it is, or its first line with what is wrong with it."""
        record = self._lines.record
        if self._lines.ended or (len(record) > 1 and not self._closed.match(record[-1])):
            self._lines.go_back(keep=1)
            self._doubt = FieldError("", "quote_never_closed", value=str(start))
            return self._torn(record), self._doubt
        try:
            return next(csv.reader(record, delimiter=self._delimiter)), None
        except csv.Error:
            return self._torn(record), FieldError("", "cell_too_long", value=str(start), limit=MAX_CELL)

    def _torn(self, record: list[str]) -> list[str]:
        """The cells by their delimiters alone, whatever stands between quotation marks."""
        return "".join(record).rstrip("\r\n").split(self._delimiter)


class _Lines(Iterator[str]):
    """The physical lines of a file, counted, and those of the ``record`` that is being read."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._again: deque[str] = deque()
        self.record: list[str] = []
        self.ended = False
        self.number = 0

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._file, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.record.append(line)
        return line

    def go_back(self, *, keep: int) -> None:
        """Gives the lines of the record again, but for the first ones."""
        self._again.extendleft(reversed(self.record[keep:]))
        self.number -= len(self.record) - keep
        del self.record[keep:]
        self.ended = False
