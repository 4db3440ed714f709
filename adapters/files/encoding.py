"""How a text file is written: its encoding, decided strictly, and what it holds that no sheet holds."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from adapters.files.sheet import MAX_LINE, wrong

_BLOCK = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A file's encoding, how many lines it has, and the first that holds NUL, which no text has (else 0)."""

    encoding: str
    lines: int
    nul_line: int = 0


@dataclass(frozen=True, slots=True)
class _Undecodable:
    byte: int
    line: int


def scan(path: Path) -> Scan:
    """Reads a text file once from end to end.

    A byte order mark decides; else it is UTF-8 if all of it decodes, else GB18030, in which Chinese Windows saves.
    Raises InvalidInputError naming the line when it is neither, or has a line too long to be one.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    failures = []
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        found = _try(path, encoding)
        if isinstance(found, Scan):
            return found
        failures.append(found)
    furthest = max(failures, key=lambda failure: failure.byte)
    raise wrong("unknown_encoding", furthest.line, furthest.byte)


def _try(path: Path, encoding: str) -> Scan | _Undecodable:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, byte, ending, nul_line = 1, 0, 0, 0
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                return _Undecodable(
                    byte - (len(error.object) - len(block)) + error.start + 1, lines + good.count(b"\n")
                )
            if not nul_line and "\0" in text:
                nul_line = lines + text[: text.index("\0")].count("\n")
            ending = _unended(text, ending)
            if ending > MAX_LINE:
                raise wrong("line_too_long", lines, MAX_LINE)
            lines += text.count("\n") or text.count("\r")
            byte += len(block)
            if not block:
                return Scan(encoding, lines, nul_line)


def _unended(text: str, before: int) -> int:
    """How long the line is that the text leaves open; ``before`` is what was open already."""
    end = max(text.rfind("\n"), text.rfind("\r"))
    return before + len(text) if end < 0 else len(text) - end - 1
