"""What an import tells whoever started it: what the columns are taken for, and what became of the rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from adapters.files.importing import Report
from cards.labels import excerpt, field
from cards.words import Words
from core.sheets import Column, ColumnMapping, Row, SheetKind
from core.sheets.cells import as_text
from core.sheets.field import Several
from core.sheets.fields import field_named
from core.sheets.model import EXTRA, LEFT_OUT

_SAMPLES = 3
_SAMPLE_LENGTH = 24
# Of names and lines in a sentence.
_NAMED = 5
# Below this a column was told by something less than its whole header.
_SURE = 0.9


class Fate(Enum):
    """What happens to a column's cells."""

    READ = auto()
    GUESSED = auto()
    KEPT = auto()  # as they are
    LEFT_OUT = auto()
    LOST = auto()  # all of them or some


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as it is shown before anything is written."""

    header: str
    meaning: str
    samples: str
    fate: Fate


def shown_columns(mapping: ColumnMapping, rows: Sequence[Row], words: Words) -> Iterator[ShownColumn]:
    """Each column with what it is taken for, and what stands in the first of its cells that differ."""
    before: set[str] = set()
    for column in mapping.columns:
        meaning, fate = _meaning(mapping.kind, column, words, again=column.field in before)
        yield ShownColumn(column.header, meaning, _samples(column, rows), fate)
        before.add(column.field)


def _meaning(kind: SheetKind, column: Column, words: Words, *, again: bool) -> tuple[str, Fate]:
    is_customer = kind is SheetKind.CUSTOMERS
    if column.field == LEFT_OUT:
        return words("left out"), Fate.LEFT_OUT
    if column.field == EXTRA and is_customer:
        return words("kept with the customer as it is"), Fate.KEPT
    if column.field == EXTRA:
        return words("not kept: there is no such field"), Fate.LOST
    notes = [f"{field(column.field, words)} ({column.field})", *_unit(column)]
    fate = Fate.READ if column.sure >= _SURE else Fate.GUESSED
    several = getattr(field_named(kind, column.field), "several", Several.NO) if again else Several.NO
    if fate is Fate.GUESSED:
        notes.append(words("a guess"))
    if several is Several.JOIN:
        notes.append(words("joined with the column before"))
    if several is Several.FIRST and is_customer:
        notes.append(words("where the column before is empty; kept as it is elsewhere"))
    if several is Several.FIRST and not is_customer:
        notes.append(words("where the column before is empty; not kept elsewhere"))
        fate = Fate.LOST
    return " · ".join(notes), fate


def _unit(column: Column) -> list[str]:
    said = " ".join(filter(None, (f"× {column.multiplier:,}" if column.multiplier > 1 else "", column.currency)))
    return [said] if said else []


def _samples(column: Column, rows: Sequence[Row]) -> str:
    texts = (as_text(row[column.index]) for row in rows if column.index < len(row))
    distinct = dict.fromkeys(excerpt(text, _SAMPLE_LENGTH) for text in texts if text.strip())
    return ", ".join(list(distinct)[:_SAMPLES])


def summary(report: Report, words: Words, *, rehearsed: bool) -> Iterator[str]:
    """What became of the rows, a sentence to a line."""
    tally = report.tally
    numbers = {name: words.number(getattr(tally, name)) for name in ("added", "changed", "unchanged", "rejected")}
    if report.resumed_after:
        yield words(
            "Went on after line {line}, where the import was broken off; {count} rows were taken before that.",
            line=words.number(report.resumed_after),
            count=words.number(report.earlier.rows),
        )
    if rehearsed:
        yield words(
            "A dry run: would add {added}, change {changed}, leave {unchanged} as they are, reject {rejected}. "
            "No record was written.",
            **numbers,
        )
    else:
        yield words("Added {added}, changed {changed}, unchanged {unchanged}, rejected {rejected}.", **numbers)
    if tally.customers:
        yield words("Customers added because rows name them: {count}.", count=words.number(tally.customers))
    if tally.contacts:
        yield words("Contacts added because rows name them: {count}.", count=words.number(tally.contacts))
    if tally.alike:
        yield from _resembling(report, words)
    yield from _surprises(report, words)
    if report.rejects:
        yield words(
            "The rejected rows are in {file}, each with its line and the reason. Mend them there and import that file.",
            file=report.rejects,
        )


def _surprises(report: Report, words: Words) -> Iterator[str]:
    """What was taken otherwise than it stands in the file."""
    if report.unknown_people:
        yield words.many(
            "{count} row names an owner or team who is not here: {names}. The name is kept with the customer as it is.",
            "{count} rows name an owner or team who is not here: {names}. The names are kept with the customers.",
            report.unknown_people.total(),
            names=_some([excerpt(name, _SAMPLE_LENGTH) for name, _ in report.unknown_people.most_common()], words),
        )
    if report.repeated:
        yield words.many(
            "{count} row changed what an earlier row of the file says of the same record (line {lines}).",
            "{count} rows changed what earlier rows of the file say of the same record (lines {lines}).",
            len(report.repeated),
            lines=_some([words.number(line) for line in report.repeated], words),
        )


def _resembling(report: Report, words: Words) -> Iterator[str]:
    """The rows that resemble a customer, and who says what becomes of them."""
    yield words.many(
        "{count} row resembles a customer that is there already. What becomes of it: --alike add, change or skip.",
        "{count} rows resemble customers that are there already. What becomes of them: --alike add, change or skip.",
        report.tally.alike,
    )
    for each in report.alike:
        line = words.number(each.line)
        yield words("Line {line}: “{name}” resembles “{known}”.", line=line, name=each.name, known=each.known)


def _some(names: list[str], words: Words) -> str:
    """The first of several, and whether there are more."""
    return words(", ").join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
