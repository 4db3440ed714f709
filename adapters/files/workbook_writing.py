"""A workbook of one sheet, written as it streams: a million cells take seconds, and a text is never a formula.

The parts and their order are those of ECMA-376 (Office Open XML), part 1, sections 12.3 and 18.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from adapters.files.sheet import MAX_ROWS, wrong
from core.sheets import Cell
from core.sheets.cells import as_text

# Day 0 of Excel's calendar, which believes that 1900 was a leap year.
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A return as itself would be read back as a line feed.
_ENTITIES = {"\r": "&#13;"}
# Styles by their place in ``cellXfs`` of _STYLES: text that stays text when it is edited, days, moments, headers.
_TEXT, _DAY, _MOMENT, _HEADER = 1, 2, 3, 4

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="Kith" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


class WorkbookFormat:
    """Writes one sheet, its first row frozen. Rows wait in a temporary file, for their number stands before them."""

    def __init__(self, path: Path) -> None:
        """``path`` is written when the sheet is closed."""
        self._path = path
        body = TemporaryFile()  # noqa: SIM115 - closed with the sheet
        self._body = TextIOWrapper(body, encoding="utf-8", newline="")
        self._rows = 0
        self._width = 1

    def write(self, row: Sequence[Cell]) -> None:
        """Adds a row; the first is the headers. Raises InvalidInputError beyond what a sheet can hold."""
        self._rows += 1
        if self._rows > MAX_ROWS:
            raise wrong("too_many_rows", self._path.name, MAX_ROWS)
        self._width = max(self._width, len(row))
        style = _HEADER if self._rows == 1 else _TEXT
        cells = [_cell(f"{letters(index)}{self._rows}", cell, style) for index, cell in enumerate(row)]
        self._body.write(f'<row r="{self._rows}">{"".join(cells)}</row>')

    def close(self) -> None:
        """Puts the workbook together."""
        size = f"A1:{letters(self._width - 1)}{max(self._rows, 1)}"
        with ZipFile(self._path, "w", ZIP_DEFLATED) as archive, self._body:
            for name, part in _PARTS.items():
                archive.writestr(name, _DECLARATION + part)
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><dimension ref="{size}"/>{_FROZEN}'.encode())
                sheet.write(b"<sheetData>")
                self._body.seek(0)
                copyfileobj(self._body.buffer, sheet)
                sheet.write(b"</sheetData></worksheet>")


_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)


def letters(index: int) -> str:
    """A column's letters: 0 is A, 25 is Z, 26 is AA."""
    text = ""
    while index >= 0:
        text = chr(ord("A") + index % 26) + text
        index = index // 26 - 1
    return text


def _cell(place: str, cell: Cell, style: int) -> str:
    if isinstance(cell, str):
        text = escape(_NOT_XML.sub("", cell), _ENTITIES)
        return (
            f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if cell else ""
        )
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float | Decimal):
        return f'<c r="{place}"><v>{as_text(cell)}</v></c>'
    return _day(place, cell, style)


def _day(place: str, cell: Cell, style: int) -> str:
    """A day or a local moment as Excel counts them; a moment with a zone, and a time alone, as text."""
    if isinstance(cell, datetime) and cell.tzinfo is None:
        return f'<c r="{place}" s="{_MOMENT}"><v>{(cell - _EPOCH) / timedelta(days=1):.10f}</v></c>'
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f'<c r="{place}" s="{_DAY}"><v>{(cell - _EPOCH.date()).days}</v></c>'
    return _cell(place, as_text(cell), style)
