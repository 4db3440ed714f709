"""The columns of an exported sheet, under headers that an import takes for what they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.sheets import SheetKind, guess_columns
from core.sheets.columns import is_generic
from core.sheets.fields import FIELDS
from core.sheets.model import EXTRA, EXTRA_MARK

# Whole names are written; these are read where a sheet parts them.
_READ_ONLY = frozenset({"first_name", "last_name"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of a sheet and the ``extra`` that its customers have besides."""

    kind: SheetKind
    fields: tuple[str, ...]
    extra: tuple[str, ...] = ()

    @property
    def headers(self) -> list[str]:
        """A field's own name, and an extra column's; marked where it would be taken for something else."""
        plain = [*self.fields, *self.extra]
        guessed = guess_columns(self.kind, plain, ())
        return [
            header
            if index < len(self.fields)
            or (column.field == EXTRA and column.header == header and not is_generic(header))
            else EXTRA_MARK + header
            for index, (header, column) in enumerate(zip(plain, guessed.columns, strict=True))
        ]


def columns_of(kind: SheetKind, extra: Iterable[str] = ()) -> Columns:
    """All fields of a kind, and the headers of what else its records have."""
    fields = tuple(field.name for field in FIELDS[kind] if field.name not in _READ_ONLY)
    return Columns(kind, fields, tuple(extra))
