"""Whether a callback is WeCom's, and of now; what it says is read only then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from adapters.callbacks.envelope import Envelope, ForgedError
from adapters.callbacks.freshness import is_fresh
from core.clock import Clock

# WeCom repeats a callback up to three times, five seconds apart, with the timestamp of the first: there is room for
# slow networks and clocks, and none for yesterday's.
WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What stands beside the encrypted text in the address: the signature and what it is over."""

    signature: str
    timestamp: str
    nonce: str


class Gate:
    """Opens the callbacks of an application, or those of a robot, whose ``receiver`` is empty (page 101033)."""

    def __init__(self, token: str, key: str, receiver: str, clock: Clock) -> None:
        self._envelope = Envelope(token, key, receiver)
        self._clock = clock

    def opened(self, encrypted: str, sealed: Sealed) -> str:
        """The plain text. Raises ForgedError, also for one that is too old."""
        text = self._envelope.opened(
            encrypted, signature=sealed.signature, timestamp=sealed.timestamp, nonce=sealed.nonce
        )
        if not is_fresh(sealed.timestamp, self._clock.now(), WINDOW):
            raise ForgedError("stale")
        return text

    def sealed(self, text: str, nonce: str) -> dict[str, str | int]:
        """A robot's answer that rides on the acknowledgement (page 101033)."""
        timestamp = int(self._clock.now().timestamp())
        encrypted = self._envelope.sealed(text)
        return {
            "encrypt": encrypted,
            "msgsignature": self._envelope.signature(str(timestamp), nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        }


def sealed_of(query: Mapping[str, str]) -> Sealed:
    """The signature in a request's address."""
    return Sealed(query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""))
