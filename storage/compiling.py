"""Turns the statements of ``storage/queries/`` into SQL text."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from sqlalchemy import Dialect, Executable, Insert
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.sql.compiler import SQLCompiler

from storage import queries
from storage.compiled import Compiled
from storage.queries.dialects import PerDialect

_DIALECTS: dict[str, type[Dialect]] = {"sqlite": SQLiteDialect_pysqlite, "postgresql": PGDialect_asyncpg}


def compile_all(dialect: str) -> dict[str, Compiled]:
    """Every statement of the query modules by ``module.NAME`` (``module.NAME.variant`` for those in a dict)."""
    target = _DIALECTS[dialect]()
    modules = {name: import_module(f"{queries.__name__}.{name}") for name in queries.MODULES}
    return {
        f"{module}.{name}": _compile(statement, target)
        for module, content in modules.items()
        for name, statement in _statements(content, dialect)
    }


def _statements(module: ModuleType, dialect: str) -> Iterator[tuple[str, Executable]]:
    for name, value in vars(module).items():
        if not name.isupper() or name.startswith("_"):
            continue
        variants = value.items() if isinstance(value, dict) else [("", value)]
        for variant, statement in variants:
            chosen = statement.of(dialect) if isinstance(statement, PerDialect) else statement
            if isinstance(chosen, Executable):
                yield f"{name}.{variant}" if variant else name, chosen


def _compile(statement: Any, dialect: Dialect) -> Compiled:
    made: SQLCompiler = statement.compile(dialect=dialect)
    constants = {name: value for name, value in made.params.items() if value is not None}
    columns = tuple(str(column.key) for column in statement.exported_columns)
    plain = isinstance(statement, Insert) and statement.__class__ is Insert
    fills = str(statement.table.name) if plain else ""
    return Compiled(str(made), tuple(map(str, made.positiontup or ())), constants, columns, fills)
