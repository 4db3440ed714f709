"""Drafts in the database."""

from datetime import datetime

from core.drafts import Draft
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_PUT = RecordCommand("drafts.PUT", Draft)
_GET = Query("drafts.GET", Draft)
_DROP = Command("drafts.DROP")
_FORGET = Command("drafts.FORGET")


class SqlDrafts:
    """``core.drafts.DraftRepository``."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(self, draft: Draft) -> None:
        """Keeps a draft in place of what the key held."""
        _PUT.run(self._connection, draft)

    def get(self, key: str) -> str | None:
        """A draft's data, or None when there is none or it has expired."""
        if "\0" in key:
            return None  # what a forged button may ask for; PostgreSQL has no such text
        draft = _GET.first(self._connection, key=key, now=self._now)
        return None if draft is None else draft.data

    def drop(self, key: str) -> None:
        """Forgets a draft."""
        _DROP.run(self._connection, key=key)

    def forget_expired(self) -> None:
        """Forgets every draft whose time is over."""
        _FORGET.run(self._connection, now=self._now)
