"""How the command line fails: one clear line, never a trace."""

import os
import sys
from collections.abc import Callable

from bots.errors import OperatorError
from core.errors import CrmError, StoreUnavailableError
from storage.errors import DatabaseError

_FAILED, _INTERRUPTED = 1, 130


def guarded(command: Callable[[], int | None]) -> int:
    """Carries a command out; what it raises becomes one line on standard error and an exit code."""
    try:
        return command() or 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone; Python must not complain about it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except (OperatorError, DatabaseError, StoreUnavailableError, CrmError, OSError) as failure:
        sys.stderr.write(f"kith: {_explained(failure)}\n")
        return failure.exit_code if isinstance(failure, OperatorError) else _FAILED


def _explained(failure: Exception) -> str:
    match failure:
        case CrmError():
            from cards.errors import explain  # noqa: PLC0415 - what succeeds needs no words for failing
            from cards.words import Words  # noqa: PLC0415 - see above

            return explain(failure, Words())
        case OSError(filename=str(where)):
            return f"{where}: {failure.strerror}"
        case _:
            return str(failure)
