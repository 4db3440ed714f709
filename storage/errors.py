"""What can go wrong with a database, in words for whoever runs it."""

from core.errors import StoreUnavailableError


class DatabaseError(StoreUnavailableError):
    """The database could not do its part. The message says why and, where there is one, the way out."""


class DatabaseBusyError(DatabaseError):
    """Another process held the database for longer than Kith waits; nothing was kept, and it may be tried again."""


class DatabaseClosedError(DatabaseError):
    """The database was closed before the work was done; nothing of it was kept."""
