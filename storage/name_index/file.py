"""A segment in a file: written whole or not at all, checked when it is read, and mapped into memory.

A line of JSON tells the arrays with their places and checksums; the arrays follow, each at a multiple of 64 bytes.
"""

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from storage.name_index.segment import Segment

_FORMAT = "kith-names-4"
_STEP = 64
_CHUNK = 1 << 24


class _Array(msgspec.Struct, frozen=True):
    name: str
    kind: str
    length: int
    offset: int
    checksum: int


class _Header(msgspec.Struct, frozen=True):
    format: str
    position: int
    mark: str
    arrays: list[_Array]


class Stored(msgspec.Struct, frozen=True):
    """A segment, the last change it holds, and that change in words, by which its database is known again."""

    segment: Any
    position: int
    mark: str


def write(path: Path, segment: Segment, position: int, mark: str) -> None:
    """Replaces the file in one step. Raises OSError."""
    arrays = dict(_arrays(segment, ""))
    described, offset = [], 0
    for name, array in arrays.items():
        described.append(_Array(name, array.dtype.str, len(array), offset, crc32(array.tobytes())))
        offset += -(-array.nbytes // _STEP) * _STEP
    header = msgspec.json.encode(_Header(_FORMAT, position, mark, described)) + b"\n"
    header = header.rstrip(b"\n").ljust(-(-len(header) // _STEP) * _STEP - 1) + b"\n"
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(header)
            for array in arrays.values():
                file.write(array.tobytes().ljust(-(-array.nbytes // _STEP) * _STEP, b"\0"))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read(path: Path) -> Stored | None:
    """What the file holds; None when there is none, or it is damaged or of another release."""
    try:
        with path.open("rb") as file:
            line = file.readline(1 << 20)
        header = msgspec.json.decode(line, type=_Header)
        content: NDArray[np.uint8] = np.memmap(path, np.uint8, mode="r")[len(line) :]
    except (OSError, ValueError, msgspec.DecodeError):
        return None
    if header.format != _FORMAT:
        return None
    found: dict[str, NDArray[Any]] = {}
    for array in header.arrays:
        size = array.length * np.dtype(array.kind).itemsize
        part = content[array.offset : array.offset + size]
        if len(part) != size or _checksum(part) != array.checksum:
            return None
        found[array.name] = np.asarray(part).view(array.kind)
    return Stored(_assembled(Segment, found, ""), header.position, header.mark)


def _checksum(part: NDArray[np.uint8]) -> int:
    sum_ = 0
    for start in range(0, len(part), _CHUNK):
        sum_ = crc32(part[start : start + _CHUNK].tobytes(), sum_)
    return sum_


def _arrays(part: Any, prefix: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Every array of a segment, by the names of the fields that lead to it."""
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value):
            yield from _arrays(value, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}", value


def _assembled(into: type[Any], found: dict[str, NDArray[Any]], prefix: str) -> Any:
    values = {}
    for name, kind in get_type_hints(into).items():
        path = f"{prefix}{name}"
        if is_dataclass(kind) and isinstance(kind, type):
            values[name] = _assembled(kind, found, f"{path}.")
        else:
            values[name] = found[path]
    return into(**values)
