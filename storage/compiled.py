"""The SQL text of every statement, made by SQLAlchemy once and kept beside Python's own compiled files.

Importing SQLAlchemy takes longer than everything else a one-line command does, so a process that finds the text of
its statements does without. Like a ``.pyc``, the text is made anew when a source file's size or time has changed.
"""

import importlib.util
import os
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

_HERE = Path(__file__).parent


class Compiled(NamedTuple):
    """A statement's SQL, its parameters in the driver's order, the values of those that are fixed, its columns.

    ``fills`` is the table that a plain insert adds to, whose columns are then the parameters.
    """

    sql: str
    parameters: tuple[str, ...]
    constants: dict[str, Any]
    columns: tuple[str, ...]
    fills: str = ""


class _Catalogue(msgspec.Struct, frozen=True):
    made_from: str
    statements: dict[str, Compiled]


def find(dialect: str, name: str) -> Compiled:
    """The statement ``module.NAME`` for ``sqlite`` or ``postgresql``; KeyError when there is none."""
    return catalogue(dialect)[name]


@lru_cache
def catalogue(dialect: str) -> dict[str, Compiled]:
    """Every statement of the project by name, as one database takes it."""
    path = Path(importlib.util.cache_from_source(str(_HERE / f"statements_{dialect}.py"))).with_suffix(".json")
    made_from = _sources()
    kept = _read(path)
    if kept is not None and kept.made_from == made_from:
        return kept.statements
    from storage.compiling import compile_all  # noqa: PLC0415 - imports SQLAlchemy, which is what this file avoids

    statements = compile_all(dialect)
    _keep(path, _Catalogue(made_from, statements))
    return statements


def _sources() -> str:
    """Size and time of every file that the statements follow from, SQLAlchemy's own among them."""
    sqlalchemy = importlib.util.find_spec("sqlalchemy")
    files = [
        _HERE / "compiled.py",
        _HERE / "compiling.py",
        *sorted(_HERE.glob("queries/*.py")),
        *sorted(_HERE.glob("tables/*.py")),
    ]
    if sqlalchemy is not None and sqlalchemy.origin is not None:
        files.append(Path(sqlalchemy.origin))
    return " ".join(f"{status.st_mtime_ns}:{status.st_size}" for status in map(os.stat, files))


def _read(path: Path) -> _Catalogue | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Catalogue)
    except (OSError, msgspec.DecodeError):
        return None


def _keep(path: Path, made: _Catalogue) -> None:
    """Writes the file in one step, so that another process reads it whole or not at all; a folder that cannot be
    written to costs time, nothing else.
    """
    content = msgspec.json.encode(made)
    try:
        path.parent.mkdir(exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        return
