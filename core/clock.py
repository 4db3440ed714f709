"""Time as a parameter: whoever needs the present is given a clock."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, in UTC."""

    def now(self) -> datetime:
        """The present, with ``tzinfo=UTC``."""
        ...
