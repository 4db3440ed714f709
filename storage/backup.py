"""Copies an SQLite database while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.sqlite_connection import explained

# Copied at a time: whoever writes waits no longer than for these. Each page has 4 KiB.
_PAGES = 1000


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of ``source``, there only when it is whole; ``target`` must not exist. Raises DatabaseError."""
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(draft)) as copy,
        ):
            live.backup(copy, pages=_PAGES)
        draft.rename(target)
    except sqlite3.Error as failure:
        raise explained(failure, source) from failure
    finally:
        draft.unlink(missing_ok=True)
