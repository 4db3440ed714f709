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
    except OperatorError as failure:
        return _say(str(failure), failure.exit_code)
    except (DatabaseError, StoreUnavailableError) as failure:
        return _say(str(failure))
    except CrmError as failure:
        return _say(_explained(failure))
    except OSError as failure:
        return _say(f"{failure.strerror or failure}{f': {failure.filename}' if failure.filename else ''}")


def _explained(failure: CrmError) -> str:
    from cards.errors import explain  # noqa: PLC0415 - what succeeds needs no words for failing
    from cards.words import Words  # noqa: PLC0415 - see above

    return explain(failure, Words())


def _say(message: str, code: int = _FAILED) -> int:
    sys.stderr.write(f"kith: {message}\n")
    return code
