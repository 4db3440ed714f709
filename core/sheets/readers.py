"""For each column the function that reads its cells, made once for a sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from core import addresses
from core.errors import InvalidInputError
from core.sheets import cells, numbers
from core.sheets.choices import CHOICES, YES_NO, choice_key
from core.sheets.days import Calendar, When, as_instant, read_day
from core.sheets.field import Reads, SheetField
from core.sheets.model import Cell, Column, SheetKind
from core.text import line, paragraph

Values = dict[str, object]
# A cell, the same as text, and what the row has said so far. Raises InvalidInputError.
Reader = Callable[[Cell, str, Values], object]

_EXTRA_LIMIT = 1000  # characters of a cell that is kept without being known


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sheet does not say itself: its reader's present, locale, and the currency of bare amounts (ISO 4217)."""

    kind: SheetKind
    now: datetime
    locale: str
    currency: str
    day_first: bool

    def calendar(self, column: Column, *, past: bool = False) -> Calendar:
        """How days in ``column`` are read; the column's own evidence outweighs the locale."""
        day_first = self.day_first if column.day_first is None else column.day_first
        return Calendar(self.now, self.locale, day_first, past)


def reader_of(column: Column, field: SheetField | None, setting: Setting) -> Reader:
    """The reader of a column that stands for ``field``, or for none."""
    if field is None:
        return lambda _, text, __: paragraph(column.header, text, limit=_EXTRA_LIMIT)
    textual = partial(line, limit=field.limit) if field.reads is Reads.LINE else _TEXTUAL.get(field.reads)
    if textual is not None:
        return lambda _, text, __: textual(column.field, text)
    if field.reads in {Reads.DAY, Reads.DUE, Reads.MOMENT}:
        return _days(field.reads, column, setting)
    if field.reads is Reads.AMOUNT:
        return lambda cell, _, row: numbers.read_money(cell, column, str(row.get("currency", setting.currency)))
    if field.reads is Reads.PERCENT:
        return lambda cell, _, __: numbers.read_percent(cell, column)
    choices = YES_NO if field.reads is Reads.YES_NO else CHOICES[setting.kind, field.name]
    return lambda _, text, __: _chosen(column.field, text, choices.get(choice_key(text)))


_TEXTUAL: dict[Reads, Callable[[str, str], object]] = {
    Reads.PARAGRAPH: paragraph,
    Reads.NAMES: cells.read_names,
    Reads.TAGS: cells.read_tags,
    Reads.PHONE: addresses.read_phone,
    Reads.EMAIL: addresses.read_email,
    Reads.WEB: addresses.read_web,
    Reads.CURRENCY: lambda field, text: _chosen(field, text, numbers.read_currency(text), "unknown_currency"),
}


def _days(reads: Reads, column: Column, setting: Setting) -> Reader:
    calendar = setting.calendar(column, past=reads is Reads.MOMENT)
    if reads is Reads.DAY:
        return lambda cell, text, _: _when(column, cell, text, calendar).day
    if reads is Reads.DUE:
        return lambda cell, text, _: _when(column, cell, text, calendar)
    return partial(_past_moment, column=column, calendar=calendar)


def _when(column: Column, cell: Cell, text: str, calendar: Calendar) -> When:
    when = read_day(cell, calendar)
    if when is None:
        raise InvalidInputError(column.field, "unknown_date", value=text)
    return when


def _past_moment(cell: Cell, text: str, _: Values, *, column: Column, calendar: Calendar) -> datetime:
    when = _when(column, cell, text, calendar)
    instant = as_instant(when, calendar.now.tzinfo)
    if when.day > calendar.now.date() or (when.at is not None and instant > calendar.now):
        raise InvalidInputError(column.field, "in_future", value=text)
    return min(instant, calendar.now.astimezone(UTC))  # today's noon may be still to come


def _chosen(field: str, text: str, choice: object, reason: str = "unknown_choice") -> object:
    if choice is None:
        raise InvalidInputError(field, reason, value=text)
    return choice
