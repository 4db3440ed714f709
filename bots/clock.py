"""The machine's clock."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the present."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)
