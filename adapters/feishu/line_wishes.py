"""What Feishu wants of those who hold a long connection: told with the address, and now and then with a pong."""

from typing import Any

_PING, _NONCE, _INTERVAL = 120.0, 30.0, 120.0  # seconds, until Feishu says otherwise, as in its own clients
_LONGEST = 3600  # seconds; what asks for more is not followed


class Wishes:
    """Seconds: ``ping`` between two pings, ``nonce`` within which a lost line is taken up again, by chance so that not
    all come at once, and ``interval`` that the pauses between tries grow to.

    How often to try (``ReconnectCount``) is not followed: a Kith that gave up would hear nothing until it was noticed.
    """

    def __init__(self) -> None:
        self.ping, self.nonce, self.interval = _PING, _NONCE, _INTERVAL

    def take(self, told: Any) -> None:
        """Takes a ``ClientConfig``; what is missing in it or makes no sense leaves what was."""
        known = told if isinstance(told, dict) else {}
        self.ping = _seconds(known.get("PingInterval"), self.ping, least=1)
        self.nonce = _seconds(known.get("ReconnectNonce"), self.nonce, least=0)
        self.interval = _seconds(known.get("ReconnectInterval"), self.interval, least=1)


def _seconds(told: Any, before: float, *, least: int) -> float:
    return float(told) if type(told) is int and least <= told <= _LONGEST else before
