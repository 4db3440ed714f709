"""Sheets of customers, contacts, deals, activities and tasks: what columns mean, and how a row becomes a record."""

from core.sheets.columns import guess_columns, override
from core.sheets.model import Cell, Column, ColumnMapping, FieldError, Row, RowRead, SheetKind
from core.sheets.rows import RowReader, read_row

__all__ = [
    "Cell",
    "Column",
    "ColumnMapping",
    "FieldError",
    "Row",
    "RowRead",
    "RowReader",
    "SheetKind",
    "guess_columns",
    "override",
    "read_row",
]
