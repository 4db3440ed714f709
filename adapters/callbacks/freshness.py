"""Whether a signed request is of now: an old one, however well it is signed, may be a replay."""

from datetime import datetime, timedelta

_DIGITS_MAX = 16


def is_fresh(timestamp: str, now: datetime, window: timedelta, *, unit: timedelta = timedelta(seconds=1)) -> bool:
    """Whether ``timestamp`` (a count of ``unit`` since 1970) is within ``window`` of ``now``, before or after.

    False for whatever is no number.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS_MAX):
        return False
    said = int(timestamp) * unit.total_seconds()
    return abs(now.timestamp() - said) <= window.total_seconds()
