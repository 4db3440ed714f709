"""Waiting for what Kith says by itself: the clock goes on, and the work that is due is done on the way."""

from datetime import UTC, datetime

from commands.model import Reply
from tests.kith import Kith


def settle(kith: Kith) -> None:
    """Does everything that is due, and what follows from it."""
    while kith.work_off():
        pass


def told(kith: Kith, who: str = "") -> list[Reply]:
    """What was said by itself, in order."""
    return [reply for address, reply, _ in kith.platform.told if who in ("", address.user)]


def at(kith: Kith, *clock: int) -> None:
    """Goes on to a minute of March 2026 on Shanghai's clock, and does what is due on the way, hour by hour."""
    day, hour, minute = clock
    until = datetime(2026, 3, day, hour, minute, tzinfo=UTC).timestamp() - 8 * 3600
    while (left := until - kith.clock.instant.timestamp()) > 0:
        kith.clock.forward(seconds=min(left, 900))
        settle(kith)
