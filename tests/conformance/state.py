"""What a conversation has left in the core, row for row, with what no two runs have in common made alike."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

import asyncpg

from storage.tables import metadata

Rows = list[dict[str, Any]]

# Tables that are a platform's own, each with the reason why they are not compared.
LEFT_OUT = {
    "identities": "who somebody is on the platform",
    "tenants": "what the platform calls the workspace",
    "codes": "how somebody became known",
    "deliveries": "how many deliveries a conversation takes: a form that is asked in steps takes several",
    "lanes": "the order of the platform's own messages",
    "drafts": "sessions, and forms and questions that were put",
    "posts": "which messages of the platform may change later",
    "jobs": "messages on their way, compared by kind (see `jobs`)",
    "rooms": "Kith's own chat, which other platforms have of themselves",
    "room_members": "as the rooms",
    "messages": "as the rooms",
}
# Columns that say where something was done rather than what.
_OF_THE_PLATFORM = {
    "events": {"platform", "delivery"},
    "receipts": {"digest"},
    "bindings": {"place_platform", "place_tenant", "place_conversation"},
    "digests": {"place_platform", "place_tenant", "place_conversation", "holder", "user"},
    "name_changes": {"seq"},
}
_STAMPS = {"created_at", "updated_at", "recorded_at", "removed_at", "undone_at"}
_JOBS = "SELECT kind, count(*) FROM jobs WHERE kind NOT IN ('message', 'delivery', 'live') GROUP BY kind"
_ID = re.compile(r"(?<![0-9a-z])[0-9a-z]{13}(?![0-9a-z])")


def state_of(path: str) -> dict[str, Rows]:
    """Every compared table of the SQLite file at ``path``, its rows in an order of their own."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return compared({table.name: _rows(connection, table.name) for table in metadata.sorted_tables})


async def postgres_state_of(url: str) -> tuple[dict[str, Rows], dict[str, int]]:
    """The same of a PostgreSQL database, and the kinds of what is still to be done by itself (see ``jobs_of``)."""
    connection = await asyncpg.connect(url)
    try:
        tables = {
            table.name: [_as_in_sqlite(row) for row in await connection.fetch(f"SELECT * FROM {table.name}")]  # noqa: S608 - ours
            for table in metadata.sorted_tables
        }
        return compared(tables), {str(kind): count for kind, count in await connection.fetch(_JOBS)}
    finally:
        await connection.close()


def _as_in_sqlite(row: asyncpg.Record) -> dict[str, Any]:
    """A row with its values as SQLite keeps them."""
    return {name: _kept(value) for name, value in row.items()}


def _kept(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case bool():
            return int(value)
        case _:
            return value


def compared(tables: dict[str, Rows]) -> dict[str, Rows]:
    """The tables that are compared, with what no two runs have in common made alike."""
    ids = _ids(tables) | _places(tables)
    kept = {name: rows for name, rows in tables.items() if name not in LEFT_OUT}
    return {name: sorted((_alike(name, row, ids) for row in rows), key=repr) for name, rows in kept.items()}


def differences(one: dict[str, Rows], other: dict[str, Rows]) -> list[str]:
    """The rows that only one of two states has, each in a line with its table."""
    return [
        f"{sign} {table} {row}"
        for table in one.keys() | other.keys()
        for sign, mine, theirs in (("-", one, other), ("+", other, one))
        for row in mine.get(table, [])
        if row not in theirs.get(table, []) or mine[table].count(row) != theirs[table].count(row)
    ]


def jobs_of(path: str) -> dict[str, int]:
    """What is still to be done by itself, by its kind: how many jobs; messages and live cards are the platform's."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute(_JOBS).fetchall())


def _rows(connection: sqlite3.Connection, table: str) -> Rows:
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 - names of our tables


def _ids(tables: dict[str, Rows]) -> dict[str, str]:
    """Every id by the table it is of and its number there: ids grow, so the order is that of making.

    Ids that no row has, such as the receipts of what nobody typed, are numbered among themselves.
    """
    own = {name: {str(row["id"]) for row in rows if "id" in row} for name, rows in tables.items()}
    shown = (row for name, rows in tables.items() if name not in LEFT_OUT for row in rows)
    named = {found for row in shown for value in row.values() for found in _ID.findall(str(value))}
    own["nothing kept"] = named - set().union(*own.values())
    return {one: f"<{name} {number}>" for name, ids in own.items() for number, one in enumerate(sorted(ids), 1)}


def _places(tables: dict[str, Rows]) -> dict[str, str]:
    """Conversations that are records: those of which a customer is the subject."""
    keys = {str(row["record_id"]) for row in tables["events"] if row["record_kind"] == "conversation"}
    return {key: f"<place {number}>" for number, key in enumerate(sorted(keys), 1)}


def _alike(table: str, row: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    ours = {name: value for name, value in row.items() if name not in _OF_THE_PLATFORM.get(table, ())}
    return {name: _without_ids(_stamped(name, value), ids) for name, value in ours.items()}


def _stamped(name: str, value: Any) -> Any:
    return "at some time" if name in _STAMPS and value is not None else value


def _without_ids(value: Any, ids: dict[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    return ids.get(value) or _ID.sub(lambda found: ids.get(found[0], found[0]), value)
