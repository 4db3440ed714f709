"""What the columns of a sheet stand for, guessed from their headers and cells, and set right by whoever knows."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from core.errors import InvalidInputError
from core.names.folding import fold
from core.sheets.cells import as_text, is_nothing
from core.sheets.choices import CHOICES, YES_NO, choice_key
from core.sheets.days import day_first_by
from core.sheets.field import Reads, Several, SheetField
from core.sheets.fields import FIELDS, field_named
from core.sheets.model import EXTRA, EXTRA_MARK, LEFT_OUT, REJECT_HEADERS, Column, ColumnMapping, Row, SheetKind
from core.sheets.numbers import as_number, read_currency

# Rows that are looked at to learn what a column holds.
SAMPLE_ROWS = 200
# The header is a field's name as Kith exports it; a known one; ends in one; only the cells speak for it.
_OWN, _WHOLE, _END, _BY_CELLS = 0.99, 0.95, 0.7, 0.6
# A column of choices of which fewer are understood is something else under the same name.
_UNDERSTOOD = 0.5

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOTE = re.compile(r"\(([^)]*)\)")
_PARTS = re.compile(r"[^\W_]+")
_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "k": 1000, "thousand": 1000, "thousands": 1000, "m": 10**6, "mn": 10**6, "million": 10**6, "millions": 10**6,
}  # fmt: skip
_SCALE_WORDS = "|".join(sorted(_SCALES, key=len, reverse=True))
_UNIT = re.compile(rf"\s*(?:in\s+)?({_SCALE_WORDS})?\s*(?:of\s+)?(\D{{0,4}})", re.IGNORECASE)
_GENERIC = re.compile(r"(?:column|unnamed|field|列|字段)?\s*:?\s*\d*|[a-z]", re.IGNORECASE)


def guess_columns(kind: SheetKind, headers: Sequence[str], sample_rows: Sequence[Row]) -> ColumnMapping:
    """What each column stands for. A column that nobody knows is ``EXTRA``; an empty one without a header is left out.

    ``sample_rows`` are the first rows; they tell the order of day and month, and what unnamed columns hold.
    """
    samples = [_samples(index, sample_rows[:SAMPLE_ROWS]) for index in range(len(headers))]
    ranked = sorted(_candidates(kind, headers), key=lambda found: (-found[0], found[1]))
    chosen: dict[int, tuple[SheetField, float]] = {}
    taken: set[str] = set()
    for strength, index, field in ranked:
        free = field.name not in taken or field.several is not Several.NO
        if index not in chosen and free and _makes_sense(kind, field, samples[index]):
            chosen[index] = (field, strength)
            taken.add(field.name)
    columns = [
        _column(index, header, chosen.get(index) or _by_cells(kind, header, samples[index], taken), samples[index])
        for index, header in enumerate(_distinct(headers))
    ]
    return _mapping(kind, tuple(columns))


def override(mapping: ColumnMapping, said: str) -> ColumnMapping:
    """``mapping`` with one column set right: ``Header=field``, ``Header=extra`` or ``Header=-`` to leave it out.

    Raises InvalidInputError for a header or field that there is not.
    """
    header, _, name = said.rpartition("=")
    header, name = header.strip(), name.strip().lower()
    column = _named(mapping, header)
    if name not in {"extra", LEFT_OUT} and field_named(mapping.kind, name) is None:
        raise InvalidInputError("map", "unknown_field", value=name)
    target = EXTRA if name == "extra" else name
    field = field_named(mapping.kind, target)
    columns = []
    for other in mapping.columns:
        if other.index == column.index:
            columns.append(replace(_described(other, field), field=target, sure=1.0))
        elif other.field == target and field is not None and field.several is Several.NO:
            columns.append(replace(other, field=EXTRA, sure=0.0))
        else:
            columns.append(other)
    return _mapping(mapping.kind, tuple(columns))


def _named(mapping: ColumnMapping, header: str) -> Column:
    for same in (lambda text: text, _compact):
        for column in mapping.columns:
            if same(column.header) == same(header):
                return column
    raise InvalidInputError("map", "unknown_column", value=header)


def _mapping(kind: SheetKind, columns: tuple[Column, ...]) -> ColumnMapping:
    present = {column.field for column in columns}
    if {"first_name", "last_name"} & present:
        present.add("name")
    needed = (field.name for field in FIELDS[kind] if field.required)
    return ColumnMapping(kind, columns, tuple(name for name in needed if name not in present))


def _compact(header: str) -> str:
    """A header as headers are compared: without case, spaces, marks, and notes in brackets."""
    return "".join(_words(header))


def _words(header: str) -> list[str]:
    text = fold(_CAMEL.sub(" ", header[:100]))
    return _PARTS.findall(_NOTE.sub(" ", text)) or _PARTS.findall(text)


@cache
def _whole_headers(kind: SheetKind) -> dict[str, list[tuple[int, SheetField]]]:
    """Fields by known header, each with the header's place among those of its field."""
    found: dict[str, list[tuple[int, SheetField]]] = {}
    for field in FIELDS[kind]:
        for place, header in enumerate((*field.headers.split("|"), field.name)):
            found.setdefault(_compact(header), []).append((place, field))
    return found


