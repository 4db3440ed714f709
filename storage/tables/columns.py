"""The types that columns have on each database, and how tables refer to each other.

Every record's key is its workspace and its id, and every reference carries the workspace, so that the database itself
keeps the records of two workspaces apart.
"""

from typing import Any

from sqlalchemy import TIMESTAMP, Column, ForeignKeyConstraint, MetaData, Text
from sqlalchemy import Date as SqlDate
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
        "ix": "%(table_name)s_%(column_0_N_name)s_ix",
        "uq": "%(table_name)s_%(column_0_N_name)s_uq",
    },
)

# Compared byte by byte: ids and keys are ASCII or looked for by prefix, which other collations make slow or wrong.
Plain: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
# Text of fixed width on SQLite, see ``storage/values.py``.
Instant: TypeEngine[Any] = TIMESTAMP(timezone=True).with_variant(Text(), "sqlite")
Day: TypeEngine[Any] = SqlDate().with_variant(Text(), "sqlite")
Json = Text


def text(name: str) -> Column[str]:
    """Words of any length; empty when there are none."""
    return Column(name, Text, nullable=False, server_default="")


def key(name: str) -> Column[str]:
    """A part of the primary key."""
    return Column(name, Plain, primary_key=True)


def id_of(name: str, *, optional: bool = False) -> Column[str]:
    """The id of another record."""
    return Column(name, Plain, nullable=optional)


def instant(name: str, *, optional: bool = False) -> Column[Any]:
    """A moment in time."""
    return Column(name, Instant, nullable=optional)


def stamps() -> list[Column[Any]]:
    """When a record was added, last changed and removed."""
    return [instant("created_at"), instant("updated_at"), instant("removed_at", optional=True)]


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """``column`` holds the id of a record of ``table`` in the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def in_workspace() -> ForeignKeyConstraint:
    """The record belongs to a workspace that exists."""
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.id"])
