"""Comma, semicolon and tab separated files."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from adapters.files.encoding import Scan, scan
from adapters.files.formulas import unprotect
from adapters.files.sheet import MAX_CELL, Line, find_headers, is_empty, wrong
from core.sheets import Cell

_DELIMITERS = (",", "\t", ";", "|")
# Records that tell the delimiter.
_SNIFFED = 20
# Excel's own hint in the first line.
_HINT = "sep="


@dataclass(slots=True)
class TextSheet:
    """A sheet in a text file."""

    path: Path
    scanned: Scan
    delimiter: str
    headers: list[str] = field(default_factory=list)
    header_line: int = 0

    @property
    def about_rows(self) -> int:
        """Lines after the headers; the last line break ends a line and begins none."""
        return max(self.scanned.lines - self.header_line - 1, 0)

    def rows(self) -> Iterator[Line]:
        """See ``Sheet``."""
        return (line for line in self.lines() if line[0] > self.header_line)

    def lines(self) -> Iterator[Line]:
        """Every row that is not empty, the headers among them."""
        csv.field_size_limit(MAX_CELL)
        with self.path.open(encoding=self.scanned.encoding, newline="") as file:
            source = _Lines(file)
            records = csv.reader(source, delimiter=self.delimiter)
            while True:
                start = source.number + 1
                try:
                    record = next(records, None)
                except csv.Error:
                    raise wrong("cell_too_long", start, MAX_CELL) from None
                if record is None:
                    return
                if source.is_open():
                    raise wrong("quote_never_closed", start)
                row: list[Cell] = [unprotect(cell) for cell in record]
                if not is_empty(row) and not (start == 1 and record[0].startswith(_HINT)):
                    yield start, row


class _Lines(Iterator[str]):
    """The physical lines of a file, counted, and those of the record that is being read."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._record: list[str] = []
        self._ended = False
        self.number = 0

    def __next__(self) -> str:
        line = next(self._file, None)
        if line is None:
            self._ended = True
            raise StopIteration
        self.number += 1
        self._record.append(line)
        return line

    def is_open(self) -> bool:
        """Whether the file has ended inside a quoted cell of the record that was just read; forgets the record."""
        opened = self._ended and "".join(self._record).count('"') % 2 == 1
        self._record.clear()
        return opened


def open_text(path: Path) -> TextSheet:
    """The sheet in a .csv or .tsv file, whatever it is parted by. Raises InvalidInputError when it has none."""
    scanned = scan(path)
    sheet = TextSheet(path, scanned, _sniff(path, scanned.encoding))
    sheet.header_line, sheet.headers = find_headers(sheet.lines())
    return sheet


def _sniff(path: Path, encoding: str) -> str:
    """The delimiter that parts the first records into the most cells, the same number in each."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
    if first.lower().startswith(_HINT) and first[len(_HINT) :].strip("\r\n ") in _DELIMITERS:
        return first[len(_HINT) :].strip("\r\n ")
    return max(_DELIMITERS, key=lambda delimiter: _parts_well(path, encoding, delimiter))


def _parts_well(path: Path, encoding: str, delimiter: str) -> tuple[float, int]:
    csv.field_size_limit(MAX_CELL)
    widths: list[int] = []
    with path.open(encoding=encoding, newline="") as file, suppress(csv.Error):
        # A cell too long ends the sample here, and is refused with its line when it is read.
        widths.extend(len(record) for record in islice(csv.reader(file, delimiter=delimiter), _SNIFFED) if record)
    commonest = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(commonest) / len(widths) if commonest > 1 else 0.0), commonest