def _candidates(kind: SheetKind, headers: Sequence[str]) -> list[tuple[float, int, SheetField]]:
    found = []
    for index, header in enumerate(headers):
        if header.startswith(EXTRA_MARK):
            continue
        # Among the headers of one field the earlier are the more telling.
        known = _whole_headers(kind).get(_compact(header), ())
        found += [(_OWN if header == field.name else _WHOLE - place / 1000, index, field) for place, field in known]
        ends = (field for field in FIELDS[kind] if field.ends and _ends_in(header, field.ends.split("|")))
        found += [(_END, index, field) for field in ends]
    return found


def _ends_in(header: str, ends: list[str]) -> bool:
    words = _words(header)
    tails = {"".join(words[start:]) for start in range(len(words))}
    return any(_compact(end) in tails if end.isascii() else "".join(words).endswith(end) for end in ends)


def _samples(index: int, rows: Sequence[Row]) -> list[str]:
    texts = (as_text(row[index]) for row in rows if index < len(row))
    return [text for text in texts if not is_nothing(text)]


def _makes_sense(kind: SheetKind, field: SheetField, samples: list[str]) -> bool:
    """Whether a column of choices holds this field's: Status is a stage to some, and something else to others."""
    if not samples or field.reads not in {Reads.CHOICE, Reads.YES_NO}:
        return True
    known = YES_NO if field.reads is Reads.YES_NO else CHOICES[kind, field.name]
    return sum(choice_key(text) in known for text in samples) >= _UNDERSTOOD * len(samples)


def is_generic(header: str) -> bool:
    """Whether a header says nothing, so that the cells below it are asked what they are."""
    return _GENERIC.fullmatch(header.strip()) is not None


def _by_cells(kind: SheetKind, header: str, samples: list[str], taken: set[str]) -> tuple[SheetField, float] | None:
    """What a column without a header of its own holds, when all its cells look alike."""
    if not samples or not is_generic(header):
        return None
    for name, looks in _LOOKS.items():
        field = field_named(kind, name)
        if field is not None and name not in taken and all(looks.fullmatch(text.strip()) for text in samples):
            taken.add(name)
            return field, _BY_CELLS
    return None


_LOOKS = {
    "email": re.compile(r"[^\s@]+@[^\s@]+\.\w+"),
    "website": re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    "phone": re.compile(r"\+?[\d\s()-]{7,20}"),
}


def _column(index: int, header: str, chosen: tuple[SheetField, float] | None, samples: list[str]) -> Column:
    if header.startswith(EXTRA_MARK):
        return Column(index, header.removeprefix(EXTRA_MARK), EXTRA, 1.0)
    if chosen is None:
        nothing = (not header.strip() and not samples) or header in REJECT_HEADERS
        return Column(index, header or _letter(index), LEFT_OUT if nothing else EXTRA)
    field, sure = chosen
    column = Column(index, header or _letter(index), field.name, round(sure, 2))
    fraction = field.reads is Reads.PERCENT and _are_fractions(samples)
    return _described(replace(column, day_first=day_first_by(samples), fraction=fraction), field)


def _described(column: Column, field: SheetField | None) -> Column:
    """The column with the unit its header names, when it holds amounts: Amount (USD), 金额（万元）."""
    if field is None or field.reads is not Reads.AMOUNT:
        return column
    for note in _unit_notes(column.header):
        unit = _UNIT.fullmatch(note)
        currency = read_currency(unit.group(2)) if unit and unit.group(2).strip() else None
        if unit and (currency or (unit.group(1) and not unit.group(2).strip())):
            return replace(column, multiplier=_SCALES.get(unit.group(1) or "", 1), currency=currency or "")
    return column


def _unit_notes(header: str) -> list[str]:
    """What is in brackets, and a last word in capitals: Amount (k), Amount USD, 金额/万元."""
    last = (_PARTS.findall(header) or [""])[-1]
    return [*_NOTE.findall(fold(header)), *([fold(last)] if last.isupper() or not last.isascii() else [])]


def _are_fractions(samples: list[str]) -> bool:
    """Whether a column of shares is written as 0.6: nothing above 1, and something between."""
    numbers = [number for text in samples if (number := as_number(text)) is not None]
    return bool(numbers) and max(numbers) <= 1 and any(0 < number < 1 for number in numbers)


def _distinct(headers: Sequence[str]) -> list[str]:
    """Headers by which columns can be told apart: the second Phone is Phone (2)."""
    seen: dict[str, int] = {}
    distinct = []
    for given in headers:
        mark = EXTRA_MARK if given.startswith(EXTRA_MARK) else ""
        header = mark + " ".join(given.removeprefix(mark).split())[:100]
        seen[header] = seen.get(header, 0) + 1
        distinct.append(f"{header} ({seen[header]})" if header and seen[header] > 1 else header)
    return distinct


def _letter(index: int) -> str:
    """A column's letters as spreadsheets have them: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters
