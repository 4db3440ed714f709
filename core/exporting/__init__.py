"""Records become rows of sheets again, in the columns that an import reads."""

from core.exporting.columns import Columns
from core.exporting.exporting import export_columns, export_rows

__all__ = ["Columns", "export_columns", "export_rows"]
