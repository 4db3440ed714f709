"""A row of a sheet read into the values of a record, or into what exactly is wrong with it."""

from datetime import datetime

from core.errors import InvalidInputError
from core.names.folding import has_han
from core.sheets.cells import as_text, is_nothing
from core.sheets.days import When, as_instant
from core.sheets.field import Several, SheetField
from core.sheets.fields import FIELDS
from core.sheets.model import LEFT_OUT, Column, ColumnMapping, FieldError, Row, RowRead
from core.sheets.readers import Reader, Setting, Values, reader_of
from core.when.reading import context_for


def read_row(mapping: ColumnMapping, row: Row, now: datetime, locale: str = "en", *, currency: str = "CNY") -> RowRead:
    """One row read by ``mapping``; ``RowReader`` reads many."""
    return RowReader(mapping, now, locale, currency=currency)(row)


class RowReader:
    """Reads the rows of one sheet, one by one; a bad cell is in the row's errors, and never stops the next row."""

    def __init__(self, mapping: ColumnMapping, now: datetime, locale: str = "en", *, currency: str = "CNY") -> None:
        """``now`` has the zone in which the sheet's times are; ``currency`` is that of amounts whose nothing tells."""
        self._setting = Setting(mapping.kind, now, locale, currency, context_for(now, locale).day_first)
        fields = {field.name: field for field in FIELDS[mapping.kind]}
        kept = [column for column in mapping.columns if column.field != LEFT_OUT]
        # An amount is read after the currency of its row.
        kept.sort(key=lambda column: column.field == "amount")
        self._plan: list[tuple[Column, SheetField | None, Reader]] = [
            (column, field := fields.get(column.field), reader_of(column, field, self._setting)) for column in kept
        ]
        self._width = len(mapping.columns)
        self._required = [field.name for field in fields.values() if field.required]

    def __call__(self, row: Row) -> RowRead:
        """The values by field: text, tuples of text, Money, days, instants in UTC, and members of enumerations."""
        values: Values = {}
        extra: dict[str, str] = {}
        errors: list[FieldError] = []
        for column, field, reader in self._plan:
            cell = row[column.index] if column.index < len(row) else None
            if cell is None or cell == "":
                continue
            text = as_text(cell)
            if is_nothing(text) and not (field and field.required):
                continue
            try:
                value = reader(cell, text, values)
            except InvalidInputError as wrong:
                errors.append(FieldError(column.field, wrong.reason, column.header, wrong.limit, wrong.value))
            else:
                _put(values, extra, column, field, value)
        self._finish(values, errors)
        if len(row) > self._width and any(cell not in (None, "") for cell in row[self._width :]):
            errors.append(FieldError("", "too_many_cells", limit=self._width))
        return RowRead(values, extra, tuple(errors))

    def _finish(self, values: Values, errors: list[FieldError]) -> None:
        _join_person(values)
        values.pop("currency", None)
        due = values.pop("due", None)
        if isinstance(due, When):
            values["due_on"] = due.day
            if due.at is not None:
                values["due_at"] = as_instant(due)
        failed = {error.field for error in errors}
        errors += [FieldError(name, "missing") for name in self._required if name not in values and name not in failed]


def _put(values: Values, extra: dict[str, str], column: Column, field: SheetField | None, value: object) -> None:
    """Keeps a value beside those of the same field; what differs from the one that is kept goes to ``extra``."""
    if value in ("", ()):
        return
    if field is None:
        extra[column.header] = str(value)
    elif field.name not in values:
        values[field.name] = value
    elif field.several is Several.JOIN:
        values[field.name] = _joined(values[field.name], value)
    elif values[field.name] != value:
        extra[column.header] = str(value)


def _joined(before: object, value: object) -> object:
    if isinstance(before, tuple) and isinstance(value, tuple):
        return tuple(dict.fromkeys(before + value))
    first, second = str(before), str(value)
    if second in first:
        return first
    return ("\n" if "\n" in first + second else " ").join((first, second))


def _join_person(values: Values) -> None:
    """First and last name as one, in the order their script has."""
    first, last = str(values.pop("first_name", "")), str(values.pop("last_name", ""))
    if "name" not in values and (first or last):
        values["name"] = last + first if has_han(last + first) else f"{first} {last}".strip()
