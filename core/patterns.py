"""Regular expressions that are compiled when they are first used: most commands use few of them, and a start none."""

import re
from typing import Any, cast


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(pattern, flags)`` at its first use. Raises re.error only then."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    """Stands for a compiled pattern, whose methods it takes over one by one as they are asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)  # which Python keeps for the next method
        setattr(self, name, found)
        return found
