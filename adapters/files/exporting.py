"""Writes every record of a kind into a file."""

from pathlib import Path

from adapters.files.writing import SheetWriter
from core.actor import Actor
from core.exporting import export_columns, export_rows
from core.sheets import SheetKind
from core.work import Database, Work


async def export_file(database: Database, actor: Actor, kind: SheetKind, path: Path) -> int:
    """How many records there were. Raises InvalidInputError for a type of file that is not written."""

    def write(work: Work) -> int:
        columns = export_columns(work, actor, kind)
        with SheetWriter(path, columns.headers) as sheet:
            for row in export_rows(work, actor, columns):
                sheet.write(row)
        return sheet.rows

    return await database.read_long(write)
