"""Whether a request comes from Slack: an HMAC over its raw bytes, no older than five minutes.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from slack_sdk.signature import Clock as SdkClock
from slack_sdk.signature import SignatureVerifier

from core.clock import Clock


class _SdkClock(SdkClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


class Signature:
    """Checks signatures in constant time; ``signing_secret`` is never empty."""

    def __init__(self, signing_secret: str, clock: Clock) -> None:
        self._verifier = SignatureVerifier(signing_secret, _SdkClock(clock))

    def fits(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Whether ``signature`` was made for this body in the last 300 s; False for whatever cannot be read."""
        # The SDK raises for a header that is no number or no ASCII, and for a body that is no UTF-8.
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 13 and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False
