"""A sheet opened by what its file is."""

from hashlib import blake2b
from pathlib import Path

from adapters.files.sheet import Sheet, wrong
from adapters.files.text import open_text
from adapters.files.workbook import open_workbook

_BLOCK = 1024 * 1024


def open_sheet(path: Path) -> Sheet:
    """The sheet in a .csv, .tsv (also .txt) or .xlsx (also .xlsm) file.

    Raises InvalidInputError about ``file``: no such file, another type, an unknown encoding, a damaged workbook.
    """
    if not path.is_file():
        raise wrong("no_such_file", path.name)
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return open_text(path)
        case ".xlsx" | ".xlsm":
            return open_workbook(path)
        case _:
            raise wrong("unknown_file_type", path.name)


def fingerprint(path: Path) -> str:
    """What tells one file's content from another's, so that an import that was broken off can go on."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
