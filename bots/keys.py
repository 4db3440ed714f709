"""The secret key: from its setting, or beside an SQLite database in a file that is made once."""

import contextlib
import os
import secrets
from pathlib import Path

from bots.errors import BadSettingError
from bots.settings import Settings

_FILE = "secret.key"
_SQLITE = "sqlite:///"


def sqlite_path(settings: Settings) -> Path | None:
    """The database's file; None when it is PostgreSQL's."""
    if not settings.database_url.startswith(_SQLITE):
        return None
    return Path(settings.database_url.removeprefix(_SQLITE).partition("?")[0])


def secret_key(settings: Settings) -> str:
    """The key that seals and encrypts. Raises BadSettingError when it must be set and is not.

    Processes on several machines share a PostgreSQL database and must share the key; a file would not reach them.
    """
    if settings.secret_key:
        return settings.secret_key.value
    path = sqlite_path(settings)
    if path is None:
        raise BadSettingError(
            "KITH_SECRET_KEY is missing: every process on a PostgreSQL database needs the same one. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return _kept_key(path.with_name(_FILE))


def _kept_key(path: Path) -> str:
    if not path.exists():
        _make(path)
    return path.read_text(encoding="ascii").strip()


def _make(path: Path) -> None:
    """Linked into place only when whole; of two processes that start at once, both read the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
