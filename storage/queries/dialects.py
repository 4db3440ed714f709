"""The few things that the two databases say differently."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Executable, Table, Text, bindparam, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler


@dataclass(frozen=True)
class PerDialect:
    """A statement that is written once for each database."""

    variants: Mapping[str, Executable]

    def of(self, dialect: str) -> Executable:
        """The statement for one database."""
        return self.variants[dialect]


def for_each(build: Callable[[Callable[[Table], Any]], Executable]) -> PerDialect:
    """A statement that ``build`` makes with either database's own ``insert``."""
    return PerDialect({"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)})


def put(table: Table, *, keep: tuple[str, ...] = ()) -> PerDialect:
    """Inserts a row, or replaces the one with its key; the columns in ``keep`` stay as they were."""
    keys = [column.name for column in table.primary_key]

    def build(insert: Callable[[Table], Any]) -> Executable:
        statement = insert(table)
        changed = {
            column.name: statement.excluded[column.name]
            for column in table.c
            if column.name not in keys and column.name not in keep
        }
        replaced: Executable = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        return replaced

    return for_each(build)


def put_once(table: Table) -> PerDialect:
    """Inserts a row unless its key is taken."""

    def build(insert: Callable[[Table], Any]) -> Executable:
        kept: Executable = insert(table).on_conflict_do_nothing()
        return kept

    return for_each(build)


class one_of(ColumnElement[bool]):  # noqa: N801 - reads as the SQL function it is
    """``column`` equals one of the texts in the list parameter ``name``, however many there are."""

    inherit_cache = False
    type = Boolean()
    # Or SQLite's dialect, which has no booleans of its own, writes `… = 1` behind it and so leaves the index unused.
    _is_implicitly_boolean = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.name = name


@compiles(one_of, "sqlite")
def _one_of_json(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    values = compiler.process(bindparam(element.name, type_=Text), **options)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both are SQLAlchemy's own text


@compiles(one_of, "postgresql")
def _one_of_array(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    values = compiler.process(bindparam(element.name, type_=postgresql.ARRAY(Text)), **options)
    return f"{column} = ANY ({values})"


def unindexed(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column of lower-case words as it is, but out of the reach of an index that would be read through the whole
    workspace: SQLite, which knows no numbers of rows, likes one that brings the order it is asked for.
    """
    return func.lower(column)
