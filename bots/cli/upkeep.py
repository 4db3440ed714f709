"""``kith db`` and ``kith backup``."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from bots.errors import OperatorError
from bots.keys import sqlite_path
from bots.logs import configure_logs
from bots.settings import Settings, load_settings
from storage.backup import copy_sqlite
from storage.migrating import is_current, upgrade


def declare(command: str, parser: ArgumentParser) -> None:
    """``db upgrade``, ``db check``; ``backup [FILE]``."""
    if command == "db":
        parser.add_argument("verb", choices=("upgrade", "check"), help="apply what is missing, or only tell")
    else:
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="default: beside the database, with the time"
        )


def run(options: Namespace) -> int | None:
    """Does it, and says what was done in a line."""
    settings = load_settings()
    configure_logs("warning", secrets=settings.secrets)
    if options.command == "backup":
        print(f"{_back_up(settings, options.file)} is written.")  # noqa: T201 - its output
        return None
    if options.verb == "check":
        return _check(settings)
    _upgrade(settings)
    return None


def _check(settings: Settings) -> int:
    current = is_current(settings.database_url)
    print("The database is at this release." if current else "The database is behind: kith db upgrade")  # noqa: T201 - its output
    return 0 if current else 1


def _upgrade(settings: Settings) -> None:
    if is_current(settings.database_url):
        print("The database is at this release; there was nothing to do.")  # noqa: T201 - its output
        return
    upgrade(settings.database_url)
    print("The database is at this release now.")  # noqa: T201 - its output


def _back_up(settings: Settings, file: Path | None) -> Path:
    """A consistent copy, also while others write."""
    source = sqlite_path(settings)
    if source is None:
        raise OperatorError(
            'PostgreSQL has its own tool: pg_dump --format=custom --file=kith.dump "$KITH_DATABASE_URL"'
        )
    if not source.exists():
        raise OperatorError(f"there is no database at {source} yet")
    target = file or source.with_name(f"{source.stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}.db")
    if target.exists():
        raise OperatorError(f"{target} is there already")
    copy_sqlite(source, target)
    return target
