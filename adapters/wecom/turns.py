"""Whose turn it is to hold what one process alone may hold: WeCom hangs up on a robot's older connection.

Time is cut into turns. Who keeps a turn's name first has it, in the table of deliveries, where a name is kept once;
who has one takes the next before it ends. When a process dies its turns end, and another takes the first free one.
"""

from datetime import datetime, timedelta

from core.clock import Clock
from core.work import Database, Work

LENGTH = timedelta(seconds=20)


class Turns:
    """The turns of what is called ``name``."""

    def __init__(self, database: Database, name: str, clock: Clock) -> None:
        self._database = database
        self._name = name
        self._clock = clock
        self._last = -1  # the latest turn that is ours

    async def hold(self) -> bool:
        """Whether the present turn is ours; takes it where it is free, and the next one with it."""
        now = self._clock.now()
        present = int(now.timestamp() // LENGTH.total_seconds())
        if self._last < present and await self._took(present, now):
            self._last = present
        if self._last == present and await self._took(present + 1, now):
            self._last = present + 1
        return self._last >= present

    async def _took(self, turn: int, now: datetime) -> bool:
        def keep(work: Work) -> bool:
            return work.jobs.accept(f"turn:{self._name}:{turn}", now)

        return await self._database.write(keep)
