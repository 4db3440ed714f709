"""Sheets in files: .csv, .tsv and .xlsx read row by row, and written so that they can be read back exactly."""

from adapters.files.opening import fingerprint, open_sheet
from adapters.files.rejects import Rejects
from adapters.files.sheet import Sheet
from adapters.files.writing import SheetWriter

__all__ = ["Rejects", "Sheet", "SheetWriter", "fingerprint", "open_sheet"]
