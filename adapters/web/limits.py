"""How often one person may post: a bucket that fills by itself, so that a stuck script cannot fill the database."""

from collections import OrderedDict
from datetime import datetime, timedelta

_MOST_BUCKETS = 10_000  # the longest unused are forgotten: they are full again by then


class Limiter:
    """Allows ``burst`` at once and ``burst`` more in every ``period``, to each key."""

    def __init__(self, burst: int, period: timedelta) -> None:
        self._burst = burst
        self._refill = period / burst
        self._full_at: OrderedDict[str, datetime] = OrderedDict()

    def wait(self, key: str, now: datetime) -> timedelta:
        """Takes one from the key's bucket: no wait when there was one, else how long until there will be."""
        full_at = max(self._full_at.pop(key, now), now) + self._refill
        excess = full_at - now - self._refill * self._burst
        allowed = excess <= timedelta(0)
        self._full_at[key] = full_at if allowed else full_at - self._refill
        if len(self._full_at) > _MOST_BUCKETS:
            self._full_at.popitem(last=False)
        return timedelta(0) if allowed else excess
