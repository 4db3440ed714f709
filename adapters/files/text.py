"""Comma, semicolon and tab separated files."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from adapters.files.encoding import Scan, scan
from adapters.files.formulas import unprotect
from adapters.files.records import Records
from adapters.files.sheet import MAX_CELL, Line, Unreadable, find_headers, is_empty, wrong
from core.sheets import Cell, FieldError

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
        with self.path.open(encoding=self.scanned.encoding, newline="") as file:
            for start, record, error in Records(file, self.delimiter, len(self.headers)):
                row: list[Cell] = [unprotect(cell) for cell in record]
                if is_empty(row) or (start == 1 and record[0].startswith(_HINT)):
                    continue
                if self.scanned.nul_line and any("\0" in cell for cell in record):
                    error = FieldError("", "nul_in_file", value=str(start))  # noqa: PLW2901 - worse than any other
                yield start, row if error is None else Unreadable(row, error)


def open_text(path: Path) -> TextSheet:
    """The sheet in a .csv or .tsv file, whatever it is parted by. Raises InvalidInputError when it has none."""
    scanned = scan(path)
    sheet = TextSheet(path, scanned, _sniff(path, scanned.encoding))
    sheet.header_line, sheet.headers = find_headers(sheet.lines())
    if 0 < scanned.nul_line <= sheet.header_line:
        raise wrong("nul_in_file", scanned.nul_line)
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
