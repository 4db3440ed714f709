"""``python -m bots.bench.skewed FILE …``: ``kith …`` by a clock that is wrong by the seconds that FILE says now."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from bots import clock
from bots.cli import main


def _skew(path: Path) -> None:
    """Has every clock of this process made wrong."""
    right = clock.SystemClock.now

    def now(self: clock.SystemClock) -> datetime:
        return right(self) + timedelta(seconds=float(path.read_text() or 0))

    clock.SystemClock.now = now  # type: ignore[method-assign]  # the one thing that this module is for


if __name__ == "__main__":
    _skew(Path(sys.argv.pop(1)))
    main()
