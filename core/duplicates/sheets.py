"""Which column tells the rows of a sheet apart, and which columns of two sheets stand for the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.duplicates.finding import Sheet
from core.names.folding import fold
from core.sheets import SheetKind
from core.sheets.columns import guess_columns

# What people call the column, the likeliest first.
_IDS = ("id", "recid", "recordid", "rowid", "uniqueid", "externalid", "key", "编号", "序号", "唯一编号")
_GUESSED_FROM = 20  # rows


@dataclass(frozen=True, slots=True)
class Identified:
    """A sheet without the column of its ids, and the ids by row; the row's number from 1 where there is no such."""

    sheet: Sheet
    ids: tuple[str, ...]


def identified(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Identified:
    """Takes the ids out of a sheet: they are never compared."""
    width = len(headers)
    level = [[*row[:width], *[""] * (width - len(row))] for row in rows]
    at = _id_column(headers)
    if at is None:
        return Identified(Sheet(tuple(headers), level), tuple(str(number) for number in range(1, len(rows) + 1)))
    others = tuple(header for number, header in enumerate(headers) if number != at)
    return Identified(
        Sheet(others, [row[:at] + row[at + 1 :] for row in level]), tuple(row[at].strip() for row in level)
    )


def _id_column(headers: Sequence[str]) -> int | None:
    compact = [_compact(header) for header in headers]
    return next((compact.index(name) for name in _IDS if name in compact), None)


def _compact(header: str) -> str:
    return "".join(filter(str.isalnum, fold(header)))


def aligned(one: Sheet, other: Sheet) -> tuple[Sheet, Sheet]:
    """The columns that both sheets have, by their headers, else by what a customers' sheet would mean by them."""
    matched = [(at, there) for at, there in _matches(one, other) if there is not None]
    headers = tuple(one.headers[at] for at, _ in matched)
    left = Sheet(headers, [[row[at] for at, _ in matched] for row in one.rows])
    return left, Sheet(headers, [[row[at] for _, at in matched] for row in other.rows])


def _matches(one: Sheet, other: Sheet) -> list[tuple[int, int | None]]:
    there = [_compact(header) for header in other.headers]
    by_header = {at: there.index(name) for at, name in enumerate(map(_compact, one.headers)) if name in there}
    meant = {field: at for at, field in enumerate(_fields(other)) if field and at not in by_header.values()}
    by_meaning = {at: meant.get(field) for at, field in enumerate(_fields(one)) if field and at not in by_header}
    return sorted({**by_meaning, **by_header}.items())


def _fields(sheet: Sheet) -> list[str]:
    guessed = guess_columns(SheetKind.CUSTOMERS, sheet.headers, sheet.rows[:_GUESSED_FROM])
    return [column.field for column in guessed.columns]
