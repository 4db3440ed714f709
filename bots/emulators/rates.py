"""How often a platform lets itself be called."""

from datetime import datetime, timedelta


class Rate:
    """So many calls in so long, for each key: a bucket of ``burst`` that fills by one each ``every``.

    The generic cell rate algorithm: what is kept for a key is the time at which its bucket will be full again.
    """

    def __init__(self, every: timedelta, burst: int) -> None:
        self._every, self._room = every, every * burst
        self._full: dict[str, datetime] = {}

    def wait(self, key: str, now: datetime) -> timedelta:
        """Takes a call and returns nothing to wait, or returns how long it is until one is taken."""
        full = max(self._full.get(key, now), now) + self._every
        over = full - now - self._room
        if over > timedelta():
            return over
        self._full[key] = full
        return timedelta()


class Windows:
    """At most so many calls in each of several spans of time that end now, for each key."""

    def __init__(self, *most: tuple[int, timedelta]) -> None:
        self._most = most
        self._taken: dict[str, list[datetime]] = {}

    def wait(self, key: str, now: datetime) -> timedelta:
        """Takes a call and returns nothing to wait, or returns how long it is until one is taken."""
        longest = max(span for _, span in self._most)
        taken = [at for at in self._taken.get(key, ()) if now - at < longest]
        full = [taken[-most] + span - now for most, span in self._most if len(taken) >= most]
        over = max(full, default=timedelta())
        if over > timedelta():
            return over
        self._taken[key] = [*taken, now]
        return timedelta()
